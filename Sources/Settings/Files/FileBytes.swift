import Glibc

/// The content of a file with its stamp of before the reading, so that a change while reading is seen afterwards.
public struct FileBytes: Hashable, Sendable {
    public let bytes: [UInt8]
    /// Nil for what is no regular file, such as a pipe: it cannot be read again.
    public let stamp: FileStamp?

    /// Reads a whole file; blocks as long as the disk does, and for whoever feeds a pipe unless pipes are refused.
    /// - Parameters:
    ///   - path: `-` is standard input.
    ///   - limit: the most bytes taken.
    ///   - regularOnly: refuses what is no regular file: nothing then waits for a writer, as the main thread must not
    ///     once the screen is up.
    /// - Throws: `FileFailure`.
    public static func read(
        _ path: String, limit: Int, regularOnly: Bool = false
    ) throws(FileFailure) -> FileBytes {
        if path == "-" { return try read(descriptor: STDIN_FILENO, limit: limit, regularOnly: regularOnly) }
        // A NUL would silently cut the path short.
        if path.utf8.contains(0) { throw .missing }
        // Opening a pipe waits for its writer, and opening a device may do anything.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (regularOnly ? O_NONBLOCK : 0))
        guard descriptor >= 0 else { throw failure(errno) }
        defer { close(descriptor) }
        return try read(descriptor: descriptor, limit: limit, regularOnly: regularOnly)
    }

    private static func read(descriptor: Int32, limit: Int, regularOnly: Bool) throws(FileFailure) -> FileBytes {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(errno) }
        let kind = status.st_mode & S_IFMT
        let isRegular = kind == S_IFREG
        if regularOnly, !isRegular { throw kind == S_IFDIR ? .isDirectory : .notRegular }
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

    /// Writes all of a text, however little is taken at a time.
    /// - Returns: 0, or `errno`.
    public static func write(_ text: String, to descriptor: Int32) -> Int32 {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else { return errno }
            bytes = bytes.dropFirst(max(0, count))
        }
        return 0
    }

    private static func failure(_ code: Int32) -> FileFailure {
        switch code {
        case ENOENT, ENOTDIR: .missing
        case EISDIR: .isDirectory
        // A socket, or a device that is not there.
        case ENXIO, ENODEV: .notRegular
        default: .unreadable(String(cString: strerror(code)))
        }
    }
}
