import Cells
import Glibc
import Testing

@testable import CursesTerminal

extension CursesTests {
    @Suite struct CursesScreenTests {
        @Test("nothing changed: not one byte; one cell: few")
        func bytes() throws {
            let terminal = try PseudoTerminal(width: 80, height: 24)
            let screen = try CursesTests.screen(on: terminal)
            defer { screen.close() }
            #expect(screen.size == Size(width: 80, height: 24))
            var canvas = Canvas(screen.size)
            canvas.put("acme-payments.example", x: 4, y: 3, style: Style(foreground: .ansi(1), attributes: .bold))
            #expect(terminal.written { screen.present(canvas) }.contains("acme-payments.example"))
            #expect(terminal.written { screen.present(canvas) } == "")
            canvas.put("X", x: 1, y: 3, style: Style(foreground: .ansi(1)))
            let one = terminal.written { screen.present(canvas) }
            #expect(one.contains("X"))
            #expect(one.utf8.count < 40)
            canvas.put("! RISK   fabrikam.example", x: 2, y: 9, style: Style(foreground: .ansi(3)))
            canvas.put("14:32:08Z", x: 70, y: 0)
            #expect(terminal.written { screen.present(canvas) }.utf8.count < 200)
        }

        @Test("one cell is enough to show something", arguments: ["xterm-256color", "screen-256color", "vt100"])
        func oneCell(term: String) throws {
            let terminal = try PseudoTerminal(width: 1, height: 1)
            let screen = try CursesTests.screen(on: terminal, term: term)
            defer { screen.close() }
            var canvas = Canvas(screen.size)
            canvas.put("X", x: 0, y: 0, style: Style(attributes: .bold))
            // What ncurses wrote may be undone by what it wrote next: the letter has to stand at the end.
            #expect(terminal.written { screen.present(canvas) }.hasSuffix("\rX"))
            #expect(terminal.written { screen.present(canvas) } == "")
        }

        @Test("a page of 40 rows of 140 columns costs less than 3 kB")
        func page() throws {
            let terminal = try PseudoTerminal(width: 140, height: 40)
            let screen = try CursesTests.screen(on: terminal)
            defer { screen.close() }
            func page(_ first: Int) -> Canvas {
                var canvas = Canvas(screen.size)
                for row in 0..<34 {
                    let style = Style(foreground: .ansi(UInt8(row / 12 + 1)), attributes: row < 12 ? .bold : [])
                    canvas.put(". OK", x: 2, y: row + 3, style: style)
                    canvas.put("customer-\(first + row).example", x: 12, y: row + 3)
                    canvas.put("enforce  \(10 + row)d 7d 2/2 1.3", x: 44, y: row + 3)
                    canvas.put("\((first + row) % 60)s", x: 90, y: row + 3, style: Style(attributes: .dim))
                }
                return canvas
            }
            screen.present(page(100))
            #expect(terminal.written { screen.present(page(134)) }.utf8.count > 0)
            let bytes = terminal.written { screen.present(page(9168)) }.utf8.count
            #expect(bytes > 0 && bytes < 3000)
        }

        @Test("on the way out the terminal is as it was", arguments: ["xterm-256color", "xterm", "vt100", "linux"])
        func restoration(term: String) throws {
            let terminal = try PseudoTerminal(width: 80, height: 24)
            let before = terminal.settings
            let screen = try CursesTests.screen(on: terminal, term: term)
            #expect(terminal.settings != before)
            screen.setTitle("stswatch X3")
            screen.setBracketedPaste(true)
            screen.setMouse(true)
            let entered = terminal.written { screen.present(Canvas(screen.size)) }
            let left = terminal.written { screen.close() }
            #expect(terminal.settings == before)
            let isXterm = term.hasPrefix("xterm")
            #expect(entered.contains("\u{1b}]2;stswatch X3\u{7}") == isXterm)
            #expect(entered.contains("\u{1b}[22;0t") == isXterm)
            #expect(left.contains("\u{1b}[23;0t") == isXterm)
            #expect(left.contains("\u{1b}[?2004l") == isXterm)
            #expect(left.contains("\u{1b}[?1049l") == isXterm)
            #expect(terminal.written { screen.close() } == "", "a second close does nothing")
            #expect(
                terminal.written { screen.present(Canvas(width: 9, height: 9, style: Style(attributes: .bold))) } == "")
        }

