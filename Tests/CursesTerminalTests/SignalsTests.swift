import Glibc
import Testing

@testable import CursesTerminal

@Suite(.timeLimit(.minutes(5))) struct SignalsTests {
    @Test("each blocked signal is read once, and the mask comes back")
    func reading() throws {
        var before = sigset_t()
        pthread_sigmask(SIG_BLOCK, nil, &before)
        let signals = try Signals.block()
        #expect(signals.next() == nil)
        // To this thread alone: another one of the test process would die of it.
        for signal in Signals.Signal.allCases {
            pthread_kill(pthread_self(), signal.rawValue)
            pthread_kill(pthread_self(), signal.rawValue)
        }
        var read: [Signals.Signal] = []
        while let signal = signals.next() { read.append(signal) }
        // Stopping and continuing cancel each other out in the kernel; each of the rest comes exactly once.
        let rest = read.filter { $0 != .suspend && $0 != .resume }
        #expect(Set(rest) == [.hangup, .interrupt, .terminate, .windowChange])
        #expect(rest.count == 4)
        signals.unblock()
        var after = sigset_t()
        pthread_sigmask(SIG_BLOCK, nil, &after)
        for signal in Signals.Signal.allCases {
            #expect(sigismember(&before, signal.rawValue) == sigismember(&after, signal.rawValue))
        }
    }

    @Test("the numbers are this system's")
    func numbers() {
        let expected = [SIGHUP, SIGINT, SIGTERM, SIGCONT, SIGTSTP, SIGWINCH]
        #expect(Signals.Signal.allCases.map(\.rawValue) == expected)
    }

    @Test("what waits can be dropped without being read")
    func discarding() throws {
        let signals = try Signals.block()
        defer { signals.unblock() }
        pthread_kill(pthread_self(), SIGINT)
        pthread_kill(pthread_self(), SIGTERM)
        Signals.discard([.interrupt])
        #expect(signals.next() == .terminate)
        #expect(signals.next() == nil)
    }
}
