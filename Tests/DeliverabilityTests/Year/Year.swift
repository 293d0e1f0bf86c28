import FoundationEssentials
import TestSupport

@testable import Deliverability

/// One domain for a year: the true world, the senders that there can be, and stswatch beside them, hour by hour.
///
/// Two windows are uncertain and left out, both no wider than the time between two looks: what changed since the last
/// look, and the last minutes of a copy, whose end is known no better than when it was last served. A pair of id and
/// body that came and went between two looks is not known to anyone who did not look; it is counted.
struct Year {
    static let start = 1_795_000_000.0
    static let days = 365
    /// Seconds between two looks.
    static let interval = 300.0
    private static let hour = 3_600.0

    struct Tally {
        var hours = 0
        var mails = 0
        var refusalsMet = 0
        /// By a policy with a blank line.
        var looseRefusalsMet = 0
        /// While the addresses of the policy host differ.
        var splitRefusalsMet = 0
        var refusalsShown = 0
        /// Hours in which something had changed since the last look.
        var hoursLeftOut = 0
        /// Refusals shown that may have ended since the last look.
        var endsLeftOut = 0
        /// Refusals by a pair of id and body that no look saw.
        var unseenPairs = 0
        var disagreements: [String] = []

        static func += (left: inout Tally, right: Tally) {
            left.hours += right.hours
            left.mails += right.mails
            left.refusalsMet += right.refusalsMet
            left.looseRefusalsMet += right.looseRefusalsMet
            left.splitRefusalsMet += right.splitRefusalsMet
            left.refusalsShown += right.refusalsShown
            left.hoursLeftOut += right.hoursLeftOut
            left.endsLeftOut += right.endsLeftOut
            left.unseenPairs += right.unseenPairs
            left.disagreements += right.disagreements
        }
    }

    private var world: World
    private var dice: SeededGenerator
    private var events: ArraySlice<(at: Double, deed: WorldEvents.Deed)>
    private var polls = WorldPolls()
    private var populations: [SimulatedSender.Habit: Population] = [:]
    private var lastLook = (at: 0.0, looks: "")
    /// Every id with the body that a look could fetch under it, kept apart from the memory that is tested.
    private var seenPairs: Set<[String]> = []
    /// Of these the ones that every address of the policy host served.
    private var seenEverywhere: Set<[String]> = []
    private var digests: [String: String] = [:]
    private(set) var tally = Tally()
    /// Looks all the time, though nothing changes.
    private let looksAlways: Bool

    init(_ number: Int, looksAlways: Bool = false) {
        self.looksAlways = looksAlways
        let seed = UInt64(number) &* 7_919 &+ 17
        dice = SeededGenerator(seed: seed)
        world = World(number, from: Self.start, &dice)
        events = WorldEvents(from: Self.start + Self.hour, seed: seed &+ 1).all[...]
    }

    var memory: DomainMemory { polls.memory }

    /// Lives through so many hours.
    mutating func run(hours: Int = days * 24) {
        look(at: Self.start)
        for hour in 0..<hours { live(Self.start + Double(hour) * Self.hour) }
    }

    private enum Step { case look, refresh, send }

    private mutating func live(_ from: Double) {
        let to = from + Self.hour
        // On a second at which nobody looks, another one each hour.
        let mail = from + Double(Int.random(in: 600..<3_590, using: &dice)) + 0.5
        var steps: [(at: Double, step: Step)] = [(mail, .send)]
        let changes = events.prefix { $0.at <= to + world.ttl }.map(\.at) + world.dates(from: from, to: to)
        if looksAlways || changes.contains(where: { $0 <= to }) {
            steps += (1...12).map { (from + Double($0) * Self.interval, .look) }
        } else {
            // Where nothing changes a look moves nothing but stamps: the last ones before the mail and the next hour.
            steps += [((mail / Self.interval).rounded(.down) * Self.interval, .look), (to, .look)]
        }
        // The luckiest senders look in the last second before each change, and before a resolver forgets.
        let lapses = world.ids.suffix(5).map { $0.from + world.ttl }
        steps += (changes + lapses).filter { $0 - 1 > from && $0 - 1 <= to }.map { ($0 - 1, .refresh) }
        for (at, step) in steps.sorted(by: { $0.at < $1.at }) {
            advance(to: at)
            switch step {
            case .look: look(at: at)
            case .refresh: for habit in SimulatedSender.Habit.all { _ = send(habit, at) }
            case .send: compare(at: at)
            }
        }
        advance(to: to)
    }

    private mutating func advance(to moment: Double) {
        while let next = events.first, next.at <= moment {
            next.deed(&world, next.at, &dice)
            events.removeFirst()
        }
    }

    private mutating func look(at moment: Double) {
        polls.poll(world, at: moment)
        lastLook = (moment, world.looks(at: moment))
        guard let id = world.id, world.isFetchable(at: moment) else { return }
        for policy in world.policies { seenPairs.insert([id, policy.text]) }
        if !world.isSplit { seenEverywhere.insert([id, world.policy.text]) }
    }

    private mutating func send(
        _ habit: SimulatedSender.Habit, _ moment: Double
    ) -> [(policy: SimulatedSender.Copy?, isRefused: Bool)] {
        populations[habit, default: Population()].send(habit, at: moment, in: world)
    }

