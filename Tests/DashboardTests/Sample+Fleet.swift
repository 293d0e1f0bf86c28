import Cells
import Dashboard
import Deliverability
import FoundationEssentials
import MTASTS

extension Sample {
    /// The domains of the usual screen, worst first.
    static let usual: [DomainStatus] = {
        let acme = "acme-payments.example"
        let renew = "Renew the certificate on mx1 and mx2 and reload the MTA."
        return [
            status(
                acme, .bouncing, why: "mx1, mx2: certificate expired 2h ago",
                hosts: [
                    host("mx1.\(acme)", days: -0.08), host("mx2.\(acme)", 20, days: -0.08, address: "192.0.2.20"),
                ],
                findings: [
                    finding(
                        .certificateExpired, .critical, "mx1.\(acme)", "notAfter 2026-11-24T12:40:00Z", fix: renew),
                    finding(.certificateExpired, .critical, "mx2.\(acme)", "same certificate", fix: renew),
                    finding(.tlsrptMissing, .info, acme, "no record at _smtp._tls", fix: "Publish one."),
                ], tags: ["customers"]),
            status(
                "northwind.example", .bouncing, why: "mx1: STARTTLS is no longer offered",
                hosts: [host("mx1.northwind.example", starttls: false)],
                findings: [
                    finding(
                        .starttlsMissing, .critical, "mx1.northwind.example", "EHLO without STARTTLS",
                        fix: "Turn STARTTLS on again.")
                ]),
            status(
                "fabrikam.example", .risk, why: "mx1: certificate expires Sat 28 Nov 18:32Z",
                hosts: [host("mx1.fabrikam.example", days: 4.2)],
                findings: [
                    finding(
                        .certificateExpiring, .high, "mx1.fabrikam.example", "4 days left", fix: "Renew it.",
                        deadline: ahead(days: 4.2))
                ], bouncesAt: ahead(days: 4.2)),
            status(
                "xn--mnchen-3ya.example", .risk, why: "mx1: certificate expires Sun 29 Nov 18:32Z",
                hosts: [host("mx1.xn--mnchen-3ya.example", days: 5.2)], bouncesAt: ahead(days: 5.2)),
            status("grand-hotel.example", .warning, why: "policy 404; protection ends in 3d", tags: ["hotels"]),
            status("proseware.example", .unknown, why: "DNS timeout, three times", mode: nil, hosts: []),
            status("coho-winery.example", .unprotected, why: "no _mta-sts record", mode: nil),
            status("wingtip.example", .ok, why: "", tags: ["customers"]),
        ]
    }()

    static let changes: [Change] = [
        change(1, "woodgrove.example", .bouncing, .ok, "chain complete again", ago: 3_127),
        change(2, "fabrikam.example", .warning, .risk, "certificate under 7 days", ago: 2_006, acknowledged: true),
        change(3, "acme-payments.example", .risk, .bouncing, "certificate expired", ago: 1_204),
        change(4, "northwind.example", .ok, .bouncing, "STARTTLS gone from mx1", ago: 17),
    ]

    static func watched(_ status: DomainStatus) -> WatchedDomain {
        let display = status.domain.text == "xn--mnchen-3ya.example" ? "münchen.example" : nil
        return WatchedDomain(status.domain, displayName: display, tags: status.tags)
    }

    /// A model that has taken these messages, at this size.
    static func model(_ messages: [Message] = [], size: Size = Size(width: 80, height: 24)) -> Model {
        // What a list of public suffixes would say of the names that the tests use.
        var model = Model(now: now) { $0.labels.suffix($0.text.hasSuffix(".co.uk") ? 3 : 2).joined(separator: ".") }
        for message in [.resized(size), .tick(now)] + messages { _ = update(&model, message) }
        return model
    }

    /// The usual screen.
    static func usualModel(size: Size = Size(width: 80, height: 24)) -> Model {
        model(
            [
                .listed(usual.map(watched)), .assessed(usual), .changed(changes),
                .progress(done: 8, total: 8, perSecond: 33),
            ], size: size)
    }

    /// Ten thousand domains, every hundredth bouncing, with verdicts where asked for.
    static func many(_ count: Int = 10_000, assessed: Bool = true) -> Model {
        let names = (0..<count).map { "customer-\($0).example" }
        var messages: [Message] = [.listed(names.map { WatchedDomain(name($0)) })]
        if assessed {
            let hosts = (0..<60).map { host("mx.provider.example", days: Double(20 + $0)) }
            messages.append(
                .assessed(
                    names.enumerated().map { number, text in
                        status(
                            text, number % 100 == 0 ? .bouncing : .ok, why: number % 100 == 0 ? "STARTTLS gone" : "",
                            hosts: [hosts[number % 60]])
                    }))
        }
        return model(messages)
    }
}

extension Model {
    /// Types keys, each by the name that `Key.parse` reads.
    @discardableResult
    mutating func type(_ keys: String...) -> [Effect] {
        keys.flatMap { text -> [Effect] in
            guard let key = Key.parse(text) else { fatalError("no key: \(text)") }
            return update(&self, .key(key))
        }
    }

    /// Types a text letter by letter.
    @discardableResult
    mutating func write(_ text: String) -> [Effect] { text.flatMap { update(&self, .key(.character($0))) } }

    @discardableResult
    mutating func tell(_ messages: Message...) -> [Effect] { messages.flatMap { update(&self, $0) } }

    func screen(_ width: Int = 80, _ height: Int = 24) -> [String] {
        view(self, size: Size(width: width, height: height)).lines
    }

    /// The line of the screen that has the cursor.
    var cursorLine: String { screen().first { $0.hasPrefix(">") } ?? "" }
}
