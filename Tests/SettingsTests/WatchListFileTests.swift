import FoundationEssentials
import Glibc
import Testing

@testable import Settings

@Suite struct WatchListFileTests {
    private func error(_ path: String) -> WatchListError? {
        do {
            _ = try WatchListFile(path: path).load()
            return nil
        } catch {
            return error
        }
    }

    @Test func readsAFile() throws {
        let folder = try TemporaryFolder()
        let loaded = try WatchListFile(path: try folder.write("list", "a.example\nbad\n")).load()
        #expect(loaded.list.entries.count == 1)
        #expect(loaded.list.problems.count == 1)
        #expect(loaded.stamp != nil)
    }

    @Test func everyFailureSaysWhatToDo() throws {
        let folder = try TemporaryFolder()
        let missing = folder.path + "/none"
        #expect(error(missing) == .file(path: missing, .missing))
        #expect(error(missing)?.description.contains("write one domain a line") == true)
        #expect(error(folder.path) == .file(path: folder.path, .isDirectory))
        #expect(error(folder.path)?.description.contains("is a directory") == true)
        let empty = try folder.write("empty", "# nothing\n\n")
        #expect(error(empty) == .empty(path: empty))
        let utf16 = try folder.write("utf16", [0xff, 0xfe] + "a.example\n".utf8.flatMap { [$0, 0] })
        #expect(error(utf16) == .notUTF8(path: utf16))
        let bare = try folder.write("bare", "a.example\n".utf8.flatMap { [$0, 0] as [UInt8] })
        #expect(error(bare) == .notUTF8(path: bare))
        let bad = try folder.write("bad", "localhost\n")
        #expect(error(bad)?.description.contains("line 1: localhost") == true)
        for failure in [error(missing), error(folder.path), error(empty), error(utf16), error(bad)] {
            let text = try #require(failure?.description)
            #expect(!text.contains("\n"))
        }
    }

    @Test func anUnreadableFileGivesTheReason() throws {
        // Root reads everything; a file that cannot be opened by anybody is a path through a loop of links.
        let folder = try TemporaryFolder()
        let loop = folder.path + "/loop"
        #expect(symlink("loop", loop) == 0)
        guard case .file(_, .unreadable(let reason)) = error(loop) else {
            Issue.record("\(String(describing: error(loop)))")
            return
        }
        #expect(!reason.isEmpty)
        #expect(error(loop)?.description.contains("check its owner and mode") == true)
    }

    @Test func aFileOverTheLimitIsRefused() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("big", "a.example\n")
        #expect(truncate(path, WatchListFile.greatestSize + 1) == 0)
        #expect(error(path) == .file(path: path, .tooLarge(limit: WatchListFile.greatestSize)))
    }

    @Test func aPipeIsReadOnceAndNotAgain() throws {
        let folder = try TemporaryFolder()
        try folder.withPipe("list") { pipe in
            #expect(throws: WatchListError.file(path: pipe, .notRegular)) {
                try WatchListFile(path: pipe).load(again: true)
            }
        }
        try folder.withPipe("first") { pipe in #expect(error(pipe) == .empty(path: pipe)) }
        #expect(throws: WatchListError.file(path: folder.path, .isDirectory)) {
            try WatchListFile(path: folder.path).load(again: true)
        }
    }

    @Test func aPathWithControlsIsMadeVisible() {
        let failure = WatchListError.file(path: "a\u{1b}[2J", .missing)
        #expect(failure.description.contains(#"a\x1b[2J"#))
        #expect(error("a\0b") == .file(path: "a\0b", .missing))
    }

    @Test func changesAreSeenByContentReplacementAndRemoval() throws {
        let folder = try TemporaryFolder()
        let file = WatchListFile(path: try folder.write("list", "a.example\n"))
        let stamp = try file.load().stamp
        #expect(FileStamp(path: file.path) == stamp)
        // Written in place: longer.
        try folder.write("list", "a.example\nb.example\n")
        #expect(FileStamp(path: file.path) != stamp)
        // Replaced by another file of the same size and time, as editors do.
        let second = try file.load().stamp
        let path = file.path
        try folder.write("new", "a.example\nc.example\n")
        var times = [timespec(), timespec()]
        times[1] = timespec(tv_sec: Int(try #require(second).seconds), tv_nsec: Int(try #require(second).nanoseconds))
        #expect(utimensat(AT_FDCWD, folder.path + "/new", times, 0) == 0)
        #expect(rename(folder.path + "/new", path) == 0)
        #expect(FileStamp(path: file.path) != second)
        // Touched only: the time counts.
        let third = try file.load().stamp
        times[1] = timespec(tv_sec: 1_000_000, tv_nsec: 5)
        #expect(utimensat(AT_FDCWD, path, times, 0) == 0)
        #expect(FileStamp(path: file.path) != third)
        let fourth = try file.load().stamp
        #expect(FileStamp(path: file.path) == fourth)
        #expect(unlink(path) == 0)
        #expect(FileStamp(path: file.path) != fourth)
    }

    @Test func aPipeIsReadOnceAndNeverChanges() throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { close(ends[0]) }
        let bytes = Array("a.example\n".utf8)
        #expect(write(ends[1], bytes, bytes.count) == bytes.count)
        close(ends[1])
        let file = WatchListFile(path: "/proc/self/fd/\(ends[0])")
        let loaded = try file.load()
        #expect(loaded.list.entries.count == 1)
        #expect(loaded.stamp == nil)
        #expect(FileStamp(path: file.path) == loaded.stamp)
    }
}