        @Test("others may have the terminal for a while")
        func suspension() throws {
            let terminal = try PseudoTerminal(width: 80, height: 24)
            let before = terminal.settings
            let screen = try CursesTests.screen(on: terminal)
            defer { screen.close() }
            screen.setTitle("watching")
            var canvas = Canvas(screen.size)
            canvas.put("still here", x: 3, y: 3)
            screen.present(canvas)
            let ours = terminal.settings
            let written = terminal.written {
                screen.suspendFor {
                    #expect(terminal.settings == before)
                    TerminalOutput.write("<pager>", to: terminal.slave)
                }
            }
            #expect(terminal.settings == ours)
            let parts = written.split(separator: "<pager>", maxSplits: 1)
            #expect(parts.count == 2)
            #expect(parts.first?.contains("\u{1b}[?1049l") == true)
            #expect(parts.last?.contains("\u{1b}[?1049h") == true)
            #expect(parts.last?.contains("still here") == true)
            #expect(parts.last?.contains("]2;watching") == true)
            #expect(terminal.written { screen.present(canvas) } == "")
        }

        @Test("another size clears and draws all; a terminal without a size counts as 80x24")
        func resizing() throws {
            let terminal = try PseudoTerminal(width: 0, height: 0)
            let screen = try CursesTests.screen(on: terminal, term: "linux")
            defer { screen.close() }
            #expect(screen.size == Size(width: 80, height: 24))
            for (width, height) in [(40, 10), (1, 1), (140, 40), (2, 1), (1, 2)] {
                terminal.resize(width: width, height: height)
                #expect(screen.updateSize())
                #expect(!screen.updateSize())
                #expect(screen.size == Size(width: width, height: height))
                var canvas = Canvas(screen.size)
                canvas.put("Z", x: 0, y: height - 1)
                let written = terminal.written { screen.present(canvas) }
                #expect(written.contains("Z"))
                #expect(terminal.written { screen.present(canvas) } == "")
                // A window that went and came back to its size has lost what stood in it.
                screen.forget()
                #expect(terminal.written { screen.present(canvas) }.contains("Z"))
            }
        }

        @Test("a terminal that claims to be larger than any is drawn on all the same")
        func enormous() throws {
            for (width, height) in [(65_535, 1), (1, 65_535), (40_000, 40_000)] {
                let terminal = try PseudoTerminal(width: width, height: height)
                let screen = try CursesTests.screen(on: terminal)
                #expect(screen.size == Size(width: width, height: height))
                var canvas = Canvas(screen.size)
                canvas.put("Z", x: 0, y: 0)
                #expect(terminal.written { screen.present(canvas) }.contains("Z"))
                terminal.resize(width: 80, height: 24)
                #expect(screen.updateSize() && screen.size == Size(width: 80, height: 24))
                screen.close()
            }
        }

        @Test("wide and accented characters arrive as they are; elsewhere than in UTF-8 as question marks")
        func locales() throws {
            let terminal = try PseudoTerminal(width: 40, height: 5)
            for (locale, expected) in [("C.UTF-8", "münchen 世界 e\u{301}."), ("C", "m?nchen ???? e.")] {
                let screen = try CursesTests.screen(on: terminal, locale: locale)
                #expect(screen.isUTF8 == (locale == "C.UTF-8"))
                var canvas = Canvas(screen.size)
                canvas.put("münchen 世界 e\u{301}.", x: 1, y: 1)
                let shown = terminal.written { screen.present(canvas) }
                #expect(shown.unicodeScalars.map(\.value).contains(expected.unicodeScalars.map(\.value)))
                screen.close()
            }
        }

