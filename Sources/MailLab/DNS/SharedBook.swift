import Synchronization

/// The zones of a responder, shared by its sockets.
final class SharedBook: Sendable {
    private let book = Mutex(ZoneBook())

    func read<Value: Sendable>(_ body: (ZoneBook) -> Value) -> Value { book.withLock { body($0) } }

    func edit(_ body: (inout ZoneBook) throws(LabError) -> Void) throws(LabError) {
        try book.withLock { book throws(LabError) in try body(&book) }
    }

    func reply(_ bytes: [UInt8], overTCP: Bool) -> ZoneBook.Reply {
        book.withLock { $0.reply(bytes, overTCP: overTCP) }
    }
}
