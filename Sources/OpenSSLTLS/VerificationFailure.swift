import COpenSSL
import Evidence
import FoundationEssentials

/// Reads from a verification that failed what was wrong, while its context is alive.
///
/// OpenSSL builds the path before it looks at keys, and at keys before dates: so a self-signed leaf that is expired
/// too reads self-signed, and an expired chain to an unknown root reads untrusted.
struct VerificationFailure {
    let code: Int32
    private let verification: OpaquePointer
    /// The certificate that the verifier stopped at.
    private let current: OpaquePointer?

    init(_ verification: OpaquePointer) {
        self.verification = verification
        code = X509_STORE_CTX_get_error(verification)
        current = X509_STORE_CTX_get_current_cert(verification)
    }

    var trust: ChainTrust {
        switch code {
        case X509_V_ERR_CERT_HAS_EXPIRED:
            guard let current, let notAfter = CertificateReader.notAfter(of: current) else { return .invalid(text) }
            return .expired(subject: CertificateReader.subject(of: current), notAfter: notAfter)
        case X509_V_ERR_CERT_NOT_YET_VALID:
            guard let current, let notBefore = CertificateReader.notBefore(of: current) else { return .invalid(text) }
            return .notYetValid(subject: CertificateReader.subject(of: current), notBefore: notBefore)
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
            return .selfSigned
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, X509_V_ERR_CERT_UNTRUSTED, X509_V_ERR_CERT_REJECTED:
            return .untrusted(root: top.map(CertificateReader.subject(of:)) ?? "")
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT,
            X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
            return .incomplete(missingIssuer: (current ?? top).map(CertificateReader.issuer(of:)) ?? "")
        case X509_V_ERR_EE_KEY_TOO_SMALL, X509_V_ERR_CA_KEY_TOO_SMALL:
            guard let current else { return .weak(text) }
            return .weak("key \(CertificateKey(of: current).text) of \(CertificateReader.subject(of: current))")
        case X509_V_ERR_CA_MD_TOO_WEAK:
            guard let current else { return .weak(text) }
            let signature = CertificateReader.signature(of: current)
            return .weak("signature \(signature) on \(CertificateReader.subject(of: current))")
        default:
            return .invalid(text)
        }
    }

    /// OpenSSL's words for the error.
    var text: String { String(cString: X509_verify_cert_error_string(Int(code))) }

    /// The last certificate of the path as far as it was built.
    private var top: OpaquePointer? {
        guard let path = X509_STORE_CTX_get0_chain(verification) else { return nil }
        let count = shim_sk_X509_num(path)
        return count > 0 ? shim_sk_X509_value(path, count - 1) : nil
    }
}
