public import FoundationEssentials

/// The dates of a certificate that is planned, as people type them.
public struct CertificateDates: Hashable, Sendable {
    /// The first second at which it is valid; nil: as soon as it is shown.
    public let notBefore: Date?
    /// The first second at which it is not.
    public let notAfter: Date

    /// Reads `2027-02-01`, a time as RFC 3339 UTC, or two of them around `..`; nil for anything else, and for an end
    /// that is not after the beginning.
    public init?(text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        switch (parts.count, parts.last.flatMap(Self.moment)) {
        case (1, let end?): self.init(notBefore: nil, notAfter: end)
        case (3, let end?) where parts[1].isEmpty:
            guard let start = Self.moment(parts[0]), start < end else { return nil }
            self.init(notBefore: start, notAfter: end)
        default: return nil
        }
    }

    private init(notBefore: Date?, notAfter: Date) {
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    /// True for what holds nothing but the characters of dates, and a `-` among them: no path that people give.
    public static func isMeant(by text: String) -> Bool {
        text.contains("-") && text.utf8.contains { (0x30...0x39).contains($0) }
            && text.utf8.allSatisfy { (0x30...0x3a).contains($0) || "-.TZ".utf8.contains($0) }
    }

    private static func moment(_ text: String) -> Date? {
        guard let moment = Stamp.moment(text) else { return nil }
        // A day that the month does not have is read as one of the next.
        return Stamp.text(moment).hasPrefix(text) ? moment : nil
    }
}
