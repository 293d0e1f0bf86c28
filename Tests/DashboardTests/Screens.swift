import Cells
import Dashboard
import Deliverability
import FoundationEssentials
import MTASTS
import Testing

/// The screens that are compared letter by letter, by name.
enum Screens {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let size: Size
        let model: Model

        var testDescription: String { name }
        var lines: [String] { view(model, size: size).lines }
    }

    private static func make(
        _ name: String, _ width: Int, _ height: Int, _ change: (inout Model) -> Void = { _ in },
        from model: (Size) -> Model = { Sample.usualModel(size: $0) }
    ) -> Case {
        let size = Size(width: width, height: height)
        var model = model(size)
        change(&model)
        return Case(name: name, size: size, model: model)
    }

    static let all = [
        make("overview 60x16", 60, 16), make("overview 29x4", 29, 4),
        make(
            "first run 80x24", 80, 24,
            from: { Sample.model([.listed([]), .listProblems(["line 3: 'a..b' is no name"])], size: $0) }),
        make(
            "loading 100x20", 100, 20,
            from: {
                Sample.model(
                    [
                        .listed(Sample.usual.map(Sample.watched)), .assessed(Array(Sample.usual[5...6])),
                        .progress(done: 1_240, total: 10_000, perSecond: 33),
                    ], size: $0)
            }),
        make("hosts 80x24", 80, 24, { $0.type("3", "j") }),
        make("syntax error 80x16", 80, 16, { $0.type("2") }, from: { Sample.broken($0) }),
        make("trace cached 80x24", 80, 24, { $0.type("6", "l") }, from: { Sample.held($0) }),
        make("groups by provider 80x24", 80, 24, { $0.type("t", "p") }),
        make("plan 80x24", 80, 24, { $0.plan("10:mx3.relay.example") }, from: Sample.planned),
        make("plan prompt 80x16", 80, 16) {
            $0.type("w", "j", "j", "enter")
            $0.write("mx3")
            $0.type("enter")
        },
    ]
}

extension Sample {
    static let longName =
        Array(repeating: "a-label-of-sixty-three-bytes-that-is-the-longest-the-DNS-can-take", count: 3)
        .map { String($0.prefix(63)) }.joined(separator: ".") + ".example"

    /// One domain whose every text tries to reach the terminal.
    static func strange(_ domain: String, _ size: Size) -> Model {
        let evil = "\u{1b}[2J\u{202e}kcatta\u{7}\r\nnext"
        let status = status(
            domain, .bouncing, why: "why \(evil)",
            hosts: [host("mx1.hostile.example", starttls: false, dialogue: ["220 \(evil)", "250-\u{9b}31m"])],
            findings: [finding(.starttlsMissing, .critical, "mx1 \(evil)", "saw \(evil)", fix: "Fix \(evil)")])
        return model(
            [
                .listed([WatchedDomain(status.domain, displayName: "\u{202e}evil", tags: ["t\u{1b}"])]),
                .assessed([status]),
                .changed([change(1, domain, .ok, .bouncing, "gone \(evil)", ago: 5)]),
            ], size: size)
    }

    /// A domain of which senders still hold an earlier policy, with hosts whose DANE nobody could ask for.
    static func held(_ size: Size) -> Model {
        let status = status(
            "litware.example", .ok, hosts: [host("mx1.litware.example", dane: .unknown("no validation"))],
            bouncesAt: ahead(days: 69.96),
            cached: [
                CachedVerdict(
                    policyID: "20240930T0", bodySHA256: String(repeating: "ef", count: 32), holders: .id,
                    delivery: .refused, until: ahead(days: 3.5))
            ])
        return model(
            [.listed([WatchedDomain(status.domain)]), .assessed([status]), .rhythm(every: 300, problems: 60)],
            size: size)
    }

    /// A policy that does not follow the grammar.
    static func broken(_ size: Size) -> Model {
        let status = status(
            "adatum.example", .warning, why: "policy invalid: line 2, column 1", mode: .enforce,
            findings: [
                finding(.policyInvalid, .warning, "mta-sts.adatum.example", "line 2", fix: "Write mode: enforce.")
            ],
            body: "version: STSv1\n\tmod: enforce\nmx: mx1.adatum.example\nmax_age: 604800\n",
            errors: [SyntaxError(line: 2, column: 2, found: "mod", expected: "version, mode, mx or max_age")])
        return model([.listed([WatchedDomain(status.domain)]), .assessed([status])], size: size)
    }
}
