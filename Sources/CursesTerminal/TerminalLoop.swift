public import Cells
import Glibc

/// One `poll` over keys, signals, messages and the next deadline, on the main thread. A key is painted at once, data
/// at most ten times a second, and nothing is drawn or woken for when nothing changes.
public final class TerminalLoop<Message: Sendable> {
    /// The screen it draws on.
    public let screen: CursesScreen
    private let mailbox: Mailbox<Message>
    private let signals: Signals
    private let clock = ContinuousClock()
    private var pacer: FramePacer
    private var waiting: ArraySlice<Message> = []
    private var announced: Size?
    private var lastTick: ContinuousClock.Instant?
    private var emptyReads = 0

    /// Longest stretch of messages between two looks at the keyboard.
    private static var messageBudget: Duration { .milliseconds(4) }
    /// Least time between two ticks, whatever the application asks for.
    private static var leastTick: Duration { .milliseconds(10) }

    /// A loop over what the main thread made before. Until the screen is closed, a signal to end is obeyed even while
    /// the terminal takes no output.
    /// - Throws: where there is no thread or no descriptor left.
    public init(
        screen: CursesScreen, mailbox: Mailbox<Message>, signals: Signals,
        frameInterval: Duration = .milliseconds(100)
    ) throws(TerminalError) {
        self.screen = screen
        self.mailbox = mailbox
        self.signals = signals
        pacer = FramePacer(interval: frameInterval)
        try screen.endsThoughStalled(signals)
    }

    /// Runs until the application, a signal or the loss of the terminal ends it. The screen stays open. The first
    /// event is the size, then comes the first frame.
    /// - Parameters:
    ///   - nextTick: when the application wants to hear of the time next; nil for not at all.
    ///   - handle: takes one event.
    ///   - render: draws everything in a size; called only when something may have changed.
    public func run(
        nextTick: (ContinuousClock.Instant) -> ContinuousClock.Instant? = { _ in nil },
        handle: (TerminalEvent<Message>) -> LoopDecision, render: (Size) -> Canvas
    ) -> LoopEnd {
        pacer.request(urgent: true)
        while true {
            if announceSize(handle) { return .quit }
            paintIfDue(render)
            let now = clock.now
            let tick = nextTick(now).map { wanted in max(wanted, lastTick.map { $0 + Self.leastTick } ?? wanted) }
            let found = wait(until: [tick, pacer.deadline(now)].compactMap { $0 }.min(), from: now)
            if found.isLost { return .terminalLost }
            if found.hasSignal, let end = handleSignals(handle) { return end }
            if found.hasInput {
                if let end = handleKeys(handle) { return end }
                paintIfDue(render)
            }
            if let tick, clock.now >= tick {
                lastTick = clock.now
                if perform(handle(.tick), urgent: false) { return .quit }
            }
            if handleMessages(handle) { return .quit }
        }
    }

    /// Waits for the first message of another mailbox; keys and signals wait meanwhile.
    /// - Returns: nil once the time is over, or the program has to end: the terminal is gone, or a signal asks for it.
    public func first<Value: Sendable>(in mailbox: Mailbox<Value>, within limit: Duration? = nil) -> Value? {
        let end = limit.map { clock.now + $0 }
        while true {
            if let value = mailbox.drain().first { return value }
            if Signals.isAskedToEnd || screen.isLost || end.map({ clock.now >= $0 }) == true { return nil }
            var ready = pollfd(fd: mailbox.descriptor, events: Int16(POLLIN), revents: 0)
            poll(&ready, 1, 20)
        }
    }

    private func paintIfDue(_ render: (Size) -> Canvas) {
        let now = clock.now
        guard pacer.isDue(now) else { return }
        screen.present(render(screen.size))
        pacer.painted(now)
    }

    /// Tells the size if it is another one, whoever found that out: a signal, or the way back from a pager.
    private func announceSize(_ handle: (TerminalEvent<Message>) -> LoopDecision) -> Bool {
        guard screen.size != announced else { return false }
        announced = screen.size
        return perform(handle(.resize(screen.size)), urgent: true)
    }

    /// Takes an answer; true for the end.
    private func perform(_ decision: LoopDecision, urgent: Bool) -> Bool {
        switch decision {
        case .proceed: pacer.request(urgent: urgent)
        case .unchanged: break
        case .redraw:
            screen.redraw()
            pacer.request(urgent: true)
        case .quit: return true
        }
        return false
    }

    private func handleSignals(_ handle: (TerminalEvent<Message>) -> LoopDecision) -> LoopEnd? {
        while let signal = signals.next() {
            let event: TerminalEvent<Message>
            switch signal {
            case .interrupt, .terminate:
                _ = handle(.quit)
                return .signal(signal)
            case .hangup:
                guard screen.isAlive else { return .terminalLost }
                event = .hangup
            case .windowChange:
                // Even at the size that it had: a window that was small in between has lost what stood in it.
                if !screen.updateSize() { screen.forget() }
                pacer.request(urgent: true)
                if announceSize(handle) { return .quit }
                continue
            case .suspend:
                screen.stop()
                event = .resumed
            case .resume:
                screen.resume()
                event = .resumed
            }
            if perform(handle(event), urgent: true) { return .quit }
        }
        return nil
    }

    private func handleKeys(_ handle: (TerminalEvent<Message>) -> LoopDecision) -> LoopEnd? {
        let (keys, count) = screen.readInput()
        // Input that is ready and empty time after time is the end of a file.
        emptyReads = count == 0 ? emptyReads + 1 : 0
        if emptyReads >= 8 { return .terminalLost }
        for key in keys where perform(handle(.key(key)), urgent: true) { return .quit }
        return nil
    }

    private func handleMessages(_ handle: (TerminalEvent<Message>) -> LoopDecision) -> Bool {
        if waiting.isEmpty { waiting = mailbox.drain()[...] }
        let end = clock.now + Self.messageBudget
        while let message = waiting.popFirst() {
            if perform(handle(.message(message)), urgent: false) { return true }
            if clock.now >= end { break }
        }
        return false
    }

    private func wait(
        until deadline: ContinuousClock.Instant?, from now: ContinuousClock.Instant
    ) -> (isLost: Bool, hasInput: Bool, hasSignal: Bool) {
        var polled = [screen.input, signals.descriptor, mailbox.descriptor].map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        var timeout: Int32 = -1
        if !waiting.isEmpty {
            timeout = 0
        } else if let deadline {
            // Rounded up: waking early would only mean to wait again.
            let left = max(.zero, deadline - now).components
            let milliseconds = left.seconds * 1000 + (left.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
            timeout = Int32(clamping: min(milliseconds, 3_600_000))
        }
        guard poll(&polled, nfds_t(polled.count), timeout) > 0 else { return (false, false, false) }
        let input = Int32(polled[0].revents)
        return (
            input & (POLLHUP | POLLERR | POLLNVAL) != 0, input & POLLIN != 0, polled[1].revents != 0
        )
    }
}
