import Evidence
import FoundationEssentials
import MTASTS
import TestSupport

@testable import Deliverability

/// A domain with a past, a change that somebody means to make, and both as the plan and as the walk take them.
///
/// Keys are single bytes, and a fingerprint is that byte 32 times; so a TLSA record in presentation form tells its key.
struct WalkScene {
    static let now = Scene.now.timeIntervalSince1970
    private static let day = 86_400.0

    /// How a sender keeps policies, and whether it rejects mode none without mx lines (chasquid, Stalwart).
    struct Kind: Hashable {
        let keeps: SimulatedSender.Kind
        let isPicky: Bool

        static let all =
            SimulatedSender.Kind.allCases.map { Kind(keeps: $0, isPicky: false) }
            + [Kind(keeps: .byIDOrExpiry, isPicky: true), Kind(keeps: .frequent, isPicky: true)]

        /// The world as such a sender finds it: what it rejects is as good as not to be had.
        func finds(_ world: World) -> World {
            guard isPicky, world.policy.mode == "none", world.policy.mx.isEmpty else { return world }
            var found = world
            found.isPolicyHostUp = false
            return found
        }
    }

    struct Host {
        let name: String
        let address: String
        var isUp = true
        var offersTLS = true
        /// Whether senders that enforce MTA-STS take the certificate.
        var isTrusted = true
        var key: UInt8
        var isSigned = false
        /// In presentation form; empty where there are none.
        var tlsa: [String] = []
    }

    /// The chain that is to be installed.
    struct Certificate {
        let key: UInt8
        let isTrusted: Bool
    }

    private(set) var world: World
    private(set) var populations: [Kind: Population] = [:]
    /// The MX hosts of today, and those that may come.
    private(set) var hosts: [String: Host] = [:]
    let mx: [String]
    private(set) var change = PlannedChange()
    private(set) var certificates: [String: Certificate] = [:]
    private(set) var tlsa: [String: [String]] = [:]
    private var scene = Scene()
    private var dice: SeededGenerator

    init(_ seed: Int) {
        var dice = SeededGenerator(seed: UInt64(seed) &* 6_151 &+ 3)
        let names = (1...5).map { "mx\($0).example.com" }
        let isDANE = dice.chance(50)
        for (number, name) in names.enumerated() {
            hosts[name] = Self.host(name, number + 1, isDANE: isDANE, &dice)
        }
        mx = Array(names.prefix(Int.random(in: 1...3, using: &dice)))
        let mode = dice.chance(70) ? "enforce" : dice.chance(50) ? "testing" : "none"
        let start = Self.now - dice.seconds(20 * Self.day...60 * Self.day)
        world = World(
            "example.com", ttl: dice.chance(70) ? 300 : 3_600,
            policy: Self.policy(mode, mx, names, &dice), id: dice.chance(90) ? "a" : nil, from: start)
        self.dice = dice
        live(from: start)
        plan(names)
    }

    private static func host(_ name: String, _ number: Int, isDANE: Bool, _ dice: inout SeededGenerator) -> Host {
        var host = Host(name: name, address: "192.0.2.\(number)", key: UInt8(number))
        // One defect at a time: what is behind another one nobody can know.
        switch Int.random(in: 0..<20, using: &dice) {
        case 0: host.isUp = false
        case 1: host.offersTLS = false
        case 2, 3, 4: host.isTrusted = false
        default: break
        }
        host.isSigned = isDANE && dice.chance(80)
        guard host.isSigned, dice.chance(80) else { return host }
        let kinds = dice.chance(70) ? ["3 1 1"] : dice.chance(50) ? ["3 1 2"] : ["3 1 2", "3 0 2"]
        let named = host.isUp && host.offersTLS && dice.chance(15) ? 99 : host.key
        host.tlsa = kinds.map { record($0, named) } + (dice.chance(20) ? [record(kinds[0], 98)] : [])
        return host
    }

    static func record(_ kind: String, _ key: UInt8) -> String {
        "\(kind) " + fingerprint(key, bytes: kind.hasSuffix("2") ? 64 : 32)
    }

    static func fingerprint(_ key: UInt8, bytes: Int = 32) -> String {
        let text = String(key, radix: 16)
        return String(repeating: text.count == 1 ? "0" + text : text, count: bytes)
    }

