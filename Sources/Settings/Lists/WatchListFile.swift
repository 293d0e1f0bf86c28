/// A list on disk that is read again when it changes.
public struct WatchListFile: Hashable, Sendable {
    /// The most bytes that are read.
    public static let greatestSize = 32 << 20

    /// `-` is standard input, which is read once.
    public let path: String

    public init(path: String) {
        self.path = path
    }

    /// A list as it was read, and the state of the file that it was read from.
    public struct Loaded: Hashable, Sendable {
        public let list: WatchList
        /// Nil for a pipe or standard input, which never changes.
        public let stamp: FileStamp?
    }

    /// Reads the list; blocks.
    /// - Parameter again: refuses what is no regular file: a pipe is read once, and nobody may wait for its writer while
    ///   a screen is up.
    public func load(again: Bool = false) throws(WatchListError) -> Loaded {
        let file: FileBytes
        do {
            file = try FileBytes.read(path, limit: Self.greatestSize, regularOnly: again)
        } catch {
            throw .file(path: path, error)
        }
        let start = file.bytes.prefix(4)
        if start.starts(with: [0xff, 0xfe]) || start.starts(with: [0xfe, 0xff]) || Self.isHalfNUL(start) {
            throw .notUTF8(path: path)
        }
        let list = WatchList.parse(file.bytes)
        if list.entries.isEmpty {
            throw list.problems.isEmpty ? .empty(path: path) : .nothingGood(path: path, list.problems)
        }
        return Loaded(list: list, stamp: file.stamp)
    }

    private static func isHalfNUL(_ start: ArraySlice<UInt8>) -> Bool {
        start.count == 4 && (start[0] == 0) == (start[2] == 0) && (start[1] == 0) == (start[3] == 0)
            && (start[0] == 0) != (start[1] == 0)
    }
}
