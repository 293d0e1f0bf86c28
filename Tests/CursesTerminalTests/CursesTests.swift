import Cells
import Testing

@testable import CursesTerminal

/// Everything that starts ncurses, one test after the other: its state is global.
@Suite(.serialized, .timeLimit(.minutes(5))) struct CursesTests {
    /// A screen on a terminal of that size.
    static func screen(
        on terminal: PseudoTerminal, term: String = "xterm-256color", tier: ColorTier? = nil,
        locale: String = "C.UTF-8"
    ) throws -> CursesScreen {
        try CursesScreen(input: terminal.slave, output: terminal.slave, term: term, tier: tier, locale: locale)
    }
}
