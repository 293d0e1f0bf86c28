public import Evidence
public import FoundationEssentials

/// A certificate authority made on the spot: root, intermediate, and a stranger whom nobody trusts.
public struct LabAuthority: Sendable {
    /// Who signs a leaf.
    public enum Issuer: String, Hashable, Sendable, CaseIterable {
        /// The intermediate under the trusted root.
        case intermediate
        /// The leaf itself.
        case itself
        /// A root that is not in `rootPEM`.
        case stranger
    }

    private let root: SignedCertificate
    private let intermediate: SignedCertificate
    private let stranger: SignedCertificate

    /// Makes the three authorities, valid from a year before `now` to ten years after.
    public init(now: Date = Date()) throws(LabError) {
        func authority(_ subject: String, _ role: CertificateMaker.Role) -> CertificateMaker {
            CertificateMaker(
                subject: subject, role: role, notBefore: now.addingTimeInterval(-365 * 86_400),
                notAfter: now.addingTimeInterval(3_650 * 86_400))
        }
        root = try authority("Lab Root", .root).make()
        intermediate = try authority("Lab Intermediate", .intermediate).make(signedBy: root)
        stranger = try authority("Stranger Root", .root).make()
    }

    /// The trusted root as PEM: what a trust store is made from.
    public var rootPEM: String { LabIdentity.pem(certificate: root.der) }

    /// The intermediate's certificate as PEM.
    public var intermediatePEM: String { LabIdentity.pem(certificate: intermediate.der) }

    /// `2 1 1` of the intermediate, which signs every leaf that is in order.
    public var trustAnchorTLSA: TLSARecord { .digest(usage: 2, intermediate.publicKeyDigest) }

    /// Makes a key and a leaf for it.
    /// - Parameters:
    ///   - names: the dNSNames of the SAN, at least one; the first is the common name too.
    ///   - sendsIssuer: false leaves the signer's certificate out of the chain, so that it cannot be built.
    public func issue(
        _ names: [String], from notBefore: Date, until notAfter: Date, key: LabKey = .p256,
        issuer: Issuer = .intermediate, sendsIssuer: Bool = true
    ) throws(LabError) -> LabIdentity {
        let maker = CertificateMaker(
            subject: names.first ?? "", names: names, role: .leaf, notBefore: notBefore, notAfter: notAfter, key: key)
        let signer: SignedCertificate? =
            switch issuer {
            case .intermediate: intermediate
            case .itself: nil
            case .stranger: stranger
            }
        return try identity(try maker.make(signedBy: signer), signer, sendsIssuer: sendsIssuer)
    }

    var intermediateDER: [UInt8] { intermediate.der }

    /// Makes a leaf whose names are bytes; the dates are those of a good one.
    func issueRaw(
        _ names: [[UInt8]], subject: [UInt8], signed: Bool, now: Date
    ) throws(LabError) -> LabIdentity {
        let maker = CertificateMaker(
            subject: "", rawNames: names, rawSubject: subject, role: .leaf,
            notBefore: now.addingTimeInterval(-86_400), notAfter: now.addingTimeInterval(89 * 86_400))
        let signer = signed ? intermediate : nil
        return try identity(try maker.make(signedBy: signer), signer, sendsIssuer: true)
    }

    private func identity(
        _ leaf: SignedCertificate, _ signer: SignedCertificate?, sendsIssuer: Bool
    ) throws(LabError) -> LabIdentity {
        var chain = [leaf.der]
        if let signer, sendsIssuer { chain.append(signer.der) }
        return LabIdentity(
            chain: chain, keyPEM: leaf.keyPEM, endEntityTLSA: .digest(usage: 3, leaf.publicKeyDigest),
            trustAnchorTLSA: signer.map { .digest(usage: 2, $0.publicKeyDigest) })
    }
}

extension TLSARecord {
    fileprivate static func digest(usage: Int, _ sha256: [UInt8]) -> TLSARecord {
        TLSARecord(usage: usage, selector: 1, matchingType: 1, data: sha256)
    }
}
