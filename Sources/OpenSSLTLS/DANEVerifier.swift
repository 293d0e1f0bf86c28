import COpenSSL
import Evidence
import FoundationEssentials
import MTASTS

/// Judges a stored chain by TLSA records with OpenSSL's own DANE code, without a handshake (RFC 7672 3, RFC 7671).
///
/// The trust store has no part in it: usages 0 and 1 are not usable for SMTP.
struct DANEVerifier {
    /// Records beyond these are not looked at: no honest host publishes so many.
    private static let recordLimit = 100

    let chain: CertificateChain
    let records: [TLSARecord]
    /// Reference identifiers for usage 2, any of which may match.
    let names: [DomainName]

    /// What the records say at all times; a usage 3 record holds whatever the dates.
    func timeline() -> DANETimeline {
        let usable = Array(records.filter(\.isUsable).prefix(DANEVerifier.recordLimit))
        defer { ERR_clear_error() }
        // OpenSSL refuses a record whose full data is no certificate or key: that record is unusable too.
        guard let first = DANERecords(usable, names: names), !first.accepted.isEmpty else { return always(.unusable) }
        guard !chain.der.isEmpty, let readable = ReadableChain(chain) else {
            return always(.mismatch("the server's certificates cannot be read"))
        }
        var breakpoints = Breakpoints()
        if first.accepted.contains(where: { $0.usage == 2 }) {
            for certificate in readable.certificates { breakpoints.add(certificate: certificate.pointer) }
            for record in first.accepted where record.usage == 2 && record.selector == 0 && record.matchingType == 0 {
                guard let anchor = X509Certificate(der: record.data) else { continue }
                breakpoints.add(certificate: anchor.pointer)
            }
        }
        let intervals = breakpoints.intervals { match(readable, usable, at: $0) }
        return DANETimeline(intervals.map { DANETimeline.Interval(from: $0.from, match: $0.verdict) })
    }

    private func always(_ match: DANEMatch) -> DANETimeline {
        DANETimeline([DANETimeline.Interval(from: .distantPast, match: match)])
    }

    /// One verification; the records are set anew, because the last match stays in them.
    private func match(_ chain: ReadableChain, _ usable: [TLSARecord], at moment: Date) -> DANEMatch {
        ERR_clear_error()
        guard let records = DANERecords(usable, names: names), let verification = X509_STORE_CTX_new() else {
            return .mismatch("no memory to verify")
        }
        defer { X509_STORE_CTX_free(verification) }
        let store = X509_STORE_new()
        defer { X509_STORE_free(store) }
        guard X509_STORE_CTX_init(verification, store, chain.leaf.pointer, chain.untrusted) == 1 else {
            return .mismatch("no memory to verify")
        }
        records.attach(to: verification)
        X509_STORE_CTX_set_purpose(verification, X509_PURPOSE_SSL_SERVER)
        X509_STORE_CTX_set_time(verification, 0, time_t(moment.timeIntervalSince1970))
        if X509_verify_cert(verification) == 1, let record = records.matched { return .match(record) }
        return .mismatch(DANEMismatch(chain: chain, records: records.accepted, names: names).text(verification))
    }
}
