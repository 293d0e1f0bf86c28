import COpenSSL
import Evidence
import FoundationEssentials

/// PKIX verification of a chain by OpenSSL at any time (RFC 5280 6); names are not looked at.
///
/// Set as OpenSSL's own clients are: purpose TLS server, security level 2, trusted issuers first. The chain's other
/// certificates are only candidates, so another path may carry the trust past the end of one of them.
struct ChainVerifier {
    let store: TrustStore

    /// When the chain is trusted: verified once in each stretch between two dates of it or of its possible roots.
    func timeline(of chain: CertificateChain) -> TrustTimeline {
        guard !chain.der.isEmpty else { return always(.invalid("no certificate")) }
        guard let readable = ReadableChain(chain) else {
            return always(.invalid("a certificate of the chain cannot be read"))
        }
        defer { ERR_clear_error() }
        let intervals = breakpoints(of: readable).intervals { trust(of: readable, at: $0) }
        return TrustTimeline(intervals.map { TrustTimeline.Interval(from: $0.from, trust: $0.verdict) })
    }

    private func always(_ trust: ChainTrust) -> TrustTimeline {
        TrustTimeline([TrustTimeline.Interval(from: .distantPast, trust: trust)])
    }

    private func trust(of chain: ReadableChain, at moment: Date) -> ChainTrust {
        ERR_clear_error()
        guard let verification = verification(of: chain) else { return .invalid("no memory to verify") }
        defer { X509_STORE_CTX_free(verification) }
        let parameters = X509_STORE_CTX_get0_param(verification)
        X509_STORE_CTX_set_purpose(verification, X509_PURPOSE_SSL_SERVER)
        X509_VERIFY_PARAM_set_auth_level(parameters, 2)
        X509_VERIFY_PARAM_set_depth(parameters, Int32(TLSLimits.certificates))
        X509_STORE_CTX_set_flags(verification, UInt(X509_V_FLAG_TRUSTED_FIRST))
        X509_STORE_CTX_set_time(verification, 0, time_t(moment.timeIntervalSince1970))
        if X509_verify_cert(verification) == 1 { return .trusted }
        return VerificationFailure(verification).trust
    }

    /// A verification that knows the store and the chain; the caller frees it.
    private func verification(of chain: ReadableChain) -> OpaquePointer? {
        guard let verification = X509_STORE_CTX_new() else { return nil }
        guard X509_STORE_CTX_init(verification, store.anchors.pointer, chain.leaf.pointer, chain.untrusted) == 1 else {
            X509_STORE_CTX_free(verification)
            return nil
        }
        return verification
    }

    /// The dates of the chain and of every root that may be reached from it by the issuers' names.
    private func breakpoints(of chain: ReadableChain) -> Breakpoints {
        var breakpoints = Breakpoints()
        for certificate in chain.certificates { breakpoints.add(certificate: certificate.pointer) }
        guard let lookup = verification(of: chain) else { return breakpoints }
        defer { X509_STORE_CTX_free(lookup) }
        var seen: Set<[UInt8]> = []
        var open = chain.certificates.map { X509Certificate.der(of: $0.pointer) }
        while let der = open.popLast(), seen.count < 200 {
            guard seen.insert(der).inserted, let certificate = X509Certificate(der: der),
                let issuers = X509_STORE_CTX_get1_certs(lookup, X509_get_issuer_name(certificate.pointer))
            else { continue }
            defer { shim_sk_X509_pop_free(issuers) }
            for index in 0..<shim_sk_X509_num(issuers) {
                guard let issuer = shim_sk_X509_value(issuers, index) else { continue }
                breakpoints.add(certificate: issuer)
                open.append(X509Certificate.der(of: issuer))
            }
        }
        return breakpoints
    }
}