    private mutating func digest(_ text: String) -> String {
        if let known = digests[text] { return known }
        let digest = SHA256.hex(Array(text.utf8))
        digests[text] = digest
        return digest
    }

    /// Everybody sends: what they meet against what is shown since the last look.
    private mutating func compare(at moment: Double) {
        var met: [SimulatedSender.Habit: [(policy: SimulatedSender.Copy?, isRefused: Bool)]] = [:]
        for habit in SimulatedSender.Habit.all { met[habit] = send(habit, moment) }
        guard world.looks(at: moment) == lastLook.looks, let shown = polls.assessment(at: lastLook.at) else {
            tally.hoursLeftOut += 1
            return
        }
        tally.hours += 1
        for (habit, results) in met {
            tally.mails += results.count
            for result in results where result.isRefused {
                tally.refusalsMet += 1
                if result.policy?.policy.isLoose == true { tally.looseRefusalsMet += 1 }
                if world.isSplit { tally.splitRefusalsMet += 1 }
                wasShown(habit.kind, result.policy, shown, moment)
            }
        }
        wasMet(shown, met, moment)
    }

    private mutating func disagree(_ moment: Double, _ text: String) {
        let hours = (moment - Self.start) / Self.hour
        tally.disagreements.append("\(world.name) hour \(Int(hours)) (\(Int(moment))): \(text)")
    }

    /// Every refusal that a sender meets is one that is shown for its class.
    private mutating func wasShown(
        _ kind: SimulatedSender.Kind, _ copy: SimulatedSender.Copy?, _ shown: Assessment, _ moment: Double
    ) {
        guard let copy else { return disagree(moment, "\(kind) was refused without a policy") }
        if shown.state != .bouncing, kind == .fresh || kind == .byID {
            // Which address a sender meets is chance: what it gets at one of them is a risk.
            let isChance = world.isSplit || !seenEverywhere.contains([copy.id, copy.policy.text])
            if isKnown(copy), shown.state != .risk || !isChance {
                disagree(moment, "\(kind) is refused by \(copy), the state is \(shown.state.rawValue)")
            }
        }
        let refuses = shown.mtaSTS.delivery == .refused || (world.isSplit && shown.mtaSTS.delivery == .partial)
        if kind == .fresh, !copy.policy.isLoose {
            if !refuses { disagree(moment, "a fresh sender is refused and that is not shown") }
            return
        }
        let isLive = polls.memory.current.map { $0.body == Array(copy.policy.text.utf8) } ?? false
        let body = digest(copy.policy.text)
        let entries = shown.cached.filter { $0.bodySHA256 == body && $0.delivery == .refused }
        let isShown =
            switch kind {
            case .fresh: !entries.isEmpty
            case .byID, .byIDOrExpiry: entries.contains { $0.holders == .id && $0.policyID == copy.id }
            case .byExpiry: entries.contains { $0.holders == .expiry }
            case .frequent: !entries.isEmpty
            }
        if isShown || (isLive && refuses) { return }
        if isKnown(copy) {
            disagree(moment, "\(kind) holds \(copy.id) until \(Int(copy.expiry)), is refused, and that is not shown")
        } else {
            tally.unseenPairs += 1
        }
    }

    /// True where some look saw this id with this body.
    private func isKnown(_ copy: SimulatedSender.Copy) -> Bool { seenPairs.contains([copy.id, copy.policy.text]) }

    /// Every refusal that is shown has a sender who meets it.
    private mutating func wasMet(
        _ shown: Assessment, _ met: [SimulatedSender.Habit: [(policy: SimulatedSender.Copy?, isRefused: Bool)]],
        _ moment: Double
    ) {
        func refused(_ kind: SimulatedSender.Kind, loosely: Bool? = nil) -> [SimulatedSender.Copy] {
            met.filter { $0.key.kind == kind && (loosely ?? $0.key.readsLoosely) == $0.key.readsLoosely }.values
                .joined().filter(\.isRefused).compactMap(\.policy)
        }
        if shown.mtaSTS.delivery == .refused {
            tally.refusalsShown += 1
            if refused(.fresh, loosely: false).isEmpty {
                disagree(moment, "mta-sts is shown as refused and no fresh sender is")
            }
        }
        for entry in shown.cached where entry.delivery == .refused {
            tally.refusalsShown += 1
            if let until = entry.until?.timeIntervalSince1970, until - moment <= Self.interval + 1 {
                tally.endsLeftOut += 1
                continue
            }
            // What is no policy by the letter of the RFC only those hold who read it loosely.
            let kind = entry.holders == .id ? SimulatedSender.Kind.byID : .byExpiry
            let holders = refused(kind, loosely: entry.readers != nil)
            let isMet = holders.contains {
                digest($0.policy.text) == entry.bodySHA256 && (entry.holders == .expiry || $0.id == entry.policyID)
            }
            if !isMet { disagree(moment, "\(entry.holders) \(entry.policyID) is shown as refused and nobody is") }
        }
        let isBouncing = shown.state == .bouncing
        if isBouncing, refused(.fresh).isEmpty, refused(.byID).isEmpty,
            !shown.cached.contains(where: {
                $0.delivery == .refused && $0.until.map { $0.timeIntervalSince1970 - moment <= 301 } == true
            })
        {
            disagree(moment, "the state is bouncing and nobody is refused")
        }
    }
}
