import Evidence
import FoundationEssentials
import MTASTS

@testable import Deliverability

/// A plan's steps, done literally and in order, each as early as it allows, while every sender there can be sends.
///
/// Reads the steps' words and lines alone, and judges hosts by FIELD's rules written anew: what is wrong in the plan's
/// own reasoning shows as a sender that is refused and was not before.
struct PlanWalk {
    private static let mxTTL = 300.0
    private static let tlsaTTL = 3_600.0

    private struct Sender {
        let kind: WalkScene.Kind
        var sender: SimulatedSender
        /// How it fared before the first step: 0 taken everywhere, 1 refused by some MX, 2 by all.
        var baseline: Int
    }

    private let scene: WalkScene
    private let plan: Plan
    private var world: World
    private var hosts: [String: WalkScene.Host]
    private var mx: [(from: Double, hosts: [String])]
    private var tlsa: [String: [(from: Double, records: [String])]] = [:]
    private var senders: [Sender] = []
    private var clock = WalkScene.now
    private var rejected: Set<String> = []
    private var warned: Set<String> = []
    private var before: (opportunistic: Int, dane: Int, fresh: Int) = (0, 0, 0)
    /// True once MX hosts were published that take mail of senders which were refused by every MX until then, while no
    /// host went: others may have to pass these hosts over, where they took mail at every MX before.
    private(set) var isRescue = false
    private(set) var faults: [String] = []
    /// Mails that were compared.
    private(set) var mails = 0

    init(_ scene: WalkScene) {
        self.scene = scene
        plan = scene.judged
        world = scene.world
        hosts = scene.hosts
        mx = [(0, scene.mx)]
        for (name, host) in scene.hosts { tlsa[name] = [(0, host.tlsa)] }
        before = (opportunisticRank, daneRank, 0)
        before.fresh = freshRank
        for (kind, population) in scene.populations {
            for sender in population.senders {
                // What it fares by before it looks again.
                guard let copy = sender.copy, copy.expiry > clock else { continue }
                senders.append(Sender(kind: kind, sender: sender, baseline: rank(copy.policy)))
            }
        }
    }

    /// The plan in words, for a fault.
    var words: String {
        plan.steps.enumerated().map { number, step in
            let when = step.notBefore.map { " [+\(Int($0.timeIntervalSince1970 - WalkScene.now)) s]" } ?? ""
            return "  \(number + 1)\(when) \(step.what) | \(step.lines.joined(separator: " / ")) (\(step.why))"
        }.joined(separator: "\n")
    }

    var stepCount: Int { plan.steps.count }

    mutating func run() {
        for (number, step) in plan.steps.enumerated() {
            wait(until: max(clock, step.notBefore?.timeIntervalSince1970 ?? 0), "before step \(number + 1)")
            act(step, number + 1)
            mail(at: clock, "after step \(number + 1)")
        }
        wait(until: clock + 40 * 86_400, "at the end")
        checkEnd()
    }

    private mutating func wait(until end: Double, _ place: String) {
        let spans: [Double] = [1, 60, Self.mxTTL + 1, world.ttl + 1, Self.tlsaTTL + 1, 2 * 86_400, 20 * 86_400]
        for moment in spans.map({ clock + $0 }) where moment < end - 1 { mail(at: moment, place) }
        if end - 0.5 > clock { mail(at: end - 0.5, place) }
        clock = end
    }

    // MARK: The steps

