/// What the TXT records at `_smtp._tls` say (RFC 8460 3).
public enum TLSRPTResult: Hashable, Sendable {
    /// None of them is a TLSRPT record.
    case missing
    /// Exactly one usable record; `lenient` where a blank stands before the first `;`, as for `STSRecordResult`.
    case valid(TLSRPTRecord, lenient: Bool, raw: [UInt8])
    /// Several records that begin `v=TLSRPTv1;`: senders must act as if there were none.
    case multiple([[UInt8]])
    /// One TLSRPT record that does not follow the grammar; the errors are in the order of the text.
    case invalid([SyntaxError], raw: [UInt8])
}
