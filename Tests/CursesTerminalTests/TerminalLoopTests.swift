import Cells
import Glibc
import Testing

@testable import CursesTerminal

extension CursesTests {
    /// The loop, its terminal and its user in one thread: what the user does next is done while an event is handled,
    /// so no test waits for time to pass.
    @Suite struct TerminalLoopTests {
        private struct Stage {
            let terminal: PseudoTerminal
            let screen: CursesScreen
            let mailbox: Mailbox<Int>
            let signals: Signals
            let loop: TerminalLoop<Int>

            init(frameInterval: Duration = .seconds(3600)) throws {
                terminal = try PseudoTerminal(width: 80, height: 24)
                screen = try CursesTests.screen(on: terminal)
                mailbox = try Mailbox()
                signals = try Signals.block()
                loop = try TerminalLoop(
                    screen: screen, mailbox: mailbox, signals: signals, frameInterval: frameInterval)
            }

            func end() {
                screen.close()
                signals.unblock()
            }
        }

        @Test("the first frame comes before any event, and a key is painted at once though data waits for its turn")
        func keys() throws {
            let stage = try Stage()
            defer { stage.end() }
            var painted: [String] = []
            var last = "start"
            let end = stage.loop.run(
                handle: { event in
                    switch event {
                    case .resize: #expect(painted.isEmpty)
                    case .key(let key):
                        last = "\(key)"
                        if key == .character("q") { return .quit }
                        stage.terminal.type("q")
                    case .message(let number):
                        last = "message \(number)"
                        if number == 40 { stage.terminal.type("k") }
                        if number < 40 { stage.mailbox.post(number + 1) }
                    default: Issue.record("\(event)")
                    }
                    return .proceed
                },
                render: { size in
                    if painted.isEmpty { stage.mailbox.post(0) }
                    painted.append(last)
                    return Canvas(size)
                })
            #expect(end == .quit)
            #expect(painted == ["start", "k"], "41 messages within the interval made no frame of their own")
        }

        @Test("an answer that nothing changed makes no frame")
        func unchanged() throws {
            let stage = try Stage(frameInterval: .zero)
            defer { stage.end() }
            var frames = 0
            stage.mailbox.post(Array(0..<10))
            let end = stage.loop.run(
                handle: { event in event == .message(9) ? .quit : .unchanged },
                render: { size in
                    frames += 1
                    return Canvas(size)
                })
            #expect(end == .quit)
            #expect(frames == 1, "the first")
        }

        @Test("a burst of messages does not keep a key waiting until its end")
        func burst() throws {
            let stage = try Stage()
            defer { stage.end() }
            var handled = 0
            stage.mailbox.post(Array(0..<100_000))
            let clock = ContinuousClock()
            let end = stage.loop.run(
                handle: { event in
                    if case .resize = event { return .proceed }
                    guard case .message(let number) = event else { return .quit }
                    handled += 1
                    if number == 0 { stage.terminal.type("q") }
                    let until = clock.now + .microseconds(50)
                    while clock.now < until {}
                    return .proceed
                }, render: { Canvas($0) })
            #expect(end == .quit)
            #expect(handled > 0 && handled < 50_000)
        }

        @Test("ticks come when they are asked for, and only then")
        func ticks() throws {
            let stage = try Stage()
            defer { stage.end() }
            var ticks = 0
            var wanted = 3
            let end = stage.loop.run(
                nextTick: { now in wanted > 0 ? now : nil },
                handle: { event in
                    if event == .key(.character("q")) { return .quit }
                    guard event == .tick else { return .unchanged }
                    ticks += 1
                    wanted -= 1
                    if wanted == 0 { stage.terminal.type("q") }
                    return .unchanged
                }, render: { Canvas($0) })
            #expect(end == .quit)
            #expect(ticks == 3)
        }