    private mutating func act(_ step: PlanStep, _ number: Int) {
        let words = step.what.dropLast().split(separator: " ").map { $0.trimmingSuffix(",:") }
        let named = words.filter { hosts[$0] != nil }
        func policy() -> World.Policy {
            let fields = step.lines.map { $0.split(separator: " ", maxSplits: 1).map(String.init) }
            func values(_ key: String) -> [String] { fields.filter { $0[0] == key }.map { $0[1] } }
            return World.Policy(
                mode: values("mode:")[0], maxAge: Int(values("max_age:")[0]) ?? 0, mx: values("mx:"))
        }
        if step.what.hasPrefix("Serve a policy") || step.what.hasPrefix("Serve this policy") {
            world.policy = policy()
            world.isPolicyHostUp = true
        } else if step.what.contains("hange the id") {
            world.publish(step.lines[0].split(separator: "id=").last.map { String($0.dropLast()) }, at: clock)
        } else if step.what.hasPrefix("Remove the TXT record") {
            world.publish(nil, at: clock)
            world.isPolicyHostUp = false
        } else if step.what.hasPrefix("Remove the policy host") {
            if world.id != nil { faults.append("step \(number) takes the policy host from under its record") }
            world.isPolicyHostUp = false
        } else if step.what.hasPrefix("Publish the new MX") {
            let new = step.lines.compactMap { $0.split(separator: " ").last.map { String($0.dropLast()) } }
            move(to: current + new.filter { !current.contains($0) })
            isRescue =
                scene.change.removedMX.isEmpty
                && senders.contains { sender in
                    guard sender.baseline == 2, let copy = sender.sender.copy, copy.expiry > clock else { return false }
                    return copy.policy.mode == "enforce" && new.contains { takes($0, by: copy.policy) }
                }
        } else if step.what.hasPrefix("Remove the MX") {
            move(to: current.filter { !named.contains($0) })
        } else if step.what.hasPrefix("Switch off") {
            for host in named { hosts[host]?.isUp = false }
        } else if step.what.hasPrefix("Publish"), step.what.contains("TLSA") {
            let host = step.lines[0].split(separator: " ")[0].dropFirst("_25._tcp.".count).dropLast()
            tlsa[String(host)]?.append(
                (clock, step.lines.compactMap { $0.split(separator: " TLSA ").last.map(String.init) }))
        } else if step.what.hasPrefix("Remove the TLSA records of the old key") {
            let host = named[0]
            let key = WalkScene.fingerprint(hosts[host]?.key ?? 0).prefix(2)
            let left = (tlsa[host]?.last?.records ?? []).filter { $0.split(separator: " ")[3].hasPrefix(key) }
            tlsa[host]?.append((clock, left))
        } else if step.what.hasPrefix("Remove the TLSA") {
            tlsa[named[0]]?.append((clock, []))
        } else if step.what.hasPrefix("Install") {
            install(named[0], number)
        } else if step.what.hasPrefix("Repair") {
            repair(named[0], step.what)
        } else if step.what.hasPrefix("Do not install") {
            rejected.insert(named[0])
        } else if step.what.hasPrefix("Do not publish these") || step.what.hasPrefix("Correct the TLSA") {
            warned.formUnion(named)
        } else if ["Keep a line", "Add a line", "Correct the policy", "Do not publish the record"].contains(
            where: step.what.hasPrefix)
        {
            warned.insert("policy")
        } else {
            faults.append("step \(number) is not understood: \(step.what)")
        }
    }

    private mutating func move(to new: [String]) {
        if new.isEmpty { faults.append("no MX is left") }
        mx.append((clock, new))
    }

    private mutating func install(_ host: String, _ number: Int) {
        guard let certificate = scene.certificates[host], !rejected.contains(host) else {
            return faults.append("step \(number) installs what is not to be installed on \(host)")
        }
        hosts[host]?.key = certificate.key
        hosts[host]?.isTrusted = certificate.isTrusted
    }

    private mutating func repair(_ host: String, _ what: String) {
        if what.contains("connection refused") {
            hosts[host]?.isUp = true
        } else if what.contains("no STARTTLS") {
            hosts[host]?.offersTLS = true
        } else if what.contains("certificate self-signed") {
            hosts[host]?.isTrusted = true
        } else if what.contains("TLSA mismatch"), let key = hosts[host]?.key {
            tlsa[host]?.append((clock, [WalkScene.record("3 1 1", key)]))
        } else {
            faults.append("a repair is not understood: \(what)")
        }
    }

    // MARK: The senders

    private var current: [String] { mx.last?.hosts ?? [] }

    /// What resolvers may give: the value of now and each that stood within the TTL.
    private func visible<Value>(_ history: [(from: Double, Value)], _ ttl: Double, at moment: Double) -> [Value] {
        let first = history.lastIndex { $0.from <= moment - ttl } ?? 0
        return history[first...].map(\.1)
    }

    private func rank(_ sets: [[String]], _ accepts: (String) -> Bool) -> Int {
        sets.map { hosts in
            let taken = hosts.filter(accepts).count
            return taken == hosts.count ? 0 : taken > 0 ? 1 : 2
        }.max() ?? 0
    }

    private var visibleMX: [[String]] { visible(mx.map { ($0.from, $0.hosts) }, Self.mxTTL, at: clock) }

    private var opportunisticRank: Int { rank(visibleMX) { hosts[$0]?.isUp == true } }

    private func rank(_ policy: World.Policy?) -> Int {
        guard let policy, policy.mode == "enforce" else { return opportunisticRank }
        return rank(visibleMX) { takes($0, by: policy) }
    }

    private func takes(_ name: String, by policy: World.Policy) -> Bool {
        guard let host = hosts[name] else { return false }
        return policy.lists(name) && host.isUp && host.offersTLS && host.isTrusted
    }

