import Cells
import Dashboard
import Testing

@testable import Settings

@Suite struct ThemeLibraryTests {
    private static func text(_ name: String, _ more: String = "") -> String { "name = \"\(name)\"\n\(more)\n" }

    private func reason(_ library: ThemeLibrary, _ name: String) -> String {
        do {
            return "read: \(try library.theme(name).name)"
        } catch {
            return error.description
        }
    }

    @Test func theFirstFolderWins() throws {
        let mine = try TemporaryFolder()
        let theirs = try TemporaryFolder()
        try mine.write("a.toml", Self.text("mine"))
        try theirs.write("a.toml", Self.text("theirs"))
        try theirs.write("b.toml", Self.text("b"))
        let library = ThemeLibrary(folders: ["/nonexistent", mine.path, theirs.path])
        #expect(try library.theme("a").name == "mine")
        #expect(try library.theme("b").name == "b")
        #expect(library.names() == ["a", "auto", "b"])
    }

    @Test func aPathIsReadAsSuch() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("odd name.toml", Self.text("odd"))
        #expect(try ThemeLibrary(folders: []).theme(path).name == "odd")
        #expect(reason(ThemeLibrary(folders: []), "none.toml") == "none.toml: there is no such file")
    }

    @Test func aPipeIsNoTheme() throws {
        let folder = try TemporaryFolder()
        try folder.withPipe("x.toml") { pipe in
            #expect(reason(ThemeLibrary(folders: []), pipe) == "\(pipe): this is no regular file; name a file")
        }
    }

    @Test func autoNeedsNoFile() throws {
        #expect(try ThemeLibrary(folders: []).theme("auto") == .auto)
        let folder = try TemporaryFolder()
        let path = try folder.write("x.toml", Self.text("x", "inherits = \"auto\""))
        #expect(try ThemeLibrary(folders: []).theme(path).name == "x")
    }

    @Test func anUnknownNameTellsWhatThereIs() throws {
        let folder = try TemporaryFolder()
        try folder.write("night.toml", Self.text("night"))
        try folder.write("no theme.toml", "")
        try folder.write("readme.txt", "")
        let library = ThemeLibrary(folders: [folder.path])
        #expect(reason(library, "nigt") == "theme 'nigt': no such theme; there are auto, night")
        #expect(reason(library, "a\u{1b}") == #"theme 'a\x1b': neither a name nor a path"#)
        #expect(reason(library, "..") == "theme '..': neither a name nor a path")
    }

    @Test func aChildChangesItsParentsPaletteAndRoles() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "parent.toml",
            Self.text(
                "parent",
                """
                [palette]
                ink = "#111111"
                [roles]
                text = { fg = "ink" }
                title = { fg = "ink", attrs = ["bold"] }
                """))
        try folder.write(
            "child.toml",
            Self.text(
                "child",
                """
                inherits = "parent"
                [palette]
                ink = "#222222"
                [roles]
                title = { fg = "#333333" }
                """))
        let theme = try ThemeLibrary(folders: [folder.path]).theme("child")
        #expect(theme.style(.text) == Style(foreground: Color(RGB(0x222222))))
        #expect(theme.style(.title) == Style(foreground: Color(RGB(0x333333))))
        #expect(theme.style(.severityBouncing) == Theme.auto.style(.severityBouncing))
    }

    @Test func aThemeMayBuildUponItsNamesakeInALaterFolder() throws {
        let mine = try TemporaryFolder()
        let theirs = try TemporaryFolder()
        try mine.write("dark.toml", Self.text("dark", "inherits = \"dark\"\n[roles]\nhead = { attrs = [\"bold\"] }"))
        try theirs.write("dark.toml", Self.text("dark", "[roles]\ntext = { attrs = [\"italic\"] }"))
        let theme = try ThemeLibrary(folders: [mine.path, theirs.path]).theme("dark")
        #expect(theme.style(.text) == Style(attributes: .italic))
        #expect(theme.style(.head) == Style(attributes: .bold))
    }

    @Test func circlesAndMissingParentsAreToldWithTheirPlace() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.toml", Self.text("a", "inherits = \"b\""))
        try folder.write("b.toml", Self.text("b", "inherits = \"a\""))
        try folder.write("c.toml", Self.text("c", "inherits = \"none\""))
        let library = ThemeLibrary(folders: [folder.path])
        #expect(reason(library, "a").hasSuffix("/b.toml:2:1: 'a' inherits from this theme in turn"))
        #expect(reason(library, "c").hasSuffix("/c.toml:2:1: no such theme 'none'"))
        try folder.write("e.toml", Self.text("e", "inherits = \"e\""))
        #expect(reason(library, "e").hasSuffix("/e.toml:2:1: a theme cannot inherit from itself"))
        for number in 0...12 {
            try folder.write("d\(number).toml", Self.text("d", "inherits = \"d\(number + 1)\""))
        }
        #expect(reason(library, "d0").contains("more than 8 themes"))
    }

    @Test func aBadParentIsToldInTheParentsFile() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.toml", Self.text("a", "[roles]\ntext = { fg = \"nope\" }"))
        try folder.write("b.toml", Self.text("b", "inherits = \"a\""))
        #expect(reason(ThemeLibrary(folders: [folder.path]), "b").contains("/a.toml:3:10: no colour 'nope'"))
    }

    @Test func theFoldersOfTheMachine() {
        let library = ThemeLibrary(
            environment: ["XDG_CONFIG_HOME": "/c"], executable: "/src/.build/arch/debug/stswatch")
        #expect(
            library.folders == [
                "/c/stswatch/themes", "/src/.build/arch/share/stswatch/themes", "/src/.build/arch/debug/themes",
                "/src/.build/arch/themes", "/src/.build/themes", "/src/themes", "/usr/local/share/stswatch/themes",
                "/usr/share/stswatch/themes",
            ])
        #expect(
            ThemeLibrary(environment: ["HOME": "/h"], executable: "/usr/bin/stswatch").folders == [
                "/h/.config/stswatch/themes", "/usr/share/stswatch/themes", "/usr/bin/themes", "/usr/themes",
                "/usr/local/share/stswatch/themes", "/usr/share/stswatch/themes",
            ])
        #expect(
            ThemeLibrary(environment: [:], executable: nil).folders == [
                "/usr/local/share/stswatch/themes", "/usr/share/stswatch/themes",
            ])
    }

    @Test func theProgramKnowsWhereItIs() throws {
        #expect(try #require(ThemeLibrary.executable).hasPrefix("/"))
    }
}
