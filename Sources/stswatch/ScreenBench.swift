import Cells
import CursesTerminal
import Dashboard
import Deliverability
import Foundation
import Glibc
import MTASTS
import Synchronization

/// What frames cost on the wire and filters in time, at a hand-made clock: the real model, the real ncurses, a terminal
/// that only counts.
final class ScreenBench {
    /// Bytes of what happens to one domain, and of a page down; seconds of a filter's keys and of
    /// a frame in which only the time is another.
    struct Figures {
        /// Another figure in its row.
        var figure: [Double] = []
        /// It bounces, as others do: its row, the counts and the title.
        var bounce: [Double] = []
        /// And is told in the changes pane, whose other lines make room.
        var toldBounce: [Double] = []
        /// It is the first to bounce, and the banner turns red.
        var firstBounce: [Double] = []
        var sortedBounce: [Double] = []
        var page: [Double] = []
        var filter: [Double] = []
        var clock: [Double] = []
    }

    private let names: [DomainName]
    private let screen: CursesScreen
    private let descriptor: Int32
    private let counter: ByteCounter
    private var model: Model
    private var now = Date(timeIntervalSince1970: 1_795_521_600)

    init(domains: Int, size: Size) throws {
        let (watcher, path) = try PseudoTerminal.pair(size)
        descriptor = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        counter = ByteCounter(watcher)
        do {
            screen = try CursesScreen(input: descriptor, output: descriptor, term: "xterm-256color")
        } catch {
            throw CommandFailure(error.description, .unavailable)
        }
        model = Model(now: now)
        names = (0..<domains).compactMap { DomainName("customer-\($0).example") }.sorted { $0.text < $1.text }
        tell(.resized(screen.size), .listed(names.map { WatchedDomain($0) }))
        tell(.assessed(names.map { status($0) }))
        tell(.progress(done: domains, total: domains, perSecond: 0))
    }

    func run(runs: Int) -> Figures {
        defer {
            screen.close()
            close(descriptor)
            counter.end()
        }
        var figures = Figures()
        tell(.tick(now))
        _ = present()
        for run in 0..<runs {
            let domain = row(run)
            tell(.assessed([status(domain, maxAge: 604_800 * (run % 3 + 2))]))
            figures.figure.append(Double(present()))
        }
        for run in 0..<runs {
            let domain = row(run)
            figures.firstBounce.append(bounce(domain) + told(domain, run))
            recover(domain)
        }
        // At the end of the list, out of sight.
        if let last = names.last { _ = bounce(last) }
        pass(3)
        for run in 0..<runs {
            let domain = row(run)
            let bytes = bounce(domain)
            figures.bounce.append(bytes)
            figures.toldBounce.append(bytes + told(domain, runs + 1 + run))
            pass(3)
            figures.sortedBounce.append(Double(present()))
            recover(domain)
        }
        for _ in 0..<runs {
            let start = ContinuousClock.now
            pass(1)
            screen.present(view(model, size: screen.size))
            figures.clock.append((ContinuousClock.now - start) / .seconds(1))
            _ = counter.take()
        }
        for run in 0..<runs {
            press(run % 20 == 19 ? .home : .pageDown)
            figures.page.append(Double(present()))
        }
        for _ in 0..<runs {
            press(.character("/"))
            for letter in "customer-77" {
                let start = ContinuousClock.now
                press(.character(letter))
                figures.filter.append((ContinuousClock.now - start) / .seconds(1))
            }
            press(.escape)
        }
        return figures
    }

    /// The first rows, which are in sight, one after the other.
    private func row(_ run: Int) -> DomainName { names[run % min(10, names.count)] }

    /// Bytes of a domain that bounces; a key was just pressed, so that nothing is sorted.
    private func bounce(_ domain: DomainName) -> Double {
        press(.character("k"))
        _ = present()
        tell(.assessed([status(domain, offersTLS: false)]))
        return Double(present())
    }

    private func told(_ domain: DomainName, _ id: Int) -> Double {
        tell(.changed([change(domain, id)]))
        return Double(present())
    }

    private func recover(_ domain: DomainName) {
        tell(.assessed([status(domain)]))
        pass(3)
        _ = present()
    }

    private func status(_ domain: DomainName, offersTLS: Bool = true, maxAge: Int = 604_800) -> DomainStatus {
        let evidence = HistoryBench.evidence(domain, now, offersTLS: offersTLS, maxAge: maxAge)
        let memory = DomainMemory().observing(evidence, now: now)
        return DomainStatus(domain: domain, assessment: assess(evidence, memory: memory, now: now), evidence: evidence)
    }

    private func change(_ domain: DomainName, _ id: Int) -> Change {
        Change(
            id: id, domain: domain, at: now, code: .starttlsMissing, stateBefore: .ok, stateAfter: .bouncing,
            before: "offered", after: "no STARTTLS on mx", turns: [], impact: "mta-sts senders refuse",
            fix: "Turn it on")
    }

    private func tell(_ messages: Message...) {
        for message in messages {
            for effect in update(&model, message) {
                // What the title and the bell cost belongs to the change.
                switch effect {
                case .title(let text): screen.setTitle(text)
                case .bell: screen.bell()
                default: break
                }
            }
        }
    }

    private func press(_ key: Key) { tell(.key(key)) }

    private func pass(_ seconds: Double) {
        now += seconds
        tell(.tick(now))
    }

    /// Paints, and tells the bytes since it was painted last.
    private func present() -> Int {
        screen.present(view(model, size: screen.size))
        return counter.take()
    }
}

/// Reads a terminal dry and counts.
private final class ByteCounter: Sendable {
    private let terminal: Int32
    private let bytes = Mutex(0)

    init(_ terminal: Int32) {
        self.terminal = terminal
        Thread.detachNewThread { [self] in
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = read(terminal, &buffer, buffer.count)
                guard count > 0 else { return }
                bytes.withLock { $0 += count }
            }
        }
    }

    /// What was heard since the last call, once nothing more comes.
    func take() -> Int {
        var last = -1
        while true {
            usleep(5_000)
            let now = bytes.withLock { $0 }
            guard now != last else { break }
            last = now
        }
        return bytes.withLock { bytes in
            defer { bytes = 0 }
            return bytes
        }
    }

    func end() { close(terminal) }
}
