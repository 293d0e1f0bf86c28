import Evidence

extension LookupFailure {
    /// Reads libunbound's reason for a failed lookup (the texts are the same from 1.17 on).
    ///
    /// Only what a server is known to have said counts as its failure; nil, or anything not understood, means that
    /// nobody answered: our own failure to find out must never look like a failure of the domain.
    init(reason: String?) {
        guard let reason, !reason.contains("upstream server timeout"), !reason.contains("no server to query") else {
            self = .timeout
            return
        }
        if reason.contains("maximum number restarts") {
            self = .aliasLoop
        } else if let code = Self.responseCode(in: reason) {
            self = code == 2 ? .serverFailure : .refused(rcode: code)
        } else if reason.contains("response failed scrub") || reason.contains("could not parse upstream response") {
            self = .malformed("the servers sent an answer that cannot be read")
        } else if reason.hasSuffix("nodata answer") {
            // Every server of the zone answered, none of them as its authority.
            self = .serverFailure
        } else {
            self = .timeout
        }
    }

    /// The code in `... got REFUSED`, at the end of the reason.
    private static func responseCode(in reason: String) -> Int? {
        let words = reason.split(separator: " ").suffix(2)
        guard words.count == 2, words.first == "got", let name = words.last else { return nil }
        let names = [
            "FORMERR": 1, "SERVFAIL": 2, "NOTIMPL": 4, "REFUSED": 5, "YXDOMAIN": 6, "YXRRSET": 7, "NXRRSET": 8,
            "NOTAUTH": 9, "NOTZONE": 10,
        ]
        if let code = names[String(name)] { return code }
        return name.hasPrefix("RCODE") ? Int(name.dropFirst(5)) : nil
    }
}