        @Test("a large frame is bracketed where that is wanted, a small one never")
        func synchronized() throws {
            let terminal = try PseudoTerminal(width: 80, height: 24)
            let screen = try CursesTests.screen(on: terminal)
            defer { screen.close() }
            var canvas = Canvas(screen.size)
            #expect(terminal.written { screen.present(canvas) }.contains("\u{1b}[?2026h"))
            canvas.put("x", x: 0, y: 0)
            #expect(!terminal.written { screen.present(canvas) }.contains("?2026"))
            screen.usesSynchronizedOutput = false
            #expect(!terminal.written { screen.redraw() }.contains("?2026"))
        }

        @Test("a cursor is placed where the canvas has one, and hidden again")
        func cursor() throws {
            let terminal = try PseudoTerminal(width: 80, height: 24)
            let screen = try CursesTests.screen(on: terminal)
            defer { screen.close() }
            var canvas = Canvas(screen.size)
            screen.present(canvas)
            canvas.cursor = Point(x: 6, y: 9)
            let placed = terminal.written { screen.present(canvas) }
            #expect(placed.contains("\u{1b}[10;7H"))
            #expect(placed.contains("\u{1b}[?25h") || placed.contains("\u{1b}[?12l\u{1b}[?25h"))
            canvas.cursor = nil
            #expect(terminal.written { screen.present(canvas) }.contains("\u{1b}[?25l"))
        }

        @Test("title, bell and clipboard: escaped, once, and not on terminals that would print them")
        func strings() throws {
            let terminal = try PseudoTerminal(width: 80, height: 24)
            let screen = try CursesTests.screen(on: terminal)
            #expect(terminal.written { screen.setTitle("a\u{1b}]b\u{7}") }.hasSuffix("\u{1b}]2;a\\x1b]b\\x07\u{7}"))
            #expect(terminal.written { screen.setTitle("a\u{1b}]b\u{7}") } == "")
            #expect(terminal.written { screen.bell() } == "\u{7}")
            let copied = terminal.written { #expect(screen.copy("hello")) }
            #expect(copied == "\u{1b}]52;c;aGVsbG8=\u{7}")
            #expect(!screen.copy(String(repeating: "x", count: CursesScreen.clipboardLimit + 1)))
            screen.close()
            let console = try CursesTests.screen(on: terminal, term: "linux")
            defer { console.close() }
            console.present(Canvas(console.size))
            _ = terminal.written {}
            #expect(terminal.written { console.setTitle("x") } == "")
            #expect(!console.copy("x"))
        }

        @Test("what cannot be used is refused with the remedy, and the process lives on")
        func refusals() throws {
            let terminal = try PseudoTerminal(width: 80, height: 24)
            let before = terminal.settings
            let cases: [(String?, TerminalError)] = [
                (nil, .termUnset), ("", .termUnset), ("no-such-terminal", .unknownTerminal("no-such-terminal")),
                ("dumb", .incapable("dumb")), ("unknown", .unknownTerminal("unknown")),
                ("../../etc/passwd", .unknownTerminal("../../etc/passwd")),
            ]
            for (term, expected) in cases {
                #expect(throws: expected) {
                    try CursesScreen(input: terminal.slave, output: terminal.slave, term: term)
                }
                #expect(expected.description.contains("stswatch check"))
            }
            let null = open("/dev/null", O_RDWR)
            defer { close(null) }
            #expect(throws: TerminalError.noTerminal) { try CursesScreen(input: null, output: null, term: "xterm") }
            #expect(throws: TerminalError.noTerminal) {
                try CursesScreen(input: terminal.slave, output: null, term: "xterm")
            }
            #expect(terminal.settings == before)
        }
    }
}

extension Array where Element == UInt32 {
    /// True where the other scalars stand in these, one after the other.
    fileprivate func contains(_ other: [UInt32]) -> Bool {
        indices.contains { self[$0...].starts(with: other) }
    }
}
