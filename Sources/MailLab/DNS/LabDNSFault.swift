public import FoundationEssentials

/// How the responder answers a question other than by its zones.
public enum LabDNSFault: Hashable, Sendable {
    /// Not at all.
    case silence
    /// By its zones, but so many milliseconds late.
    case late(milliseconds: Int)
    /// With a response code and nothing else: 2 is SERVFAIL, 5 is REFUSED.
    case code(UInt8)
    /// Truncated over UDP, whole over TCP.
    case truncated
    /// Truncated over UDP, and TCP is closed without a word.
    case truncatedOnly
    /// By its zones, under another identifier.
    case wrongID
    /// By its zones, to a question that was not asked.
    case wrongQuestion
    /// With these bytes after the identifier.
    case garbage([UInt8])
    /// By its zones, with signatures that do not fit.
    case bogusSignatures
    /// By its zones, with signatures of other dates.
    case signatures(from: Date, until: Date)
    /// By its zones, without signatures.
    case noSignatures
    /// With each of these sets in turn, again and again; signed as the zone is.
    case inTurn([[LabRecord]])
}

/// Which questions a fault is for; the narrowest that fits counts.
public enum LabDNSScope: Hashable, Sendable {
    /// One name and type.
    case question(String, UInt16)
    /// One name, every type.
    case name(String)
    /// A name and all below it.
    case below(String)

    /// As the responder keeps it.
    var normal: LabDNSScope {
        switch self {
        case .question(let name, let type): .question(DNSWire.key(name), type)
        case .name(let name): .name(DNSWire.key(name))
        case .below(let name): .below(DNSWire.key(name))
        }
    }
}
