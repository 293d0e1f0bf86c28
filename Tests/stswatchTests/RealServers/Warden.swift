import Foundation

/// Starts the servers, and ends them when it is told to or when this process is gone, however it went.
///
/// A small shell holds the reading end of a pipe. The end of input, which the kernel brings about even when the tests
/// are killed, makes it end every server by its own process group and remove the folder.
struct Warden: Sendable {
    /// A server that stays in the foreground.
    struct Server {
        let name: String
        let command: [String]
        let environment: [String: String]
    }

    private let process: RunningProcess
    private let lifeline: FileHandle

    private static let script = """
        folder=$1
        groups=
        # Postfix closes every descriptor that could be open.
        ulimit -n 1024
        start() {
            name=$1
            shift
            setsid "$@" </dev/null >"$folder/$name.out" 2>&1 &
            groups="$groups $!"
        }
        signal() {
            for group in $groups; do kill -s "$1" -- "-$group" 2>/dev/null; done
        }
        . "$folder/start.sh"
        cat >/dev/null
        signal TERM
        {
            trap 'kill $sleeper; exit' TERM
            sleep 3 &
            sleeper=$!
            wait $sleeper
            signal KILL
        } &
        impatience=$!
        wait $groups
        kill $impatience
        signal KILL
        rm -rf "$folder"
        """

    /// Starts all servers at once; their output goes to `NAME.out` in the folder, which is the warden's from now on.
    init(_ servers: [Server], in folder: URL) throws {
        let lines = servers.map { server in
            let variables = server.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            let words = [server.name, "env", "-i"] + variables + server.command
            return "start " + words.map(Self.quoted).joined(separator: " ")
        }
        try (lines.joined(separator: "\n") + "\n").write(
            to: folder.appendingPathComponent("start.sh"), atomically: false, encoding: .utf8)

        let pipe = RunningProcess.lifeline()
        // A session of its own: an interrupt typed at the terminal ends the tests first, then the end of input comes.
        process = try RunningProcess(
            "/usr/bin/setsid", ["--wait", "/bin/sh", "-c", Self.script, "warden", folder.path],
            input: pipe.fileHandleForReading, output: .nullDevice, complaints: .nullDevice)
        lifeline = pipe.fileHandleForWriting
    }

    /// Ends every server and waits until they are gone.
    func stop() async {
        try? lifeline.close()
        await process.ended(within: 30)
    }

    private static func quoted(_ word: String) -> String {
        "'" + word.replacingOccurrences(of: "'", with: "'\\''") + "'"
    }
}
