/// The zones of a responder, its faults, and what it was asked.
struct ZoneBook {
    struct Question: Hashable {
        let name: String
        let type: UInt16
    }

    /// What is to be sent.
    enum Reply: Equatable {
        case message([UInt8], delay: Int = 0)
        case nothing
        case close
    }

    /// Links of a CNAME chain that one answer follows; a resolver asks for the rest.
    private static let chainLimit = 30
    private static let messageLimit = 65_535
    /// What a datagram may have whatever the resolver says.
    private static let datagramLimit = 1_232

    private(set) var zones: [LabZone] = []
    private var served: [String: ServedZone] = [:]
    private var keys: [String: LabZoneKey] = [:]
    private var faults: [LabDNSScope: LabDNSFault] = [:]
    private(set) var counts: [Question: Int] = [:]

    func key(_ zone: String) -> LabZoneKey? { keys[DNSWire.key(zone)] }

    /// Puts these zones in the place of all others; a zone keeps the key that its name had.
    mutating func set(_ zones: [LabZone]) throws(LabError) {
        for zone in zones where zone.signing != nil {
            let name = DNSWire.key(zone.name)
            if keys[name] == nil { keys[name] = try LabZoneKey(name) }
        }
        let names = Set(zones.map { DNSWire.key($0.name) })
        var below: [String: [String: [UInt8]?]] = [:]
        for zone in zones {
            let name = DNSWire.key(zone.name)
            guard let parent = Self.holder(of: Self.parent(name), among: names), !name.isEmpty else { continue }
            below[parent, default: [:]].updateValue(zone.signing == nil ? nil : keys[name]?.digest, forKey: name)
        }
        var served: [String: ServedZone] = [:]
        for zone in zones {
            let name = DNSWire.key(zone.name)
            served[name] = ServedZone(zone, key: keys[name], delegations: below[name] ?? [:])
        }
        self.zones = zones
        self.served = served
    }

    mutating func set(_ scope: LabDNSScope, _ fault: LabDNSFault?) { faults[scope.normal] = fault }

    mutating func setFaults(_ all: [LabDNSScope: LabDNSFault]) {
        faults = Dictionary(all.map { ($0.normal, $1) }, uniquingKeysWith: { first, _ in first })
    }

    /// The answer to a message; nothing for what is no question.
    mutating func reply(_ bytes: [UInt8], overTCP: Bool) -> Reply {
        guard let query = DNSQuery(bytes) else { return .nothing }
        let count = counts[Question(name: query.name, type: query.type), default: 0]
        counts[Question(name: query.name, type: query.type)] = count + 1
        let room = overTCP ? Self.messageLimit : min(query.room, Self.datagramLimit)
        let fault = fault(query)
        switch fault {
        case nil: return .message(plain(query, room))
        case .silence: return .nothing
        case .late(let milliseconds): return .message(plain(query, room), delay: milliseconds)
        case .code(let code): return .message(Self.message(query, code: code, [], [], room: room))
        case .truncated where overTCP: return .message(plain(query, room))
        case .truncatedOnly where overTCP: return .close
        case .truncated, .truncatedOnly: return .message(Self.message(query, code: 0, [], [], room: 0))
        case .wrongID:
            let message = plain(query, room)
            return .message([message[0] ^ 0x55, message[1] ^ 0x55] + message.dropFirst(2))
        case .wrongQuestion: return .message(wrongQuestion(query, room))
        case .garbage(let bytes): return .message(query.id + bytes)
        case .bogusSignatures: return .message(plain(query, room, .bogus))
        case .signatures(let from, let until):
            return .message(plain(query, room, .dated(LabZone.Signing(from: from, until: until))))
        case .noSignatures: return .message(plain(query, room, .missing))
        case .inTurn(let sets):
            guard !sets.isEmpty, let zone = Self.holder(of: query.name, among: served.keys) else {
                return .message(plain(query, room))
            }
            let set = sets[count % sets.count].filter { $0.type == query.type }
            let records = set.map { record in
                DNSResourceRecord(
                    owner: query.name, type: query.type, ttl: served[zone]?.zone.ttl ?? 0, rdata: record.rdata)
            }
            let signed = served[zone]?.signed(records, query.wantsSignatures ? .good : .missing) ?? records
            return .message(Self.message(query, code: 0, signed, [], room: room))
        }
    }

