import Glibc

/// Standard error kept off the screen: while it lives, what libraries print there goes elsewhere.
public final class StandardErrorRedirect {
    private var saved: Int32

    /// Sends standard error to the end of a file, which is made readable to the user alone where it is missing.
    public convenience init(path: String) throws(TerminalError) {
        let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .system("open \(path)", errno) }
        defer { close(file) }
        try self.init(descriptor: file)
    }

    /// Sends standard error to a descriptor, which stays the caller's.
    public init(descriptor: Int32) throws(TerminalError) {
        saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
        guard saved >= 0 else { throw .system("fcntl", errno) }
        guard dup2(descriptor, STDERR_FILENO) >= 0 else {
            let code = errno
            close(saved)
            saved = -1
            throw .system("dup2", code)
        }
    }

    deinit { restore() }

    /// Sends it where it went before; a second call does nothing.
    public func restore() {
        guard saved >= 0 else { return }
        dup2(saved, STDERR_FILENO)
        close(saved)
        saved = -1
    }
}
