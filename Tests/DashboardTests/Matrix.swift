import Cells
import Dashboard
import Deliverability
import FoundationEssentials
import MTASTS

/// Every view over every kind of data.
enum Matrix {
    static let sizes = [Size(width: 40, height: 10), Size(width: 80, height: 24), Size(width: 140, height: 40)]

    enum Content: String, CaseIterable, Sendable {
        case normal, empty, long, idn, hostile, many

        func model(_ size: Size) -> Model {
            var model =
                switch self {
                case .normal: Matrix.normal
                case .empty: Sample.model([.listed([])])
                case .long: Matrix.long
                case .idn: Matrix.idn
                case .hostile: Sample.strange("hostile.example", size)
                case .many: Matrix.many
                }
            model.tell(.resized(size), .themes(["dark", "light"]), .rhythm(every: 300, problems: 60))
            return model
        }

        /// What this kind of data puts into a line that is typed.
        var typed: String {
            switch self {
            case .normal: "state:bounce"
            case .empty: "nothing"
            case .long: String(repeating: "long-", count: 40)
            case .idn: "münchen 中国"
            case .hostile: "\u{202e}evil"
            case .many: "customer-99"
            }
        }
    }

    static func model(_ view: View, _ content: Content, _ size: Size) -> Model {
        var model = content.model(size)
        view.open(&model, content)
        return model
    }

    private static let normal = Sample.usualModel()
    private static let many = Sample.many()

    /// Names as long as they go, with labels, tags and texts to match.
    private static let long: Model = {
        let words = Array(repeating: "a reason that does not come to an end", count: 5).joined(separator: ", ")
        let hosts = (0..<12).map { Sample.host("mx\($0).\(Sample.longName)", $0, days: $0 == 0 ? -2 : 50) }
        let status = Sample.status(
            Sample.longName, .bouncing, why: words, hosts: hosts,
            findings: [
                Sample.finding(.certificateExpired, .critical, "mx0.\(Sample.longName)", words, fix: words + ".")
            ], tags: ["a-tag-that-is-rather-long", "another-one"],
            cached: (0..<3).map {
                CachedVerdict(
                    policyID: "2026010\($0)T000000000000000000000Z", bodySHA256: "\($0)", holders: .expiry,
                    delivery: .partial, until: Sample.ahead(days: 30))
            })
        return Sample.model([
            .listed([Sample.watched(status)]), .assessed([status]),
            .changed([Sample.change(1, Sample.longName, .ok, .bouncing, words, ago: 60)]),
        ])
    }()

    /// Names in other scripts: wide, from right to left, and beyond the basic plane.
    private static let idn: Model = {
        let names = [
            ("xn--mnchen-3ya.example", "münchen.example"), ("xn--fiqs8s.example", "中国.example"),
            ("xn--mgbh0fb.example", "مثال.example"), ("xn--ls8h.example", "💩.example"),
        ]
        let statuses = names.map { Sample.status($0.0, .risk, why: "\($0.1): 证书 läuft ab", tags: ["größe"]) }
        return Sample.model([
            .listed(zip(statuses, names).map { WatchedDomain($0.domain, displayName: $1.1, tags: $0.tags) }),
            .assessed(statuses), .changed([Sample.change(1, names[1].0, .ok, .risk, "证书 expires", ago: 60)]),
        ])
    }()
}