    private func fault(_ query: DNSQuery) -> LabDNSFault? {
        guard !faults.isEmpty else { return nil }
        if let fault = faults[.question(query.name, query.type)] ?? faults[.name(query.name)] { return fault }
        var above = query.name
        while true {
            if let fault = faults[.below(above)] { return fault }
            if above.isEmpty { return nil }
            above = Self.parent(above)
        }
    }

    private mutating func plain(
        _ query: DNSQuery, _ room: Int, _ signatures: ServedZone.Signatures = .good
    ) -> [UInt8] {
        let signatures = query.wantsSignatures ? signatures : .missing
        var (answers, authority): ([DNSResourceRecord], [DNSResourceRecord]) = ([], [])
        var (code, name): (UInt8, String) = (5, query.name)
        for _ in 0..<Self.chainLimit {
            // A DS record stands in the zone above.
            let start = query.type == DNSType.ds && served[name] != nil && !name.isEmpty ? Self.parent(name) : name
            guard let place = Self.holder(of: start, among: served.keys) else { break }
            code = 0
            let found = served[place]?.set(name, query.type) ?? []
            let alias = found.isEmpty ? served[place]?.set(name, DNSType.cname) ?? [] : []
            if found.isEmpty, alias.isEmpty {
                code = served[place]?.exists(name) == true ? 0 : 3
                authority =
                    (query.wantsSignatures
                        ? served[place]?.denial(of: name, signatures) : served[place]?.set(place, DNSType.soa)) ?? []
            } else {
                answers += served[place]?.signed(found.isEmpty ? alias : found, signatures) ?? []
            }
            guard let target = alias.first else { break }
            name = DNSWire.text(target.rdata)
        }
        return Self.message(query, code: code, answers, authority, room: room)
    }

    private mutating func wrongQuestion(_ query: DNSQuery, _ room: Int) -> [UInt8] {
        var message = plain(query, room)
        // Another name of the same length: the first letter of the first label.
        if message.count > 13, message[12] > 0 { message[13] = message[13] == 0x71 ? 0x7a : 0x71 }
        return message
    }

    /// A whole message, or where it has no room a truncated one.
    private static func message(
        _ query: DNSQuery, code: UInt8, _ answers: [DNSResourceRecord], _ authority: [DNSResourceRecord], room: Int
    ) -> [UInt8] {
        let options: [UInt8] =
            query.hasOptions ? [0, 0, 41, 4, 208, 0, 0, query.wantsSignatures ? 128 : 0, 0, 0, 0] : []
        func head(_ flags: UInt8, _ counts: [Int]) -> [UInt8] {
            // QR and AA.
            query.id + [0x84 | flags | query.flags.0, query.flags.1 | code]
                + ([1] + counts + [query.hasOptions ? 1 : 0]).flatMap { DNSWire.number($0) } + query.question
        }
        let sections = (answers + authority).flatMap { $0.encoded(question: query.name) }
        let whole = head(0, [answers.count, authority.count]) + sections + options
        return whole.count <= room ? whole : head(2, [0, 0]) + options
    }

    private static func parent(_ name: String) -> String {
        name.firstIndex(of: ".").map { String(name[name.index(after: $0)...]) } ?? ""
    }

    /// The deepest of the zones that holds a name.
    private static func holder(of name: String, among zones: some Collection<String> & Sendable) -> String? {
        zones.filter { $0.isEmpty || name == $0 || name.hasSuffix("." + $0) }.max { $0.utf8.count < $1.utf8.count }
    }
}