    private static func policy(
        _ mode: String, _ mx: [String], _ names: [String], _ dice: inout SeededGenerator
    ) -> World.Policy {
        var lines = mx.filter { _ in dice.chance(90) } + names.filter { _ in dice.chance(15) }
        if dice.chance(10) { lines.append("*.example.com") }
        if lines.isEmpty, mode != "none" { lines = [names[4]] }
        if mode == "none", dice.chance(50) { lines = [] }
        let ages = [86_400, 604_800, 31_557_600]
        return World.Policy(mode: mode, maxAge: ages[Int.random(in: 0..<3, using: &dice)], mx: lines)
    }

    // MARK: The past

    private mutating func live(from start: Double) {
        settle()
        look(at: start)
        send(at: start + 1)
        var moment = start
        for _ in 0..<Int.random(in: 0...3, using: &dice) {
            moment += dice.seconds(3_600...18 * Self.day)
            guard moment < Self.now - 60 else { break }
            // The luckiest look in the last second.
            look(at: moment - 2)
            send(at: moment - 1)
            switch Int.random(in: 0..<6, using: &dice) {
            case 0: world.isPolicyHostUp.toggle()
            case 1: world.publish(world.id == nil ? "z" : nil, at: moment)
            default:
                let mode = dice.chance(75) ? "enforce" : dice.chance(40) ? "testing" : "none"
                world.policy = Self.policy(mode, mx, hosts.keys.sorted(), &dice)
                if dice.chance(75) { world.publish(world.newID(), at: moment) }
            }
            look(at: moment)
            send(at: moment + 1)
        }
        look(at: Self.now)
        send(at: Self.now)
    }

    private mutating func send(at moment: Double) {
        for kind in Kind.all {
            _ = populations[kind, default: Population()].send(
                .init(kind: kind.keeps, readsLoosely: false), at: moment, in: kind.finds(world))
        }
    }

    private mutating func look(at moment: Double) {
        scene.record =
            world.id.map { Scene.found([TXTRecord("v=STSv1; id=\($0)")], ttl: Int(world.ttl)) }
            ?? DNSAnswer(.noData, dnssec: .insecure, ttl: Int(world.ttl))
        scene.isFetched = world.id != nil
        scene.fetchFailure = world.isPolicyHostUp ? nil : .status(404)
        scene.body = world.policy.text
        scene.remember(ago: Self.now - moment)
    }

    /// Writes the MX hosts into the scene.
    private mutating func settle() {
        scene.policyTrust = Scene.always(.trusted)
        scene.mx = Scene.found(mx.enumerated().map { MXHost(preference: $0.offset, host: Scene.name($0.element)) })
        scene.hosts = mx.compactMap { hosts[$0] }.map(Self.seen)
    }

    private static func seen(_ host: Host) -> Scene.Host {
        var seen = Scene.Host(host.name, host.address)
        seen.sessions[0].fingerprint = fingerprint(host.key)
        if !host.isTrusted { seen.sessions[0].trust = Scene.always(.selfSigned) }
        if !host.offersTLS { seen.sessions[0].starttls = .missing }
        if !host.isUp {
            seen.sessions[0].outcome = .refused
            seen.sessions[0].starttls = .unknown
        }
        seen.sessions[0].hasTLS = host.isUp && host.offersTLS
        guard host.isSigned else { return seen }
        let records = host.tlsa.map(parsed)
        seen.sign(
            records.isEmpty ? nil : records,
            match: records.isEmpty ? nil : match(seen.sessions[0].fingerprint, records))
        seen.tlsa = DNSAnswer(records.isEmpty ? .noData : .found(records), dnssec: .secure, ttl: 3_600)
        return seen
    }

    private static func parsed(_ text: String) -> TLSARecord {
        let fields = text.split(separator: " ")
        let byte = UInt8(fields[3].prefix(2), radix: 16) ?? 0
        return TLSARecord(
            usage: Int(fields[0]) ?? 0, selector: Int(fields[1]) ?? 0, matchingType: Int(fields[2]) ?? 0,
            data: Array(repeating: byte, count: fields[3].utf8.count / 2))
    }

    /// RFC 7671 9: of one usage and selector only the strongest digest counts.
    private static func match(_ fingerprint: String, _ records: [TLSARecord]) -> DANEMatch {
        let key = UInt8(fingerprint.prefix(2), radix: 16)
        let counts = records.filter { one in
            !records.contains {
                $0.usage == one.usage && $0.selector == one.selector && $0.matchingType > one.matchingType
            }
        }
        return counts.first { $0.data.first == key }.map { .match($0) } ?? .mismatch("another key")
    }

