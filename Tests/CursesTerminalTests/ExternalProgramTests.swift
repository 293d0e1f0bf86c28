import Glibc
import Processes
import Testing

@testable import CursesTerminal

@Suite(.timeLimit(.minutes(5))) struct ExternalProgramTests {
    @Test("status, signal, and what is not there")
    func outcomes() {
        #expect(ExternalProgram.run(["sh", "-c", "exit 3"]) == .exited(3))
        #expect(ExternalProgram.run(["true"]) == .exited(0))
        #expect(ExternalProgram.run(["sh", "-c", "kill -TERM $$"]) == .signalled(SIGTERM))
        #expect(ExternalProgram.run(["/nowhere/at-all"]) == .failed(ENOENT))
        #expect(ExternalProgram.run([]) == .failed(EINVAL))
        #expect(ExternalProgram.run(["tr\0ue"]) == .failed(EINVAL))
    }

    @Test("input is read to its end, or not at all without harm")
    func input() {
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: 1_000_000)
        #expect(ExternalProgram.run(["sh", "-c", "test $(wc -c) = 1000000"], input: long) == .exited(0))
        #expect(ExternalProgram.run(["true"], input: long) == .exited(0))
        #expect(ExternalProgram.run(["sh", "-c", "test -z \"$(cat)\""], input: []) == .exited(0))
    }

    @Test("environment entries are passed, the size of our screen is not")
    func environment() {
        let test = "test \"$STSWATCH_TEST\" = 'a b' && test -z \"$LINES$COLUMNS\" && test -n \"$PATH\""
        #expect(ExternalProgram.run(["sh", "-c", test], environment: ["STSWATCH_TEST=a b"]) == .exited(0))
    }

    @Test("when it is over it is asked to end, and killed where it does not listen")
    func over() throws {
        #expect(ExternalProgram.run(["sleep", "600"]) { true } == .signalled(SIGTERM))
        let deaf = "trap '' TERM; while :; do sleep 1; done"
        var looks = 0
        let outcome = ExternalProgram.run(["sh", "-c", deaf]) {
            // Time for the trap to be set.
            looks += 1
            return looks > 20
        }
        #expect(outcome == .signalled(SIGKILL) || outcome == .signalled(SIGTERM))
    }

    @Test("a child has nothing blocked though its parent has")
    func mask() throws {
        let signals = try Signals.block()
        defer { signals.unblock() }
        let blocked = ["grep", "-q", "^SigBlk:\t0*$", "/proc/self/status"]
        #expect(ExternalProgram.run(blocked) == .exited(0))
    }
}
