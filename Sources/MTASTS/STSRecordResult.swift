/// What the TXT records at `_mta-sts` say (RFC 8461 3.1).
public enum STSRecordResult: Hashable, Sendable {
    /// None of them is an MTA-STS record.
    case missing
    /// Exactly one usable record.
    ///
    /// `lenient` is true where senders split: a blank stands before the first `;`, which the ABNF allows and the
    /// prose of 3.1 discards, or another record is one only by the ABNF.
    case valid(STSRecord, lenient: Bool, raw: [UInt8])
    /// Several records that begin `v=STSv1;`: senders must act as if there were none.
    case multiple([[UInt8]])
    /// One MTA-STS record that does not follow the grammar; the errors are in the order of the text.
    case invalid([SyntaxError], raw: [UInt8])
}