        @Test("another size is told and drawn; the same size again is not")
        func resize() throws {
            let stage = try Stage()
            defer { stage.end() }
            var sizes: [Size] = []
            var events: [TerminalEvent<Int>] = []
            stage.terminal.type("r")
            let end = stage.loop.run(
                handle: { event in
                    events.append(event)
                    switch event {
                    case .key(.character("r")):
                        stage.terminal.resize(width: 40, height: 10)
                        pthread_kill(pthread_self(), SIGWINCH)
                    case .resize(Size(width: 40, height: 10)):
                        pthread_kill(pthread_self(), SIGWINCH)
                        stage.terminal.type("q")
                    case .key(.character("q")): return .quit
                    default: break
                    }
                    return .proceed
                },
                render: { size in
                    sizes.append(size)
                    return Canvas(size)
                })
            #expect(end == .quit)
            let small = Size(width: 40, height: 10)
            let large = Size(width: 80, height: 24)
            #expect(events == [.resize(large), .key(.character("r")), .resize(small), .key(.character("q"))])
            #expect(sizes.first == large)
            #expect(sizes.last == small)
        }

        @Test("SIGTERM and SIGINT end the loop after one event", arguments: [Signals.Signal.terminate, .interrupt])
        func termination(signal: Signals.Signal) throws {
            let stage = try Stage()
            defer { stage.end() }
            var events: [TerminalEvent<Int>] = []
            pthread_kill(pthread_self(), signal.rawValue)
            let end = stage.loop.run(
                handle: { event in
                    events.append(event)
                    return .proceed
                }, render: { Canvas($0) })
            #expect(end == .signal(signal))
            #expect(events.dropFirst() == [.quit])
        }

        @Test("SIGHUP is an event while the terminal lives")
        func hangup() throws {
            let stage = try Stage()
            defer { stage.end() }
            var events: [TerminalEvent<Int>] = []
            pthread_kill(pthread_self(), SIGHUP)
            let end = stage.loop.run(
                handle: { event in
                    events.append(event)
                    if event == .hangup { stage.terminal.type("q") }
                    return event == .key(.character("q")) ? .quit : .proceed
                }, render: { Canvas($0) })
            #expect(end == .quit)
            #expect(events.dropFirst() == [.hangup, .key(.character("q"))])
        }

        @Test("a terminal that is gone ends the loop")
        func lost() throws {
            let stage = try Stage()
            defer { stage.end() }
            stage.terminal.type("x")
            let end = stage.loop.run(
                handle: { event in
                    if event == .key(.character("x")) { stage.terminal.hangUp() }
                    return .proceed
                }, render: { Canvas($0) })
            #expect(end == .terminalLost)
        }

        @Test("a signal that waits while a frame is painted is not lost")
        func signalBeforeFrame() throws {
            let stage = try Stage()
            defer { stage.end() }
            var read: [Signals.Signal] = []
            for number in 0..<3 {
                for signal in [Signals.Signal.suspend, .interrupt] { pthread_kill(pthread_self(), signal.rawValue) }
                stage.screen.present(Canvas(stage.screen.size, style: Style(foreground: .ansi(UInt8(number)))))
                while let signal = stage.signals.next() { read.append(signal) }
            }
            #expect(read.count == 6)
        }

        @Test("continued from outside, everything is painted again")
        func continued() throws {
            let stage = try Stage()
            defer { stage.end() }
            var written = ""
            pthread_kill(pthread_self(), SIGCONT)
            let end = stage.loop.run(
                handle: { event in
                    guard event == .resumed else { return .proceed }
                    written = stage.terminal.written {}
                    return .quit
                },
                render: { size in
                    var canvas = Canvas(size)
                    canvas.put("here", x: 1, y: 1)
                    return canvas
                })
            #expect(end == .quit)
            #expect(written.components(separatedBy: "here") == 3)
            #expect(written.contains("\u{1b}[?1049l"))
        }
    }
}

extension String {
    /// Number of pieces that a separator cuts this into.
    fileprivate func components(separatedBy separator: String) -> Int {
        split(separator: separator, omittingEmptySubsequences: false).count
    }
}
