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
    /// True publishes `3 1 1` of the certificate; the lab's zones are not signed.
    public var publishesTLSA: Bool

    public init(
        _ name: String, _ behaviour: MXBehaviour = .normal, certificate: LabCertificate = .good,
        banner: String? = nil, addressCount: Int = 1, hasIPv6: Bool = false, publishesTLSA: Bool = false
    ) {
        self.name = name
        self.behaviour = behaviour
        self.certificate = certificate
        self.banner = banner
        self.addressCount = addressCount
        self.hasIPv6 = hasIPv6
        self.publishesTLSA = publishesTLSA
    }
}
