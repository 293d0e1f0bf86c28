import Cells
import MTASTS
import Testing

@testable import Dashboard

@Suite("Approved screens") struct ApprovedTests {
    @Test("Text and roles are as approved, for all data at all sizes", arguments: Matrix.View.allCases)
    func approved(_ view: Matrix.View) throws {
        let file = ApprovedFile(view: view)
        let now = file.now
        #expect(now.count == 18)
        if ApprovedFile.isRecording {
            try file.write(now)
            // What records does not test: no run may approve and pass.
            Issue.record("recorded \(file.path); read what has changed, then test without STSWATCH_APPROVE")
            return
        }
        let difference = ApprovedFile.difference(of: view.rawValue, approved: try file.read(), now: now)
        if let difference { Issue.record("\(difference)") }
    }

    @Test("There is a file for each view, and no other")
    func complete() throws {
        #expect(try ApprovedFile.present() == Set(Matrix.View.allCases.map(ApprovedFile.name)))
    }

    private let size = Size(width: 20, height: 3)

    private func screen(_ text: String, name: String = "normal 20x3", _ role: Role = .text) -> ApprovedScreen {
        var painter = Painter(size: size, theme: ApprovedScreen.probe)
        painter.put(text, role, x: 1, y: 0, in: Rect(size))
        painter.put(text, role, x: 1, y: 1, in: Rect(size))
        return ApprovedScreen(name: name, painter.canvas)
    }

    @Test("A screen tells its roles, what lies over them, and the cursor")
    func roles() {
        var painter = Painter(size: size, theme: ApprovedScreen.probe)
        painter.put("one", .title, x: 0, y: 0, in: Rect(size))
        painter.put("two", .severityRisk, x: 2, y: 1, in: Rect(size))
        painter.overlay(Rect(x: 0, y: 1, width: 20, height: 1), .rowCursor)
        painter.put("three", .text, x: 0, y: 2, in: Rect(size))
        painter.overlay(Rect(x: 0, y: 2, width: 2, height: 1), .inputMatch)
        painter.showCursor(x: 4, y: 2)
        let seen = ApprovedScreen(name: "normal 20x3", painter.canvas)
        #expect(seen.text == ["|one", "|  two", "|three", "cursor 4,2"])
        #expect(
            seen.roles == [
                "1 3 title", "2 row.cursor: 2 - 3 severity.risk", "3 2 text+input.match 3 text",
            ])
        #expect(ApprovedScreen.all(in: seen.lines.joined(separator: "\n")) == [seen])
        let same = screen("same")
        #expect(same.roles == ["1-2 1 - 4 text"])
        #expect(same.told(beside: [("else", screen("else")), ("wall", same)]).lines == ["=== normal 20x3", "as wall"])
        #expect(same.told(beside: [("else", screen("else"))]) == same)
    }

    @Test("A letter, a role, a screen that lacks and one too many are all told")
    func differences() throws {
        let approved = [screen("MX mx1"), screen("MX mx1", name: "empty 20x3")]
        #expect(ApprovedFile.difference(of: "hosts", approved: approved, now: approved) == nil)
        func told(_ now: [ApprovedScreen]) throws -> String {
            try #require(ApprovedFile.difference(of: "hosts", approved: approved, now: now))
        }
        let letter = try told([screen("MX mx2"), approved[1]])
        #expect(letter.hasPrefix("hosts: 1 of 2 screens changed, the first is normal 20x3:\n"))
        #expect(letter.contains("approved | MX mx1\nnow      | MX mx2\n                ^\n"), "\(letter)")
        #expect(letter.contains("STSWATCH_APPROVE=1"))
        #expect(try told([approved[0], screen("MX mx1", name: "empty 20x3", .title)]).contains("6 title"))
        #expect(try told([approved[0]]).contains("approved, and not drawn: empty 20x3"))
        #expect(try told(approved + [screen("x", name: "idn 20x3")]).contains("not approved: idn 20x3"))
        #expect(try told(approved.reversed()).contains("another order"))
        #expect(try told(approved + [approved[1]]).contains("twice"))
    }
}
