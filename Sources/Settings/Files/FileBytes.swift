import Glibc

/// The content of a file with its stamp of before the reading, so that a change while reading is seen afterwards.
public struct FileBytes: Hashable, Sendable {
    public let bytes: [UInt8]
    /// Nil for what is no regular file, such as a pipe: it cannot be read again.
    public let stamp: FileStamp?

    /// Reads a whole file; blocks, so not for the main thread once the screen is up.
    /// - Parameters:
    ///   - path: `-` is standard input.
    ///   - limit: the most bytes taken.
    /// - Throws: `FileFailure`.
    public static func read(_ path: String, limit: Int) throws(FileFailure) -> FileBytes {
        if path == "-" { return try read(descriptor: STDIN_FILENO, limit: limit) }
        // A NUL would silently cut the path short.
        if path.utf8.contains(0) { throw .missing }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw failure(errno) }
        defer { close(descriptor) }
        return try read(descriptor: descriptor, limit: limit)
    }

    private static func read(descriptor: Int32, limit: Int) throws(FileFailure) -> FileBytes {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(errno) }
        let isRegular = status.st_mode & S_IFMT == S_IFREG
        if isRegular, status.st_size > limit { throw .tooLarge(limit: limit) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(errno)
            }
            if count == 0 { break }
            bytes += buffer[..<count]
            if bytes.count > limit { throw .tooLarge(limit: limit) }
        }
        return FileBytes(bytes: bytes, stamp: isRegular ? FileStamp(status) : nil)
    }

    private static func failure(_ code: Int32) -> FileFailure {
        switch code {
        case ENOENT, ENOTDIR: .missing
        case EISDIR: .isDirectory
        default: .unreadable(String(cString: strerror(code)))
        }
    }
}
