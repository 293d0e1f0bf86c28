public import MTASTS

/// A mail domain as a person typed or pasted it.
public enum DomainInput {
    /// Why the text names no mail domain: one sentence part that says what to do.
    public struct Problem: Error, Hashable, Sendable {
        public let reason: String
    }

    /// Reads a domain: A-labels or U-labels in UTF-8, a dot at the end allowed.
    public static func read(_ text: some Collection<UInt8>) -> Result<DomainName, Problem> {
        let bytes = Array(text)
        // Lists are long and nearly all of their lines are plain: only what is not is looked at closely.
        let isPlain = bytes.allSatisfy(isNameByte)
        if !isPlain, let reason = misunderstanding(bytes) { return .failure(Problem(reason: reason)) }
        if bytes.count > 1000 { return .failure(Problem(reason: "longer than any domain name")) }
        switch IDN.toASCII(bytes) {
        case .failure(let failure):
            if bytes.allSatisfy({ $0 < 0x80 }) { return .failure(Problem(reason: flaw(bytes))) }
            let isUTF8 = String(validating: bytes, as: UTF8.self) != nil
            return .failure(
                Problem(reason: isUTF8 ? "not an internationalised name: \(failure.reason)" : "not UTF-8 text"))
        case .success(let name):
            if let reason = objection(name) { return .failure(Problem(reason: reason)) }
            return .success(name)
        }
    }

    /// Letters, digits, hyphen, dot and underscore.
    static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// What people paste instead of a domain.
    private static func misunderstanding(_ bytes: [UInt8]) -> String? {
        if bytes.contains(where: { $0 < 0x20 || $0 == 0x7f }) { return "holds a control character" }
        let slashes: [UInt8] = [0x3a, 0x2f, 0x2f]
        if let start = bytes.indices.first(where: { bytes[$0...].starts(with: slashes) }) {
            let host = bytes[(start + 3)...].prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ":") }
            return "a URL: give the domain alone, such as `\(VisibleText.escape(host, limit: 60))`"
        }
        if let at = bytes.lastIndex(of: UInt8(ascii: "@")) {
            return "a mail address: give the part after the @, `\(VisibleText.escape(bytes[(at + 1)...], limit: 60))`"
        }
        if bytes.contains(UInt8(ascii: "/")) { return "a path or network: give a domain name" }
        if bytes.contains(UInt8(ascii: ",")) || bytes.contains(UInt8(ascii: ";")) {
            return "one domain a line, without commas"
        }
        if bytes.contains(UInt8(ascii: "*")) { return "a wildcard: name each domain" }
        if bytes.contains(UInt8(ascii: ":")) || bytes.first == UInt8(ascii: "[") {
            return "an address or a port: give a domain name alone"
        }
        return nil
    }

    /// The flaw of an ASCII text that is no name.
    private static func flaw(_ bytes: [UInt8]) -> String {
        guard bytes.allSatisfy(isNameByte) else { return "a domain name holds only letters, digits, hyphens and dots" }
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        if labels.dropLast().contains(where: \.isEmpty) { return "an empty label: two dots, or one at the start" }
        if labels.contains(where: { $0.count > 63 }) { return "a label of more than 63 bytes" }
        return "longer than 253 bytes"
    }

    /// What speaks against a well-formed name as a mail domain.
    private static func objection(_ name: DomainName) -> String? {
        let bytes = name.text.utf8
        guard let dot = bytes.lastIndex(of: UInt8(ascii: ".")) else {
            return "a single label: a mail domain has a dot in it"
        }
        if bytes[bytes.index(after: dot)...].allSatisfy({ (0x30...0x39).contains($0) }) {
            return "an IP address: give a domain name"
        }
        if bytes.contains(where: { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }), !name.isHostName {
            return "a mail domain has no underscore, and no hyphen at the start or end of a label"
        }
        // Both names that the policy needs must fit into 253 bytes.
        guard bytes.count + "_mta-sts.".utf8.count <= 253 else {
            return "too long: `_mta-sts.` no longer fits before it"
        }
        return nil
    }
}
