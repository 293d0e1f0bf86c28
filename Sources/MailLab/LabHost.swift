/// One MX host of the lab's world.
public struct LabHost: Hashable, Sendable {
    public let name: String
    public var behaviour: MXBehaviour
    public var certificate: LabCertificate
    /// What follows `220 ` in the banner, raw; nil for a usual banner.
    public var banner: String?
    /// IPv4 addresses of the host, one socket each; at least one.
    public var addressCount: Int
    /// Also at `::1`, where the machine has it; one host of a world at most.
    public var hasIPv6: Bool
    /// The TLSA records at port 25.
    public var tlsa: [LabTLSA]
    /// How often the host has changed its key.
    public var keyChanges: Int
    /// The key that the TLSA records were made for: behind `keyChanges` they name an old one.
    public var publishedKey: Int
    /// How the name server answers for the TLSA records; nil for as it should.
    public var tlsaFault: LabDNSFault?

    public init(
        _ name: String, _ behaviour: MXBehaviour = .normal, certificate: LabCertificate = .good,
        banner: String? = nil, addressCount: Int = 1, hasIPv6: Bool = false, tlsa: [LabTLSA] = [], keyChanges: Int = 0,
        publishedKey: Int = 0, tlsaFault: LabDNSFault? = nil
    ) {
        self.name = name
        self.behaviour = behaviour
        self.certificate = certificate
        self.banner = banner
        self.addressCount = addressCount
        self.hasIPv6 = hasIPv6
        self.tlsa = tlsa
        self.keyChanges = keyChanges
        self.publishedKey = publishedKey
        self.tlsaFault = tlsaFault
    }
}
