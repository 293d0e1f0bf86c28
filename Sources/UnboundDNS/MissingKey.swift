import MTASTS

/// The key that the validator lacked, where that is why data is bogus: nobody knows then whether the zone withholds it
/// or whether it was only not fetched.
struct MissingKey: Hashable {
    let question: Question

    /// Reads the validator's reason; nil where keys were there and did not fit.
    init?(_ reason: String) {
        let lower = reason.lowercased()
        guard lower.contains("no dnskey") || lower.contains("no ds") || lower.contains("is marked as invalid") else {
            return nil
        }
        for (words, type) in [
            ("for trust anchor ", RecordType.dnskey), ("for key ", .dnskey), ("for ds ", .ds),
            ("key for validation ", .dnskey),
        ] {
            guard let start = lower.firstRange(of: words)?.upperBound else { continue }
            let word = lower[start...].prefix { $0 != " " }
            guard let name = word == "." ? "." : DomainName(word)?.text else { continue }
            question = Question(name: name, type: type)
            return
        }
        return nil
    }
}
