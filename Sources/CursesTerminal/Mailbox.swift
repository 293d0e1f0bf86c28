import CCurses
import Glibc
import Synchronization

/// Messages from any thread to the main thread, which sleeps in `poll` over `descriptor`.
public final class Mailbox<Message: Sendable>: Sendable {
    /// An eventfd, readable while messages may wait.
    let descriptor: Int32
    private let queue = Mutex<[Message]>([])

    /// An empty mailbox; fails where the process may open no more files.
    public init() throws(TerminalError) {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard descriptor >= 0 else { throw .system("eventfd", errno) }
    }

    deinit { close(descriptor) }

    /// Appends a message. The reader is woken once, however many messages come before it looks.
    public func post(_ message: Message) { post([message]) }

    /// Appends messages in their order, none of another thread between them.
    public func post(_ messages: [Message]) {
        guard !messages.isEmpty else { return }
        let wasEmpty = queue.withLock { queue in
            defer { queue += messages }
            return queue.isEmpty
        }
        if wasEmpty { eventfd_write(descriptor, 1) }
    }

    /// Takes everything posted so far, oldest first.
    public func drain() -> [Message] {
        // Reset before taking: a message posted in between wakes once too often, never once too little.
        var count: eventfd_t = 0
        eventfd_read(descriptor, &count)
        return queue.withLock { queue in
            defer { queue = [] }
            return queue
        }
    }
}
