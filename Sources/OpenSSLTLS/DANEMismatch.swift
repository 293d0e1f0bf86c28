import COpenSSL
import Evidence
import FoundationEssentials
import MTASTS

/// Says in words why no TLSA record holds.
struct DANEMismatch {
    let chain: ReadableChain
    /// The usable records, one at least.
    let records: [TLSARecord]
    let names: [DomainName]

    /// - Parameter verification: the context that failed, still alive.
    func text(_ verification: OpaquePointer) -> String {
        let failure = VerificationFailure(verification)
        switch failure.code {
        case X509_V_ERR_HOSTNAME_MISMATCH:
            let wanted = names.map(\.text).joined(separator: " or ")
            return "the chain reaches the published trust anchor, but the certificate has no name \(wanted)"
        case X509_V_ERR_CERT_HAS_EXPIRED, X509_V_ERR_CERT_NOT_YET_VALID:
            switch failure.trust {
            case .expired(let subject, let notAfter):
                return "the chain reaches the published trust anchor, but \(subject) expired \(stamp(notAfter))"
            case .notYetValid(let subject, let notBefore):
                return "the chain reaches the published trust anchor, but \(subject) begins \(stamp(notBefore))"
            default:
                return "the chain reaches the published trust anchor, but \(failure.text)"
            }
        default:
            // OpenSSL reads the key before it takes a record's word (X509_verify_cert), and so do the senders that
            // verify with it: the digests may well be equal.
            guard chain.leaf.hasReadableKey else {
                let key = CertificateKey(of: chain.leaf.pointer).text
                return "the server's key cannot be read (\(key)), so no record holds; \(difference)"
            }
            return difference
        }
    }

    /// What was seen beside what is published, by the first record's own measure.
    private var difference: String {
        guard let record = records.first else { return "no usable record" }
        let seen = (record.usage == 3 ? [chain.leaf] : chain.certificates).prefix(4).map { certificate in
            let der =
                record.selector == 1
                ? CertificateReader.publicKeyDER(of: certificate.pointer)
                : X509Certificate.der(of: certificate.pointer)
            return short(record.matchingType == 2 ? Digest.sha512(der) : Digest.sha256(der))
        }
        let what =
            switch (record.usage, record.selector) {
            case (3, 1): "server key"
            case (3, _): "server certificate"
            case (_, 1): "keys of the chain"
            default: "certificates of the chain"
            }
        let algorithm = record.matchingType == 2 ? "sha512" : "sha256"
        let published = records.prefix(4).map { record in
            let data = record.matchingType == 0 ? Digest.sha256(record.data) : record.data
            let numbers = "\(record.usage) \(record.selector) \(record.matchingType)"
            return "\(numbers) \(record.matchingType == 0 ? "(sha256) " : "")\(short(data))"
        }
        let more = records.count > 4 ? " and \(records.count - 4) more" : ""
        return "\(what) \(algorithm) \(seen.joined(separator: ", ")), published "
            + published.joined(separator: ", ") + more
    }

    private func short(_ digest: [UInt8]) -> String {
        digest.count <= 8 ? Digest.hex(digest) : Digest.hex(digest.prefix(8)) + "..."
    }

    private func stamp(_ moment: Date) -> String { moment.formatted(.iso8601) }
}
