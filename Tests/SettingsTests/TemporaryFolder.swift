import Foundation
import Glibc
import Testing

/// A folder of its own for one test, gone with it.
final class TemporaryFolder {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "stswatch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path(percentEncoded: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A named pipe, and somebody who waits to write nothing into it as long as `body` runs: who reads it all the same
    /// gets an empty file, instead of waiting for ever.
    func withPipe(_ name: String, _ body: (String) throws -> Void) throws {
        let pipe = path + "/" + name
        try #require(mkfifo(pipe, 0o600) == 0)
        let writer = Thread {
            let end = open(pipe, O_WRONLY | O_CLOEXEC)
            if end >= 0 { close(end) }
        }
        writer.start()
        defer {
            // Whoever waits still is let go.
            let both = open(pipe, O_RDWR | O_CLOEXEC | O_NONBLOCK)
            while !writer.isFinished { sched_yield() }
            close(both)
        }
        try body(pipe)
    }

    /// Writes a file below the folder, with the folders on the way, and gives its path.
    @discardableResult
    func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

    @discardableResult
    func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        let file = URL(filePath: path).appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        return file.path(percentEncoded: false)
    }
}
