/// A zone that the resolver answers itself, without asking anybody: for the demo and for labs.
///
/// Names in the zone that have no record do not exist. Its data counts as insecure: it is not signed.
public struct LocalZone: Hashable, Sendable {
    /// The zone's name without the final dot, or `.` for the root, which keeps every question inside.
    public let name: String
    /// Records in zone file form, owners in full: `mx1.example.com. 60 IN A 127.0.0.5`.
    public let records: [String]

    public init(name: String, records: [String]) {
        self.name = name
        self.records = records
    }

    /// True when the name is the zone's own or below it.
    func contains(_ other: String) -> Bool {
        name == "." || other == name || other.hasSuffix("." + name)
    }
}
