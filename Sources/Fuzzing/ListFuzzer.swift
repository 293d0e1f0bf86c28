import MTASTS
import Settings

/// A watch list.
enum ListFuzzer {
    static func run(_ input: [UInt8]) {
        let list = WatchList.parse(input)
        let lineLimit = input.count { $0 == 0x0a || $0 == 0x0d } + 1
        var seen: Set<DomainName> = []
        for entry in list.entries {
            demand(entry.domain.isHostName && entry.domain.labels.count > 1, "an entry is a host name with a dot")
            demand(entry.domain.prefixed("_mta-sts") != nil, "an entry leaves room for `_mta-sts.`")
            demand(seen.insert(entry.domain).inserted, "each domain once")
            demand((1...lineLimit).contains(entry.line), "an entry's line is one of the text")
            demand(Set(entry.tags).count == entry.tags.count, "each tag once")
            for tag in entry.tags {
                demandPrintable(tag, "a tag")
                demand((1...32).contains(tag.utf8.count), "a tag has 1 to 32 bytes")
            }
            if let shown = IDN.toUnicode(entry.domain) {
                demand((try? IDN.toASCII(shown.utf8).get()) == entry.domain, "what is shown leads back to the name")
                demandNoControls(shown, limit: 300, "a name in its own script")
            }
        }
        demand(list.entries.map(\.line) == list.entries.map(\.line).sorted(), "entries come in the order of the file")
        demand(
            list.problems.map(\.line) == list.problems.map(\.line).sorted(), "problems come in the order of the file")
        for problem in list.problems {
            demand((1...lineLimit).contains(problem.line), "a problem's line is one of the text")
            demand(problem.text.utf8.count <= 64, "a problem's text is bounded")
            demandPrintable(problem.description, "a problem")
        }
        demandStable(list)
    }

    private static func demandStable(_ list: WatchList) {
        let lines = list.entries.map { entry in
            ([entry.domain.text] + entry.tags.map { "@\($0)" }).joined(separator: " ")
        }
        // Tags that many lines gave to one domain may not fit on a single one.
        guard lines.allSatisfy({ $0.utf8.count <= WatchList.longestLine }) else { return }
        let again = WatchList.parse(Array(lines.joined(separator: "\n").utf8))
        demand(again.problems.isEmpty, "a list written anew has no problem")
        demand(
            again.entries.map(\.domain) == list.entries.map(\.domain)
                && again.entries.map(\.tags) == list.entries.map(\.tags), "a list written anew reads the same")
    }
}
