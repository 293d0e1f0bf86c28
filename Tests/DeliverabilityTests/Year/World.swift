import FoundationEssentials
import TestSupport

/// One domain as it truly is: what a resolver, a web client and a mail client would meet at a moment.
///
/// Names and policies are plain texts here, so that nothing of what is tested takes part.
struct World {
    struct Policy: Hashable {
        var mode = "enforce"
        var maxAge = 604_800
        var mx: [String]
        /// Written with a blank line: no policy by the letter of the RFC, and one to those who read it loosely.
        var isLoose = false

        var text: String {
            "version: STSv1\nmode: \(mode)\n\(isLoose ? "\n" : "")" + mx.map { "mx: \($0)\n" }.joined()
                + "max_age: \(maxAge)\n"
        }

        func lists(_ host: String) -> Bool {
            mx.contains { line in
                guard line.hasPrefix("*.") else { return line == host }
                guard let dot = host.firstIndex(of: ".") else { return false }
                return host[dot...] == line.dropFirst()
            }
        }
    }

    /// A certificate and from when on the server shows it.
    struct Certificate: Hashable {
        let shownFrom: Double
        let start: Double
        let end: Double
    }

    struct Host: Hashable {
        let address: String
        var offersTLS = true
        /// In order; one for each renewal of the year, made or missed.
        let certificates: [Certificate]

        func certificate(at moment: Double) -> Certificate? { certificates.last { $0.shownFrom <= moment } }

        func passes(at moment: Double) -> Bool {
            guard offersTLS, let shown = certificate(at: moment) else { return false }
            return shown.start <= moment && moment < shown.end
        }
    }

    let name: String
    /// Seconds for which a resolver may keep the policy record.
    let ttl: Double
    /// The id that is published; nil while the record is gone.
    private(set) var id: String?
    private(set) var ids: [(from: Double, id: String?)] = []
    var policy: Policy
    /// What the second address of the policy host serves instead; nil while it serves the same.
    private(set) var otherPolicy: Policy?
    /// True where the policy host has two addresses, and both are looked at.
    let hasTwoEdges: Bool
    var isPolicyHostUp = true
    let policyCertificates: [Certificate]
    private(set) var mx: [String] = []
    private(set) var hosts: [String: Host] = [:]
    private var serial = 0

    init(_ number: Int, from start: Double, _ dice: inout SeededGenerator) {
        name = "d\(number).example"
        ttl = dice.chance(70) ? 300 : 3_600
        policy = Policy(mx: [])
        hasTwoEdges = number.isMultiple(of: 2)
        policyCertificates = Self.renewals(from: start, missing: 5, &dice)
        for _ in 0..<Int.random(in: 1...3, using: &dice) { mx.append(addHost(at: start, &dice)) }
        policy.mx = mx
        publish(newID(), at: start)
    }

    /// A domain whose policy host shows a good certificate all the time; its MX hosts are told elsewhere.
    init(_ name: String, ttl: Double, policy: Policy, id: String?, from start: Double) {
        self.name = name
        self.ttl = ttl
        self.policy = policy
        hasTwoEdges = false
        policyCertificates = [Certificate(shownFrom: start, start: start, end: .infinity)]
        publish(id, at: start)
    }

    /// Certificates of 90 days, renewed with 30 left; one in so many percent is missed and made good days too late.
    private static func renewals(from start: Double, missing: Int, _ dice: inout SeededGenerator) -> [Certificate] {
        let day = 86_400.0
        var shown = start - dice.seconds(0...60 * day)
        var all: [Certificate] = []
        while shown < start + 370 * day {
            all.append(Certificate(shownFrom: shown, start: shown - 3_600, end: shown + 90 * day))
            shown += dice.chance(missing) ? 90 * day + dice.seconds(1_800...4 * day) : 60 * day
        }
        return all
    }

    /// A new host that is no MX yet.
    mutating func addHost(at moment: Double, _ dice: inout SeededGenerator) -> String {
        serial += 1
        let host = "mx\(serial).\(name)"
        hosts[host] = Host(
            address: "192.0.2.\(1 + serial % 250)", certificates: Self.renewals(from: moment, missing: 12, &dice))
        return host
    }

    mutating func newID() -> String {
        serial += 1
        return "id\(serial)"
    }

    mutating func publish(_ new: String?, at moment: Double) {
        id = new
        ids.append((moment, new))
    }

    /// What each address of the policy host serves, the first one first.
    var policies: [Policy] { [policy] + (hasTwoEdges ? [otherPolicy ?? policy] : []) }

    var isSplit: Bool { Set(policies).count > 1 }

    /// The second address goes its own way; nil puts an end to that.
    mutating func split(_ other: Policy?) { otherPolicy = hasTwoEdges ? other : nil }

    mutating func setMX(_ new: [String]) { mx = new }

    mutating func offerTLS(_ offers: Bool, at host: String) { hosts[host]?.offersTLS = offers }

    /// What a slow resolver gives to a sender with this id: the record that it holds a copy for, as long as some
    /// resolver may still have it; else the oldest that the TTL allows.
    func slowID(at moment: Double, holding held: String?) -> String? {
        let first = ids.lastIndex { $0.from <= moment - ttl } ?? 0
        let possible = ids[first...]
        return possible.first { $0.id != nil && $0.id == held }?.id ?? possible.first?.id
    }

    func isFetchable(at moment: Double) -> Bool {
        guard isPolicyHostUp, let shown = policyCertificates.last(where: { $0.shownFrom <= moment }) else {
            return false
        }
        return shown.start <= moment && moment < shown.end
    }

    /// True where some MX host is listed by the policy and passes every check.
    func takes(_ policy: Policy, at moment: Double) -> Bool {
        mx.contains { policy.lists($0) && hosts[$0]?.passes(at: moment) == true }
    }

    /// Everything that a look at this moment can see, for telling whether anything changed between two moments.
    func looks(at moment: Double) -> String {
        let hosts = mx.map { host in "\(host) \(self.hosts[host]?.passes(at: moment) == true)" }
        return "\(id ?? "-") \(isFetchable(at: moment)) \(policies.map(\.text)) \(hosts)"
    }

    /// The moments in a span at which a date passes or a certificate is replaced.
    func dates(from start: Double, to end: Double) -> [Double] {
        let all = policyCertificates + mx.flatMap { hosts[$0]?.certificates ?? [] }
        return all.flatMap { [$0.shownFrom, $0.end] }.filter { $0 > start && $0 <= end }
    }
}