    private var freshRank: Int { rank(world.id != nil && world.isFetchable(at: clock) ? world.policy : nil) }

    private var daneRank: Int {
        rank(visibleMX) { name in
            guard let host = hosts[name], host.isUp else { return false }
            let sets = visible((tlsa[name] ?? []).map { ($0.from, $0.records) }, Self.tlsaTTL, at: clock)
            return !host.isSigned || sets.allSatisfy { $0.isEmpty || (host.offersTLS && finds(host.key, in: $0)) }
        }
    }

    private func finds(_ key: UInt8, in records: [String]) -> Bool {
        let fields = records.map { $0.split(separator: " ").map(String.init) }
        return fields.contains { one in
            let isPassedOver = fields.contains { $0[0] == one[0] && $0[1] == one[1] && $0[2] > one[2] }
            return !isPassedOver && one[3].hasPrefix(WalkScene.fingerprint(key).prefix(2))
        }
    }

    /// Everybody sends, and new senders do for the first time.
    private mutating func mail(at moment: Double, _ place: String) {
        clock = moment
        if opportunisticRank > before.opportunistic { faults.append("\(place): opportunistic senders are refused") }
        if daneRank > before.dane { faults.append("\(place): DANE senders are refused") }
        let new = WalkScene.Kind.all.map {
            Sender(
                kind: $0, sender: SimulatedSender(.init(kind: $0.keeps, readsLoosely: false)), baseline: before.fresh)
        }
        var all: [String: Sender] = [:]
        for sender in senders + new {
            for slowly in sender.kind.keeps == .fresh ? [false] : [false, true] {
                var next = sender
                // Whoever has let its copy run out fetches what is served, plan or no plan.
                if sender.sender.copy.map({ $0.expiry <= moment }) ?? true {
                    next.baseline = max(next.baseline, before.fresh)
                }
                let met = next.sender.send(at: moment, in: sender.kind.finds(world), slowly: slowly, edge: 0).policy
                mails += 1
                if rank(met?.policy) > (isRescue ? max(1, next.baseline) : next.baseline) {
                    faults.append(
                        "\(place): \(sender.kind.keeps) is refused by \(met?.id ?? "-") \(met?.policy.mx ?? [])")
                }
                guard let copy = next.sender.copy else { continue }
                let twin = "\(sender.kind) \(copy.id) \(copy.policy.text) \(next.baseline)"
                if let other = all[twin]?.sender.copy, other.expiry >= copy.expiry { continue }
                all[twin] = next
            }
            // Those that send elsewhere meanwhile stay as they are.
            if let copy = sender.sender.copy, copy.expiry > moment {
                let twin = "\(sender.kind) \(copy.id) \(copy.policy.text) \(sender.baseline)"
                if all[twin]?.sender.copy.map({ $0.expiry >= copy.expiry }) != true { all[twin] = sender }
            }
        }
        senders = all.keys.sorted().compactMap { all[$0] }
    }

    // MARK: The end

    /// What was planned is done, but for what the plan said is not to be done.
    private mutating func checkEnd() {
        let change = scene.change
        let removed = change.removedMX.map(\.text)
        let wanted = scene.mx.filter { !removed.contains($0) } + change.addedMX.compactMap(\.host?.text)
        if !warned.contains("policy") {
            if Set(current) != Set(wanted) { faults.append("the MX are \(current) in the end") }
            if let body = change.policyBody, !isServed(String(decoding: body, as: UTF8.self)) {
                faults.append("another policy is served in the end")
            }
        }
        for (host, certificate) in scene.certificates where !rejected.contains(host) {
            if hosts[host]?.key != certificate.key { faults.append("\(host) has no new certificate in the end") }
        }
        for (host, records) in scene.tlsa where !rejected.contains(host) && !warned.contains(host) {
            if Set(tlsa[host]?.last?.records ?? []) != Set(records) {
                faults.append("\(host) has other TLSA records in the end")
            }
        }
        if change.removesSTS, world.id != nil { faults.append("MTA-STS is not removed in the end") }
    }

    /// Mode none may be served with mx lines where it was planned without.
    private func isServed(_ planned: String) -> Bool {
        func essence(_ text: String) -> [Substring] {
            text.split(separator: "\n").filter { !planned.contains("mode: none") || !$0.hasPrefix("mx:") }
        }
        return essence(world.policy.text) == essence(planned)
    }
}

extension Substring {
    fileprivate func trimmingSuffix(_ characters: String) -> String {
        String(last.map(characters.contains) == true ? dropLast() : self)
    }
}
