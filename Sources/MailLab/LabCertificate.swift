import FoundationEssentials

/// What certificate a host of the lab shows, told in days from the lab's start.
public struct LabCertificate: Hashable, Sendable {
    /// The dNSNames of the SAN; nil for the host's own name.
    public var names: [String]?
    public var validFromDay: Double
    public var validUntilDay: Double
    public var issuer: LabAuthority.Issuer
    public var sendsIssuer: Bool
    public var key: LabKey

    public init(
        names: [String]? = nil, validFromDay: Double = -20, validUntilDay: Double = 70,
        issuer: LabAuthority.Issuer = .intermediate, sendsIssuer: Bool = true, key: LabKey = .p256
    ) {
        self.names = names
        self.validFromDay = validFromDay
        self.validUntilDay = validUntilDay
        self.issuer = issuer
        self.sendsIssuer = sendsIssuer
        self.key = key
    }

    public static let good = LabCertificate()
    public static let expired = LabCertificate(validFromDay: -92, validUntilDay: -2)
    public static let notYetValid = LabCertificate(validFromDay: 3, validUntilDay: 93)
    public static let selfSigned = LabCertificate(issuer: .itself)
    public static let untrusted = LabCertificate(issuer: .stranger)
    public static let incomplete = LabCertificate(sendsIssuer: false)
    public static let weak = LabCertificate(key: .rsa1024)

    public static func expiring(inDays days: Double) -> LabCertificate {
        LabCertificate(validFromDay: days - 90, validUntilDay: days)
    }

    /// In order, but for another name.
    public static func named(_ name: String) -> LabCertificate {
        LabCertificate(names: [name])
    }

    /// Makes it for a host.
    func issue(for host: String, by authority: LabAuthority, start: Date) throws(LabError) -> LabIdentity {
        try authority.issue(
            names ?? [host], from: start.addingTimeInterval(validFromDay * 86_400),
            until: start.addingTimeInterval(validUntilDay * 86_400), key: key, issuer: issuer,
            sendsIssuer: sendsIssuer)
    }
}
