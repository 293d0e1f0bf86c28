import Glibc
import Testing

@testable import CursesTerminal

@Suite(.timeLimit(.minutes(5))) struct MailboxTests {
    private func isReadable(_ mailbox: Mailbox<Int>, timeout: Int32 = 0) -> Bool {
        var ready = pollfd(fd: mailbox.descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&ready, 1, timeout) > 0
    }

    @Test("in order, taken once, readable only while something waits")
    func order() throws {
        let mailbox = try Mailbox<Int>()
        #expect(!isReadable(mailbox))
        #expect(mailbox.drain() == [])
        mailbox.post(1)
        mailbox.post([2, 3])
        mailbox.post([])
        #expect(isReadable(mailbox))
        #expect(mailbox.drain() == [1, 2, 3])
        #expect(!isReadable(mailbox))
    }

    @Test("many posts, one wake")
    func coalescing() throws {
        let mailbox = try Mailbox<Int>()
        for number in 0..<1000 { mailbox.post(number) }
        var count: UInt64 = 0
        #expect(read(mailbox.descriptor, &count, 8) == 8)
        #expect(count == 1)
        #expect(mailbox.drain() == Array(0..<1000))
    }

    @Test("from many threads none is lost, and each one's stay in order")
    func threads() async throws {
        let mailbox = try Mailbox<Int>()
        let senders = 16
        let each = 2000
        let taken = await withTaskGroup(of: Void.self, returning: [Int].self) { group in
            for sender in 0..<senders {
                group.addTask { for number in 0..<each { mailbox.post(sender * each + number) } }
            }
            var taken: [Int] = []
            while taken.count < senders * each {
                // A lost wake would show here: nothing readable though messages are missing.
                if !isReadable(mailbox) { await Task.yield() }
                taken += mailbox.drain()
            }
            return taken
        }
        #expect(taken.sorted() == Array(0..<senders * each))
        for sender in 0..<senders {
            let own = taken.filter { $0 / each == sender }
            #expect(own == own.sorted())
        }
        #expect(!isReadable(mailbox))
    }

    @Test("whoever posts to an empty box wakes the one that sleeps, every time")
    func wakes() throws {
        let mailbox = try Mailbox<Int>()
        for number in 0..<500 {
            mailbox.post(number)
            #expect(isReadable(mailbox, timeout: 20_000))
            #expect(mailbox.drain() == [number])
        }
    }
}
