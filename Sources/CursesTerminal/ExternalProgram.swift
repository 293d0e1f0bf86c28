import Glibc
public import Processes

/// A program that has the terminal for a while, such as a pager.
public enum ExternalProgram {
    public typealias Outcome = ChildProcess.Outcome

    /// Runs a program found by PATH and waits for it. Call it inside `CursesScreen.suspendFor`.
    /// - Parameters:
    ///   - arguments: its name and its arguments.
    ///   - input: what it reads on standard input; nil for the terminal.
    ///   - environment: `NAME=value` entries beside those inherited; LINES and COLUMNS are never passed on.
    ///   - isOver: asked again and again; true ends the program, by force where it does not go within a second.
    public static func run(
        _ arguments: [String], input: [UInt8]? = nil, environment: [String] = [], until isOver: () -> Bool = { false }
    ) -> Outcome {
        // Ctrl-\ in the pager must not end us.
        var ignore = sigaction()
        ignore.__sigaction_handler.sa_handler = SIG_IGN
        var kept = sigaction()
        sigaction(SIGQUIT, &ignore, &kept)
        defer { sigaction(SIGQUIT, &kept, nil) }
        do throws(ChildProcess.StartFailure) {
            let child = try ChildProcess.start(arguments, input: input, environment: environment)
            return wait(for: child, until: isOver)
        } catch {
            return .failed(error.number)
        }
    }

    private static func wait(for child: ChildProcess, until isOver: () -> Bool) -> Outcome {
        var killing: ContinuousClock.Instant?
        while true {
            var status: Int32 = 0
            switch waitpid(child.id, &status, WNOHANG | WUNTRACED) {
            case child.id:
                if let outcome = ChildProcess.outcome(ofStatus: status) { return outcome }
                // Ctrl-Z stopped it: stop too, or the shell would wait for us for ever.
                Signals.stopProgram()
                kill(child.id, SIGCONT)
            case 0:
                if let killing {
                    if ContinuousClock.now >= killing { kill(child.id, SIGKILL) }
                } else if isOver() {
                    kill(child.id, SIGTERM)
                    killing = .now + .seconds(1)
                }
                _ = poll(nil, 0, 20)
            default: if errno != EINTR { return .failed(errno) }
            }
        }
    }
}
