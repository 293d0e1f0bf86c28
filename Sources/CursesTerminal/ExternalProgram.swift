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
    public static func run(
        _ arguments: [String], input: [UInt8]? = nil, environment: [String] = []
    ) -> Outcome {
        // Ctrl-\ in the pager must not end us.
        var ignore = sigaction()
        ignore.__sigaction_handler.sa_handler = SIG_IGN
        var kept = sigaction()
        sigaction(SIGQUIT, &ignore, &kept)
        defer { sigaction(SIGQUIT, &kept, nil) }
        do throws(ChildProcess.StartFailure) {
            return wait(for: try ChildProcess.start(arguments, input: input, environment: environment))
        } catch {
            return .failed(error.number)
        }
    }

    private static func wait(for child: ChildProcess) -> Outcome {
        var status: Int32 = 0
        while true {
            guard waitpid(child.id, &status, WUNTRACED) == child.id else {
                if errno == EINTR { continue }
                return .failed(errno)
            }
            if let outcome = ChildProcess.outcome(ofStatus: status) { return outcome }
            // Ctrl-Z stopped it: stop too, or the shell would wait for us for ever.
            kill(getpid(), SIGSTOP)
            kill(child.id, SIGCONT)
        }
    }
}
