/// The record types that are looked up, by their number (RFC 1035 3.2.2 and later).
enum RecordType: Int32, Hashable, Sendable {
    case a = 1
    case ns = 2
    case soa = 6
    case mx = 15
    case txt = 16
    case aaaa = 28
    case ds = 43
    case dnskey = 48
    case tlsa = 52

    /// The mnemonic, as it stands in zone files and in libunbound's messages.
    var mnemonic: String {
        switch self {
        case .a: "A"
        case .ns: "NS"
        case .soa: "SOA"
        case .mx: "MX"
        case .txt: "TXT"
        case .aaaa: "AAAA"
        case .ds: "DS"
        case .dnskey: "DNSKEY"
        case .tlsa: "TLSA"
        }
    }
}

/// One question: a name without the final dot (`.` for the root) and a type.
struct Question: Hashable, Sendable {
    let name: String
    let type: RecordType
}
