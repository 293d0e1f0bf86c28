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

    @Test("Each cell is drawn in its role", arguments: Screens.all.filter { Goldens.roles[$0.name] != nil })
    func roles(_ item: Screens.Case) {
        let seen = view(item.model, size: item.size).roleDump.trimmedEnd
        #expect(seen == Goldens.roles[item.name], "\(item.name) is now\n\(seen)")
    }

    @Test("No screen holds anything but printable characters", arguments: Screens.all)
    func printable(_ item: Screens.Case) {
        for line in item.lines {
            #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) })
            #expect(!line.unicodeScalars.contains("\u{202e}"))
        }
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
