/// One mail domain of the lab's world, as its owner has set it up.
public struct LabDomain: Hashable, Sendable {
    /// Preference and host; the host `.` is the null MX (RFC 7505).
    public struct MX: Hashable, Sendable {
        public var preference: Int
        public var host: String

        public init(_ preference: Int, _ host: String) {
            self.preference = preference
            self.host = host
        }
    }

    /// How the name server signs a domain.
    public enum Signing: Hashable, Sendable {
        /// With the zone above, which is in order.
        case withParent
        /// A zone of its own that is not signed.
        case unsigned
        /// A zone of its own whose signatures have run out.
        case lapsed
    }

    public let name: String
    /// What is to be seen, in a few words.
    public let about: String
    /// How many policy ids there have been.
    private var edition = 1
    public var mx: [MX]
    /// The TXT records at `_mta-sts`.
    public var records: [String]
    /// The policy file; nil for no policy host at all.
    public var policy: LabPolicyReply?
    public var policyCertificate: LabCertificate
    /// The TXT records at `_smtp._tls`.
    public var tlsrpt: [String]
    /// Of the domain and all names below it.
    public var signing: Signing

    /// - Parameters:
    ///   - mx: hosts by falling preference; a name without a dot is one of the domain's own.
    ///   - mode: of the policy; nil for no MTA-STS at all.
    ///   - lists: the policy's mx lines; nil for the MX hosts as they are.
    ///   - policy: the answer of the policy host, instead of the file made from `mode` and `lists`.
    ///   - records: instead of one record in order.
    ///   - tlsrpt: instead of one record in order.
    public init(
        _ name: String, _ about: String, mx: [String], mode: String? = "enforce", lists: [String]? = nil,
        policy: LabPolicyReply? = nil, policyCertificate: LabCertificate = .good, records: [String]? = nil,
        tlsrpt: [String]? = nil, signing: Signing = .withParent
    ) {
        self.name = name
        self.about = about
        let hosts = mx.map { $0.contains(".") ? $0 : "\($0).\(name)" }
        self.mx = hosts.enumerated().map { MX($1 == "." ? 0 : 10 * ($0 + 1), $1) }
        self.records = records ?? (mode == nil ? [] : [Self.record(edition: 1)])
        self.policy = policy ?? mode.map { .policy($0, mx: lists ?? hosts) }
        self.policyCertificate = policyCertificate
        self.signing = signing
        self.tlsrpt = tlsrpt ?? ["v=TLSRPTv1; rua=mailto:tls@\(name)"]
    }

    /// The policy host's name (RFC 8461 3.3).
    public var policyHost: String { "mta-sts." + name }

    /// The MX hosts, the null MX left out.
    public var hosts: [String] { mx.map(\.host).filter { $0 != "." } }

    /// Publishes a policy record with an id that was never used before.
    public mutating func publishNewID() {
        edition += 1
        records = [Self.record(edition: edition)]
    }

    private static func record(edition: Int) -> String { "v=STSv1; id=20260101T\(edition);" }
}
