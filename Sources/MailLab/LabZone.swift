public import FoundationEssentials

/// A DNS zone of the lab as a plain map; the responder adds SOA, NS, keys, delegations and signatures.
public struct LabZone: Hashable, Sendable {
    /// How a zone proves that something does not exist.
    public enum Denial: Hashable, Sendable {
        case nsec, nsec3
    }

    /// How a zone is signed.
    public struct Signing: Hashable, Sendable {
        public var from: Date
        public var until: Date
        public var denial: Denial

        public init(from: Date, until: Date, denial: Denial = .nsec) {
            self.from = from
            self.until = until
            self.denial = denial
        }

        /// From ten days before to twenty days after.
        public static func around(_ now: Date, denial: Denial = .nsec) -> Signing {
            Signing(
                from: now.addingTimeInterval(-10 * 86_400), until: now.addingTimeInterval(20 * 86_400), denial: denial)
        }
    }

    /// `.` for the root.
    public let name: String
    /// Nil for a zone that is not signed.
    public var signing: Signing?
    /// The names of its name servers; empty for `ns.` and the zone.
    public var servers: [String]
    /// Of every record, and of every denial.
    public var ttl: Int
    /// By owner, written in full without the final dot.
    public var records: [String: [LabRecord]]

    public init(
        _ name: String, signing: Signing?, ttl: Int = 60, servers: [String] = [],
        records: [String: [LabRecord]] = [:]
    ) {
        self.name = name
        self.signing = signing
        self.ttl = ttl
        self.servers = servers
        self.records = records
    }
}
