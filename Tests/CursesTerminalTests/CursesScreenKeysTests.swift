import Cells
import Glibc
import Testing

@testable import CursesTerminal

extension CursesTests {
    @Suite struct CursesScreenKeysTests {
        @Test("keys as a terminal sends them")
        func keys() throws {
            let terminal = try PseudoTerminal(width: 80, height: 24)
            let screen = try CursesTests.screen(on: terminal)
            defer { screen.close() }
            let cases: [(String, [Key])] = [
                ("jG", [.character("j"), .character("G")]), ("\u{1b}OA\u{1b}[B", [.up, .down]), ("\u{1b}", [.escape]),
                ("\u{1b}[5~\u{1b}[6~", [.pageUp, .pageDown]), ("\r\u{4}\u{c}", [.enter, .ctrl("d"), .ctrl("l")]),
                ("\t\u{1b}[Z", [.tab, .backtab]), ("\u{1b}OP\u{1b}[15~", [.function(1), .function(5)]),
                ("\u{7f}\u{8}", [.backspace, .backspace]), ("\u{1b}x", [.alt("x")]),
                ("é世", [.character("é"), .character("世")]),
                ("\u{1b}[I\u{1b}[99;99X", []), ("\u{13}\u{11}", [.ctrl("s"), .ctrl("q")]),
                ("\u{1b}[1~\u{1b}[4~\u{1b}OH\u{1b}[F", [.home, .end, .home, .end]),
            ]
            for (text, expected) in cases {
                terminal.type(text)
                #expect(screen.inputIsReady())
                #expect(screen.readKeys() == expected, "\(text.debugDescription)")
            }
            screen.setBracketedPaste(true)
            terminal.type("\u{1b}[200~one\ntwo\u{1b}[201~q")
            #expect(screen.inputIsReady())
            #expect(screen.readKeys() == [.paste("one\ntwo"), .character("q")])
            screen.setMouse(true)
            terminal.type("\u{1b}[<0;5;3M\u{1b}[<0;5;3m\u{1b}[<65;1;1M")
            #expect(screen.inputIsReady())
            let clicks = screen.readKeys()
            let mouse = [
                MouseEvent(.press, at: Point(x: 4, y: 2)), MouseEvent(.release, at: Point(x: 4, y: 2)),
                MouseEvent(.wheelDown, at: .zero),
            ]
            #expect(clicks == mouse.map(Key.mouse))
        }

        @Test("a paste whose end comes in two parts is over with it, and one without an end after a pause")
        func pastes() throws {
            let terminal = try PseudoTerminal(width: 80, height: 24)
            let screen = try CursesTests.screen(on: terminal)
            defer { screen.close() }
            let start = ContinuousClock.now
            var passed = Duration.zero
            screen.now = { start + passed }
            func typed(_ text: String) -> [Key] {
                terminal.type(text)
                #expect(screen.inputIsReady())
                return screen.readKeys()
            }
            screen.setBracketedPaste(true)
            #expect(typed("\u{1b}[200~abc\u{1b}") == [.paste("abc")])
            #expect(typed("[201~") == [])
            #expect(typed("q") == [.character("q")])
            #expect(typed("\u{1b}[200~abc") == [.paste("abc")])
            passed += .seconds(1)
            #expect(typed("q") == [.paste("q")])
            passed += .seconds(3)
            #expect(typed("q\r") == [.character("q"), .enter])
        }
    }
}

extension CursesScreen {
    /// Waits until typed text has come through the line discipline.
    func inputIsReady() -> Bool {
        var ready = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
        return poll(&ready, 1, 20_000) > 0
    }
}
