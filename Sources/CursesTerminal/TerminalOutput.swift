import Glibc

/// Bytes that go to a terminal beside ncurses, which has flushed its own before.
enum TerminalOutput {
    /// Writes everything; waits while the terminal is slow, gives up when it is gone.
    static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress.map { $0 + sent }, buffer.count - sent)
            }
            if count > 0 {
                sent += count
            } else if errno == EAGAIN {
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                if poll(&ready, 1, 1000) == 0 { return }
            } else if errno != EINTR {
                return
            }
        }
    }

    /// Writes text as UTF-8.
    static func write(_ text: String, to descriptor: Int32) {
        write(Array(text.utf8), to: descriptor)
    }
}
