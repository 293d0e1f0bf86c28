import FoundationEssentials
import TestSupport

/// What befalls a domain in a year, in the order of time.
struct WorldEvents {
    typealias Deed = (inout World, Double, inout SeededGenerator) -> Void

    private(set) var all: [(at: Double, deed: Deed)] = []
    private var dice: SeededGenerator

    private static let minute = 60.0
    private static let hour = 3_600.0
    private static let day = 86_400.0

    init(from start: Double, seed: UInt64) {
        dice = SeededGenerator(seed: seed)
        var moment = start + dice.seconds(Self.day...6 * Self.day)
        while moment < start + 362 * Self.day {
            moment = scenario(moment) + dice.seconds(2 * Self.hour...9 * Self.day)
        }
        all.sort { $0.at < $1.at }
    }

    private mutating func at(_ moment: Double, _ deed: @escaping Deed) { all.append((moment, deed)) }

    /// Adds one story; returns when it is over.
    private mutating func scenario(_ now: Double) -> Double {
        switch Int.random(in: 0..<16, using: &dice) {
        case 0: return edit(now, id: .after)
        case 1: return edit(now, id: .never)
        case 2: return edit(now, id: .before)
        case 3: return migrate(now, isCareful: true)
        case 4: return migrate(now, isCareful: false)
        case 5: return moveAhead(now)
        case 6: return withdraw(now)
        case 7: return removeRecord(now)
        case 8: return outage(now)
        case 9: return strip(now)
        case 10: return testing(now)
        case 11: return rollBack(now)
        case 12: return loosen(now)
        case 13: return leaveBehind(now)
        case 14: return misplace(now)
        default: return narrow(now)
        }
    }

    private enum IDChange { case after, never, before }

    private static func renumber(_ world: inout World, _ now: Double, _: inout SeededGenerator) {
        world.publish(world.newID(), at: now)
    }

    /// Another max_age, and sometimes a wildcard.
    private mutating func edit(_ now: Double, id: IDChange) -> Double {
        let pause = dice.seconds(20...40 * Self.minute)
        let ages = [86_400, 259_200, 604_800, 1_209_600, 2_592_000, 5_184_000]
        at(id == .before ? now + pause : now) { world, _, dice in
            world.policy.maxAge = ages.randomElement(using: &dice) ?? 604_800
            if dice.chance(30) { world.policy.mx = ["*.\(world.name)"] }
        }
        if id != .never { at(id == .before ? now : now + pause, Self.renumber) }
        return now + pause
    }

    /// Other MX hosts: first in the policy, and the old ones kept while copies last; or all in a quarter of an hour.
    private mutating func migrate(_ now: Double, isCareful: Bool) -> Double {
        at(now) { world, now, dice in
            let new = world.addHost(at: now, &dice)
            world.policy.mx = world.mx + [new]
        }
        let wait = isCareful ? 20 * Self.day : dice.seconds(30...10 * Self.minute)
        at(now + 120, Self.renumber)
        at(now + wait + 240) { world, _, _ in
            if let new = world.policy.mx.last { world.setMX([new]) }
        }
        at(now + 2 * wait + 600) { world, _, _ in world.policy.mx = world.mx }
        at(now + 2 * wait + 900, Self.renumber)
        return now + 2 * wait + 900
    }

    /// The MX changes days before the policy does.
    private mutating func moveAhead(_ now: Double) -> Double {
        let late = dice.seconds(2 * Self.hour...4 * Self.day)
        at(now) { world, now, dice in
            let new = world.addHost(at: now, &dice)
            world.setMX(dice.chance(50) ? [new] : world.mx.suffix(1) + [new])
        }
        at(now + late) { world, _, _ in world.policy.mx = world.mx }
        if dice.chance(60) { at(now + late + 90, Self.renumber) }
        return now + late + 90
    }

    /// Mode none, with or without a new id; the MX moves; later the policy is back.
    private mutating func withdraw(_ now: Double) -> Double {
        at(now) { world, _, _ in world.policy.mode = "none" }
        if dice.chance(60) { at(now + 100, Self.renumber) }
        at(now + Self.day) { world, now, dice in
            if dice.chance(60) { world.setMX([world.addHost(at: now, &dice)]) }
        }
        let length = dice.seconds(3 * Self.day...25 * Self.day)
        at(now + length) { world, _, _ in
            world.policy.mode = "enforce"
            world.policy.mx = world.mx
        }
        at(now + length + 60, Self.renumber)
        return now + length + 60
    }

    private mutating func removeRecord(_ now: Double) -> Double {
        at(now) { world, now, _ in world.publish(nil, at: now) }
        at(now + dice.seconds(Self.hour...2 * Self.day)) { world, now, dice in
            if dice.chance(50) { world.setMX([world.addHost(at: now, &dice)]) }
        }
        let length = dice.seconds(3 * Self.day...20 * Self.day)
        at(now + length) { world, _, _ in world.policy.mx = world.mx }
        at(now + length + 60, Self.renumber)
        return now + length + 60
    }