    // MARK: The change

    private mutating func plan(_ names: [String]) {
        let others = names.filter { !mx.contains($0) }
        var (added, removed): ([String], [String]) = ([], [])
        if dice.chance(60) { added = others.filter { _ in dice.chance(40) } }
        if dice.chance(60) { removed = mx.filter { _ in dice.chance(50) } }
        if removed.count == mx.count, added.isEmpty { removed = [] }
        change.addedMX = added.map { MXHost(preference: 5, host: Scene.name($0)) }
        change.removedMX = removed.map(Scene.name)
        let then = mx.filter { !removed.contains($0) } + added
        for (number, name) in then.enumerated() where dice.chance(30) {
            planKey(name, UInt8(50 + number))
        }
        if dice.chance(15) {
            change.removesSTS = true
        } else if dice.chance(40) {
            let mode = dice.chance(70) ? "enforce" : dice.chance(50) ? "testing" : "none"
            change.policyBody = Array(Self.policy(mode, then, names, &dice).text.utf8)
            if dice.chance(50) { change.recordID = dice.chance(70) ? "new" : "a" }
        } else if dice.chance(15) {
            change.recordID = dice.chance(50) ? "new" : "a"
        }
    }

    private mutating func planKey(_ name: String, _ key: UInt8) {
        guard let host = hosts[name] else { return }
        let certificate = dice.chance(75) ? Certificate(key: key, isTrusted: dice.chance(80)) : nil
        if let certificate {
            certificates[name] = certificate
            let trust = certificate.isTrusted ? Scene.trusted(days: 80) : Scene.always(.selfSigned)
            let print = Self.fingerprint(key)
            change.certificates[Scene.name(name)] = .init(
                chain: CertificateChain(der: [Array(print.utf8)]),
                facts: [Scene.facts(names: [name], trust: trust, fingerprint: print)], trust: trust)
        }
        // Of a key that is neither seen nor given nobody can tell whether a record is for it.
        let isKeyKnown = certificate != nil || (host.isUp && host.offersTLS)
        guard host.isSigned, isKeyKnown, certificate == nil || dice.chance(60) else { return }
        let sets = [
            [], [Self.record("3 1 1", key)], host.tlsa + [Self.record("3 1 1", key)],
            [Self.record("3 1 1", host.key)], [Self.record("3 1 1", 97)],
            [Self.record("3 1 1", key), Self.record("3 1 1", host.key)],
        ]
        let set = sets[Int.random(in: 0..<sets.count, using: &dice)]
        tlsa[name] = set
        change.tlsa[Scene.name(name)] = set.map(Self.parsed)
    }

    var judged: Plan {
        let extra = change.addedMX.compactMap { $0.host.flatMap { hosts[$0.text] } }.map(Self.seen)
        return scene.plan(change, new: extra) { chain, records in
            Self.match(String(decoding: chain.der[0], as: UTF8.self), records)
        }
    }

    /// The domain and the change in words, for a fault.
    var summary: String {
        let hosts = hosts.values.sorted { $0.name < $1.name }.map { host in
            "  \(host.name)\(mx.contains(host.name) ? " MX" : "") key \(host.key)"
                + (host.isUp ? "" : " down") + (host.offersTLS ? "" : " no TLS")
                + (host.isTrusted ? "" : " self-signed")
                + (host.isSigned ? " signed" : "") + " \(host.tlsa.map { $0.prefix(8) })"
        }
        let body = change.policyBody.map { String(decoding: $0, as: UTF8.self).replacing("\n", with: " / ") }
        return hosts.joined(separator: "\n") + "\n  id \(world.id ?? "-") up \(world.isPolicyHostUp) live "
            + world.policy.text.replacing("\n", with: " / ") + "\n  plan +\(change.addedMX.compactMap(\.host?.text)) -"
            + "\(change.removedMX.map(\.text)) certificates \(certificates) tlsa "
            + "\(tlsa.mapValues { $0.map { $0.prefix(8) } }) policy \(body ?? "-") id \(change.recordID ?? "-") remove "
            + "\(change.removesSTS)"
    }
}
