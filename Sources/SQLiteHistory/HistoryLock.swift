import Glibc

/// The right to poll and to write what was seen: one monitor has it, others on the same history look on.
///
/// The kernel gives it back when the process ends, however it ends.
public final class HistoryLock: Sendable {
    /// What an attempt gave.
    public enum Attempt: Sendable {
        case taken(HistoryLock)
        /// Another process has it; its number where the file tells it.
        case held(by: Int?)
    }

    private let descriptor: Int32

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Takes the lock, or tells who has it; never waits. Makes the folder where it is missing.
    public static func take(_ place: HistoryPlace) throws(HistoryTrouble) -> Attempt {
        try place.makeFolder()
        let descriptor = open(place.lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw HistoryTrouble.lock(place.lock, errno: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            defer { close(descriptor) }
            var buffer = [UInt8](repeating: 0, count: 20)
            let count = pread(descriptor, &buffer, buffer.count, 0)
            let text = String(decoding: buffer.prefix(max(0, count)).prefix { $0 != 0x0a }, as: UTF8.self)
            return .held(by: Int(text))
        }
        let text = Array("\(getpid())\n".utf8)
        // Who holds it is only told to people: that it cannot be written down changes nothing.
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, text, text.count, 0) }
        return .taken(HistoryLock(descriptor: descriptor))
    }
}