    /// The policy host is down, and meanwhile the MX moves and the id changes.
    private mutating func outage(_ now: Double) -> Double {
        let length = dice.seconds(Self.hour...15 * Self.day)
        at(now) { world, _, _ in world.isPolicyHostUp = false }
        at(now + length / 2) { world, now, dice in
            if dice.chance(40) { world.setMX([world.addHost(at: now, &dice)]) }
            if dice.chance(50) { world.publish(world.newID(), at: now) }
        }
        at(now + length) { world, _, _ in
            world.isPolicyHostUp = true
            world.policy.mx = world.mx
        }
        at(now + length + 60, Self.renumber)
        return now + length + 60
    }

    private mutating func strip(_ now: Double) -> Double {
        let all = dice.chance(60)
        at(now) { world, _, _ in
            for host in all ? world.mx : Array(world.mx.prefix(1)) { world.offerTLS(false, at: host) }
        }
        let length = dice.seconds(10 * Self.minute...2 * Self.day)
        at(now + length) { world, _, _ in
            for host in world.hosts.keys { world.offerTLS(true, at: host) }
        }
        return now + length
    }

    private mutating func testing(_ now: Double) -> Double {
        at(now) { world, _, _ in world.policy.mode = "testing" }
        if dice.chance(70) { at(now + 45, Self.renumber) }
        let length = dice.seconds(Self.day...12 * Self.day)
        at(now + length) { world, _, _ in world.policy.mode = "enforce" }
        at(now + length + 45, Self.renumber)
        return now + length + 45
    }

    /// A bad file under a new id, and back to the old file: under the old id, or under a third one.
    private mutating func rollBack(_ now: Double) -> Double {
        let length = dice.seconds(10 * Self.minute...3 * Self.day)
        let reuses = dice.chance(50)
        var before: (policy: World.Policy, id: String?)?
        at(now) { world, now, _ in
            before = (world.policy, world.id)
            world.policy.mx = ["wrong.\(world.name)"]
            world.publish(world.newID(), at: now)
        }
        at(now + length) { world, now, _ in
            guard let old = before else { return }
            world.policy = old.policy
            world.publish(reuses ? old.id ?? world.newID() : world.newID(), at: now)
        }
        return now + length
    }

    /// A line mistyped under the same id, and mended a while later.
    private mutating func narrow(_ now: Double) -> Double {
        at(now) { world, _, _ in world.policy.mx = ["mx.\(world.name)"] }
        let length = dice.seconds(Self.hour...3 * Self.day)
        at(now + length) { world, _, _ in world.policy.mx = world.mx }
        at(now + length + 30, Self.renumber)
        return now + length + 30
    }

    /// The file gets a blank line and a new id; the MX may move before it is corrected, with another id or without.
    private mutating func loosen(_ now: Double) -> Double {
        let length = dice.seconds(Self.hour...12 * Self.day)
        let pause = dice.chance(50) ? 30 : length / 3
        at(now) { world, _, _ in world.policy.isLoose = true }
        if dice.chance(70) { at(now + pause, Self.renumber) }
        at(now + length / 2) { world, now, dice in
            guard dice.chance(50) else { return }
            world.setMX([world.addHost(at: now, &dice)])
            if dice.chance(50) { world.policy.mx = world.mx }
        }
        at(now + length) { world, _, _ in
            world.policy.isLoose = false
            world.policy.mx = world.mx
        }
        if dice.chance(60) { at(now + length + 60, Self.renumber) }
        return now + length + 60
    }

    /// A new file that one of two addresses does not get; the MX moves, and the id changes before or after.
    private mutating func leaveBehind(_ now: Double) -> Double {
        let length = dice.seconds(10 * Self.minute...10 * Self.day)
        at(now) { world, now, dice in
            world.split(world.policy)
            let new = world.addHost(at: now, &dice)
            world.policy.mx = dice.chance(50) ? [new] : world.mx + [new]
        }
        at(now + (dice.chance(50) ? 30 : length / 3), Self.renumber)
        at(now + length / 2) { world, _, dice in
            if dice.chance(60), let new = world.policy.mx.last { world.setMX([new]) }
        }
        at(now + length) { world, _, _ in
            world.split(nil)
            world.policy.mx = world.mx
        }
        if dice.chance(50) { at(now + length + 60, Self.renumber) }
        return now + length + 60
    }

    /// Somebody else's file at one of two addresses, well-formed or not.
    private mutating func misplace(_ now: Double) -> Double {
        let length = dice.seconds(10 * Self.minute...10 * Self.day)
        let isLoose = dice.chance(30)
        at(now) { world, _, dice in
            var other = world.policy
            other.mx = ["mx.other-\(world.name)"]
            other.isLoose = isLoose
            if dice.chance(30) { other.mode = "testing" }
            world.split(other)
        }
        if dice.chance(30) { at(now + length / 2, Self.renumber) }
        at(now + length) { world, _, _ in world.split(nil) }
        if dice.chance(50) { at(now + length + 60, Self.renumber) }
        return now + length + 60
    }
}
