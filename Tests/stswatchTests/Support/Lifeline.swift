import Foundation

/// Starts something with a few lines of shell, and cleans up with others when it is told to, or when this process is
/// gone, however it went.
///
/// The shell waits at the reading end of a pipe, whose end of input the kernel brings about even when the tests
/// are killed.
struct Lifeline: Sendable {
    private let process: RunningProcess
    private let end: FileHandle

    /// - Parameter words: what `$1` and so on stand for in both texts.
    init(before: String, after: String, _ words: [String]) throws {
        let pipe = RunningProcess.lifeline()
        // A session of its own: an interrupt typed at the terminal ends the tests first, then the end of input comes.
        process = try RunningProcess(
            "/usr/bin/setsid", ["--wait", "/bin/sh", "-c", before + "\ncat >/dev/null\n" + after, "lifeline"] + words,
            input: pipe.fileHandleForReading, output: .nullDevice, complaints: .nullDevice)
        end = pipe.fileHandleForWriting
    }

    /// Cleans up and waits until that is done.
    func cut() async {
        try? end.close()
        await process.ended(within: 30)
    }
}
