import Cells
import Dashboard
import Testing

@Suite struct GoldenTests {
    @Test("The screen is as it has to be", arguments: Screens.all)
    func screen(_ item: Screens.Case) throws {
        let wanted = try #require(Goldens.all[item.name], "no golden text for \(item.name)")
        let seen = item.lines.joined(separator: "\n").trimmedEnd
        #expect(seen == wanted, "\(item.name) is now\n\(seen)")
    }

    @Test("Every golden text has its screen")
    func complete() {
        #expect(Set(Goldens.all.keys) == Set(Screens.all.map(\.name)))
    }
}

extension String {
    /// Without line ends at the end.
    var trimmedEnd: String {
        var text = Substring(self)
        while text.last == "\n" { text.removeLast() }
        return String(text)
    }
}
