/// What a scripted server says to each question.
struct Script: Sendable {
    struct Key: Hashable, Sendable {
        let name: String
        let type: Int
    }

    enum Reply: Sendable {
        /// Says nothing.
        case silence
        case message(rcode: Int = 0, answers: [DNSRecord] = [], authority: [DNSRecord] = [])
        /// Says this, whatever it is, after the identifier.
        case garbage([UInt8])
    }

    private var replies: [Key: Reply] = [:]
    private var zones: [Zone] = []
    /// For every question that nothing else answers.
    var otherwise = Reply.message(rcode: 5)

    struct Zone: Sendable {
        let name: String
        var records: [DNSRecord]
    }

    /// A server that knows the root's SOA, and refuses all else.
    init() {
        set(".", 6, .message(answers: [.soa(".")]))
    }

    mutating func set(_ name: String, _ type: Int, _ reply: Reply) {
        replies[Key(name: name, type: type)] = reply
    }

    mutating func set(_ name: String, _ type: Int, _ records: [DNSRecord]) {
        set(name, type, .message(answers: records))
    }

    /// Serves the records of a zone as its authority, with the NSEC records that are among them.
    mutating func serve(_ name: String, _ records: [DNSRecord]) {
        zones.removeAll { $0.name == name }
        zones.append(Zone(name: name, records: records))
    }

    func reply(_ key: Key) -> Reply {
        if let reply = replies[key] { return reply }
        // A DS record stands in the zone above.
        let holders = zones.filter {
            key.name == $0.name && key.type != 43 || key.name.hasSuffix("." + $0.name)
        }
        return holders.max { $0.name.utf8.count < $1.name.utf8.count }?.reply(key) ?? otherwise
    }
}

extension Script.Zone {
    fileprivate func reply(_ key: Script.Key) -> Script.Reply {
        var answers: [DNSRecord] = []
        var name = key.name
        while key.type != 5, answers.count < 40, let target = alias(name) {
            answers += set(name, 5)
            name = target
        }
        let found = set(name, key.type)
        if !found.isEmpty { return .message(answers: answers + found) }
        // All denials of the zone at once: more than is asked for, and enough.
        let denials = records.filter { $0.type == 47 || $0.covered == 47 }
        let exists = records.contains { $0.owner == name || $0.owner.hasSuffix("." + name) }
        return .message(rcode: exists ? 0 : 3, answers: answers, authority: set(self.name, 6) + denials)
    }

    private func set(_ owner: String, _ type: Int) -> [DNSRecord] {
        records.filter { $0.owner == owner && ($0.type == type || $0.covered == type) }
    }

    private func alias(_ owner: String) -> String? {
        guard let record = records.first(where: { $0.owner == owner && $0.type == 5 }) else { return nil }
        var labels: [String] = []
        var index = 0
        while index < record.rdata.count, record.rdata[index] != 0 {
            let length = Int(record.rdata[index])
            labels.append(String(decoding: record.rdata[(index + 1)...].prefix(length), as: UTF8.self))
            index += 1 + length
        }
        return labels.joined(separator: ".")
    }
}
