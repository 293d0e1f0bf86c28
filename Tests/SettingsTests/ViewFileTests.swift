import Dashboard
import FoundationEssentials
import Testing

@testable import Settings

@Suite struct ViewFileTests {
    private static var arranged: ViewState {
        var state = ViewState()
        state.sort = "certificate"
        state.isInverted = true
        state.showsProblemsOnly = true
        state.grouping = "tag"
        state.hiddenColumns = ["24h", "web certificate"]
        state.theme = "solarized"
        state.isMouseOn = true
        state.commands = ["filter state:bouncing", #"add "a\b".example"#, "theme m\u{fc}\u{7f}\u{1}"]
        return state
    }

    @Test func whatIsSavedIsRead() throws {
        let folder = try TemporaryFolder()
        var file = ViewFile(directory: folder.path)
        #expect(try file.load() == ViewState())
        #expect(file.save(Self.arranged) == nil)
        var other = ViewFile(directory: folder.path)
        #expect(try other.load() == Self.arranged)
        #expect(other.save(ViewState()) == nil)
        #expect(try file.load() == ViewState())
    }

    @Test func whatWouldNotBeReadAgainIsNotWritten() throws {
        let folder = try TemporaryFolder()
        var state = Self.arranged
        // Each control character takes six bytes in the file.
        state.commands = (0..<100).map { "\($0)" + String(repeating: "\u{1}", count: 1_000) }
        var file = ViewFile(directory: folder.path)
        _ = try file.load()
        #expect(file.save(state) == nil)
        var other = ViewFile(directory: folder.path)
        let read = try other.load()
        #expect(read.sort == state.sort && read.commands.count > 20)
        #expect(read.commands.last == state.commands.last, "the newest are kept")
        // As any scalar that may have been pasted.
        let odd = [0...0x2ff, 0x2000...0x206f, 0xfff0...0xffff, 0x1_0000...0x1_0010].flatMap { Array($0) }
        state.commands = odd.compactMap(Unicode.Scalar.init).map { "a\($0)b" }.suffix(ViewState.mostCommands)
        #expect(other.save(state) == nil)
        #expect(try file.load() == state)
    }

    @Test func theFileIsItsOwnersAloneAndNothingElseIsLeft() throws {
        let folder = try TemporaryFolder()
        var file = ViewFile(directory: folder.path)
        _ = try file.load()
        #expect(file.save(Self.arranged) == nil)
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["view.toml"])
    }

    @Test func nothingIsWrittenWhereNothingChanged() throws {
        let folder = try TemporaryFolder()
        var file = ViewFile(directory: folder.path)
        _ = try file.load()
        #expect(file.save(ViewState()) == nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        // A text of somebody's own that says the same stays as it is.
        let text = "mouse = true # mine\n"
        try folder.write("view.toml", text)
        var state = try file.load()
        #expect(file.save(state) == nil)
        #expect(try String(contentsOfFile: file.path, encoding: .utf8) == text)
        state.isMouseOn = false
        #expect(file.save(state) == nil)
        #expect(try String(contentsOfFile: file.path, encoding: .utf8) != text)
    }

    @Test(arguments: [
        ("sort = \"colour\"", "1:1: 'sort' must be one of severity"), ("mouse = 1", "1:1: 'mouse' must be true"),
        ("[table]\n", "1:2: no such key 'table'"),
        ("hidden-columns = [\"age\", \"domain\"]", "1:26: no column 'domain'"),
        ("group = \"colour\"", "1:1: 'group' must be one of tag, provider"), ("sort = ", "1:"), ("\u{0}", "1:1: a NUL"),
    ])
    func whatIsDamagedOrForeignIsToldAndLeftAlone(text: String, expected: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("view.toml", text)
        var file = ViewFile(directory: folder.path)
        do {
            _ = try file.load()
            Issue.record("taken")
        } catch {
            #expect(error.description.contains(expected), "\(error)")
        }
        #expect(file.save(Self.arranged) == nil)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }

    @Test func aFolderInItsPlaceIsToldAndSoIsAPlaceThatCannotBeWritten() throws {
        let folder = try TemporaryFolder()
        try folder.write("view.toml/x", "")
        var file = ViewFile(directory: folder.path)
        #expect(throws: SettingsError.self) { try file.load() }
        #expect(file.save(Self.arranged) == nil)

        var nowhere = ViewFile(directory: folder.path + "/none")
        #expect(try nowhere.load() == ViewState())
        #expect(nowhere.save(Self.arranged)?.contains("none/view.toml: the view cannot be kept: No such file") == true)
    }

    @Test func onlySoManyCommandsAreRead() throws {
        let folder = try TemporaryFolder()
        let lines = (0..<150).map { "\"add \($0)\"" }.joined(separator: ", ")
        try folder.write("view.toml", "commands = [\(lines)]")
        var file = ViewFile(directory: folder.path)
        #expect(try file.load().commands == (50..<150).map { "add \($0)" })
    }
}
