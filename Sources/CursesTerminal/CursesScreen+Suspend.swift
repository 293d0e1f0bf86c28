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

    /// Stops the program as Ctrl-Z does, the terminal given back; returns once it runs again.
    func stop() {
        guard isActive else { return }
        leave()
        var ours = sigaction()
        var plain = sigaction()
        plain.__sigaction_handler.sa_handler = SIG_DFL
        sigaction(SIGTSTP, &plain, &ours)
        var suspend = Signals.set([.suspend])
        var mask = sigset_t()
        // The signal asks the kernel, which will not stop a program that nobody could start again (an orphaned group).
        kill(getpid(), SIGTSTP)
        pthread_sigmask(SIG_UNBLOCK, &suspend, &mask)
        pthread_sigmask(SIG_SETMASK, &mask, nil)
        sigaction(SIGTSTP, &ours, nil)
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
