import Glibc

/// Why the terminal cannot be used; its description is one sentence that names the remedy.
public enum TerminalError: Error, Hashable, Sendable {
    /// Input or output is not a terminal.
    case noTerminal
    /// The variable TERM is unset or empty.
    case termUnset
    /// No description of this terminal is installed.
    case unknownTerminal(String)
    /// The terminal cannot place the cursor (`dumb` for one).
    case incapable(String)
    /// A call of the system failed: its name and `errno`.
    case system(String, Int32)
}

extension TerminalError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noTerminal:
            "standard input and output are not a terminal: run stswatch in one, or use `stswatch check`"
        case .termUnset:
            "TERM is not set: set it to your terminal's name (for example TERM=xterm-256color), or use `stswatch check`"
        case .unknownTerminal(let name):
            "terminal type '\(name)' is unknown here: set TERM to an installed one (for example TERM=xterm-256color), "
                + "install ncurses-term, or use `stswatch check`"
        case .incapable(let name):
            "terminal type '\(name)' cannot place the cursor: use a full-screen terminal, or `stswatch check`"
        case .system(let call, let code):
            "\(call) failed: \(String(cString: strerror(code)))"
        }
    }
}
