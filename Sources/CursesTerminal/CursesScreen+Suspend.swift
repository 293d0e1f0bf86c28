import Glibc

extension CursesScreen {
    /// Gives the terminal to `body`, for a pager or a hook that talks to the user, then takes it again and repaints.
    public func suspendFor<Result>(_ body: () throws -> Result) rethrows -> Result {
        guard isActive else { return try body() }
        leave()
        defer {
            // What was typed for the other program is not for us.
            Signals.discard([.interrupt, .suspend, .resume])
            enter()
        }
        return try body()
    }

    /// True once the terminal is gone, or somebody has asked the program to end by a signal: for what runs inside
    /// `suspendFor`. An interrupt that was typed is for that, and is dropped.
    public var mustEnd: Bool {
        // For the loop, which takes it once the terminal is ours again.
        if Signals.takeInterrupt() { kill(getpid(), SIGTERM) }
        return Signals.isAskedToEnd || isLost
    }

    /// True once the terminal is gone.
    var isLost: Bool {
        var state = pollfd(fd: input, events: 0, revents: 0)
        return poll(&state, 1, 0) > 0 && state.revents != 0
    }

    /// Stops the program as Ctrl-Z does, the terminal given back; returns once it runs again.
    func stop() {
        guard isActive else { return }
        leave()
        Signals.stopProgram()
        Signals.discard([.resume])
        enter()
    }

    /// Takes up again after others stopped and continued the program.
    func resume() {
        guard isActive else { return }
        leave()
        enter()
    }
}
