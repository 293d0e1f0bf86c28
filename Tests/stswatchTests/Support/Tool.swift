import Foundation

/// A command run to its end, with everything it said.
struct Tool {
    let status: Int32
    let output: Data
    let complaint: String

    var text: String { String(decoding: output, as: UTF8.self) }

    /// A failed command or a server that did not come up, as one readable text.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Runs a command without blocking a thread of the pool; it is killed after `seconds`, or as soon as it has said
    /// enough.
    /// - Parameter input: what it reads; nil: nothing, and no end of it while these tests live.
    static func run(
        _ path: String, _ arguments: [String], in folder: URL? = nil, environment: [String: String]? = nil,
        input: String? = "", seconds: Double = 60, until isEnough: ((String) -> Bool)? = nil
    ) async throws -> Tool {
        // Files instead of pipes: no reader is needed, and no full pipe can stop the command.
        let scratch = try temporaryFolder("stswatch-tool")
        defer { try? FileManager.default.removeItem(at: scratch) }
        let files = ["in", "out", "err"].map { scratch.appendingPathComponent($0) }
        try (input ?? "").write(to: files[0], atomically: false, encoding: .utf8)
        for file in files.dropFirst() { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
        let lifeline = input == nil ? RunningProcess.lifeline() : nil
        defer { try? lifeline?.fileHandleForWriting.close() }

        let process = try RunningProcess(
            path, arguments, in: folder, environment: environment,
            input: lifeline?.fileHandleForReading ?? FileHandle(forReadingFrom: files[0]),
            output: FileHandle(forWritingTo: files[1]), complaints: FileHandle(forWritingTo: files[2]))
        var left = seconds
        if let isEnough {
            _ = try await Patience.wait(within: seconds) {
                isEnough(String(decoding: try Data(contentsOf: files[1]), as: UTF8.self))
            }
            left = 0
        }
        await process.ended(within: left)
        return Tool(
            status: process.status, output: try Data(contentsOf: files[1]),
            complaint: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
    }

    /// Runs a command that has to succeed.
    @discardableResult
    static func require(
        _ path: String, _ arguments: [String], in folder: URL? = nil, environment: [String: String]? = nil
    ) async throws -> Tool {
        let tool = try await run(path, arguments, in: folder, environment: environment)
        guard tool.status == 0 else {
            throw Failure(description: "\(path) \(arguments.joined(separator: " ")): \(tool.status) \(tool.complaint)")
        }
        return tool
    }

    /// A new empty folder that every account may pass through.
    static func temporaryFolder(_ name: String) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(name + "-" + UUID().uuidString)
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        return folder
    }
}
