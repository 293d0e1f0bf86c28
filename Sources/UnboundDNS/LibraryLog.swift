import Glibc
import Synchronization

/// libunbound's messages, read for one thing: why a lookup failed.
///
/// A failed lookup comes back as SERVFAIL whether the servers said so or nobody answered, and the reason is only told
/// in the log (`log-servfail`). The log is a pipe that never blocks the writer; it is emptied before each answer is
/// judged, and libunbound writes the line before it hands the answer over. A line that got lost means "nobody
/// answered", which is the careful reading. Names are the key: two resolvers in one process that ask the same question
/// at the same time may see each other's reason.
final class LibraryLog: Sendable {
    static let shared = LibraryLog()

    /// What libunbound writes to: set once, lives as long as the process, locked by stdio itself.
    nonisolated(unsafe) let stream: UnsafeMutablePointer<FILE>?
    private let reader: Int32
    private let reasons = Mutex(FailureReasons())

    private init() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            stream = nil
            reader = -1
            return
        }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        reader = ends[0]
        stream = fdopen(ends[1], "w")
        if let stream { setvbuf(stream, nil, Int32(_IOLBF), 0) }
    }

    /// Why the question failed last; nil when nothing was said.
    func reason(for question: Question) -> String? {
        drain()
        let now = time(nil)
        return reasons.withLock { $0.reason(for: question, now: now) }
    }

    /// Empties the pipe.
    func drain() {
        guard reader >= 0 else { return }
        reasons.withLock { reasons in
            var buffer = [UInt8](repeating: 0, count: 65536)
            while true {
                let count = read(reader, &buffer, buffer.count)
                guard count > 0 else { return }
                reasons.take(buffer[..<count])
            }
        }
    }
}
