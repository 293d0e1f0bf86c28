import Foundation
import Testing

extension TerminalTests {
    /// A real file system without room, where this machine lets a user make one of his own.
    @Suite("A full disk", .enabled(if: OwnFileSystem.isPossible, "no file system of one's own is to be had here"))
    struct Disk {
        /// What is used up, as a shell makes it so with `fill`.
        enum Want: String, CaseIterable {
            case bytes = "mount -t tmpfs -o size=1m none room; dd if=/dev/zero of=room/fill bs=4096 2>/dev/null"
            case inodes = """
                mount -t tmpfs -o nr_inodes=8 none room; mkdir room/fill room/state
                i=0; while touch room/fill/$i 2>/dev/null; do i=$((i+1)); done
                """
        }

        @Test("a start on it is told, and its history written once there is room", arguments: Want.allCases)
        func start(_ want: Want) async throws {
            try await TerminalPane.open(columns: 150, rows: 30) { pane in
                try pane.write("one.example\n", to: "list")
                try pane.write(
                    """
                    mkdir room
                    \(want.rawValue)
                    while [ ! -e enough ]; do sleep 0.1; done >/dev/null && rm -r room/fill &
                    stswatch watch list \(ListPane.deadResolver) --state-dir room/state
                    stswatch history one.example --state-dir room/state
                    """ + "\n", to: "begin")
                try await pane.enter("unshare -rm sh begin")
                try await pane.wait(for: "the remark") { $0.contains("history: not written") }
                try pane.write("", to: "enough")
                try await pane.wait(for: "the word that it is written", within: 90) {
                    $0.contains("the history is written again")
                }
                try await pane.press("Q")
                let screen = try await pane.wait(for: "the history") {
                    $0.lines.contains { $0.hasPrefix("one.example") }
                }
                #expect(!screen.contains("there is no history"), "\(screen)")
            }
        }
    }
}

private enum OwnFileSystem {
    /// Whether a small file system can be mounted that nobody else sees.
    static let isPossible: Bool = {
        let trial = Process()
        trial.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
        trial.arguments = ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]
        (trial.standardOutput, trial.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        guard (try? trial.run()) != nil else { return false }
        trial.waitUntilExit()
        return trial.terminationStatus == 0
    }()
}
