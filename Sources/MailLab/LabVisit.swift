/// What one connection to an MX host of the lab did.
public struct LabVisit: Hashable, Sendable {
    /// The verbs in upper case, in order; at most 50.
    public internal(set) var commands: [String] = []
    /// The name given with EHLO or HELO, the last one.
    public internal(set) var greetedAs: String?
    /// The TLS version, when the handshake was completed.
    public internal(set) var tlsVersion: String?
    /// The SNI name of the handshake.
    public internal(set) var serverName: String?

    mutating func note(_ verb: String) {
        if commands.count < 50 { commands.append(verb) }
    }
}
