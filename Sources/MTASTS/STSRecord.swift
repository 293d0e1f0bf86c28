/// A policy record: the TXT at `_mta-sts` (RFC 8461 3.1).
public struct STSRecord: Hashable, Sendable, Codable {
    /// The identifier: 1 to 32 ASCII letters and digits; compared byte by byte.
    public let id: String
    /// Extension fields in the order of the record.
    public let extensions: [Extension]

    public struct Extension: Hashable, Sendable, Codable {
        public let name: String
        public let value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(id: String, extensions: [Extension] = []) {
        self.id = id
        self.extensions = extensions
    }
}
