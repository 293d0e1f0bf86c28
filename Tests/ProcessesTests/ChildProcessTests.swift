import Glibc
import Testing

@testable import Processes

@Suite(.timeLimit(.minutes(5))) struct ChildProcessTests {
    @Test func endsAsItsProgramEnds() {
        func run(_ script: String) -> ChildProcess.Report {
            ChildProcess.runLimited(["sh", "-c", script], input: Array("hello".utf8), limit: .seconds(20))
        }
        #expect(run("test \"$(cat)\" = hello").outcome == .exited(0))
        #expect(run("exit 3").outcome == .exited(3))
        #expect(run("kill -TERM $$").outcome == .signalled(SIGTERM))
        let loud = run("echo out; echo wrong >&2; exit 1")
        #expect(loud.errors == Array("wrong\n".utf8))
    }

    @Test func whatCannotBeStartedIsAnOutcome() {
        #expect(
            ChildProcess.runLimited(["/nowhere/at-all"], input: [], limit: .seconds(1)).outcome == .failed(ENOENT))
        #expect(ChildProcess.runLimited([], input: [], limit: .seconds(1)).outcome == .failed(EINVAL))
        #expect(ChildProcess.runLimited(["tr\0ue"], input: [], limit: .seconds(1)).outcome == .failed(EINVAL))
    }

    @Test func whatTakesTooLongIsKilledWithAllThatItStarted() throws {
        // The shell tells its child's id, which would outlive it, in this file; then its time is over.
        let told = MemoryFile.make()
        defer { close(told) }
        func text() -> String { String(decoding: MemoryFile.head(of: told, most: 20), as: UTF8.self) }
        let report = ChildProcess.runLimited(
            ["sh", "-c", "sleep 600 & echo $! > /proc/\(getpid())/fd/\(told); wait"], input: [],
            until: { text().hasSuffix("\n") })
        #expect(report.outcome == .timedOut)
        let grandchild = try #require(pid_t(text().filter(\.isNumber)))
        // Killed, and gone once its new parent has seen it: a zombie takes no signal either way.
        var state = "running"
        while state == "running" {
            let file = fopen("/proc/\(grandchild)/stat", "r")
            guard let file else { break }
            var buffer = [CChar](repeating: 0, count: 256)
            fgets(&buffer, 256, file)
            fclose(file)
            let line = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if line.contains(") Z ") { state = "dead" }
        }
    }

    @Test func timeThatIsOverEndsIt() {
        #expect(ChildProcess.runLimited(["sleep", "600"], input: [], limit: .zero).outcome == .timedOut)
    }

    @Test func aTermSignalThatIsBlockedInUsIsNotInTheChild() {
        var set = sigset_t()
        var old = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGTERM)
        pthread_sigmask(SIG_BLOCK, &set, &old)
        defer { pthread_sigmask(SIG_SETMASK, &old, nil) }
        let blocked = ["grep", "-q", "^SigBlk:\t0*$", "/proc/self/status"]
        #expect(ChildProcess.runLimited(blocked, input: [], limit: .seconds(20)).outcome == .exited(0))
    }

    @Test func muchOutputBlocksNobody() {
        let report = ChildProcess.runLimited(
            ["sh", "-c", "yes | head -c 1000000; yes | head -c 1000000 >&2"], input: [], limit: .seconds(20))
        #expect(report.outcome == .exited(0))
        #expect(report.errors.count == 500)
    }
}
