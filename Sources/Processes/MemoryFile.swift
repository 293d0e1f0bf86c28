import CLinux
import Glibc

/// A nameless file in memory: unlike a pipe it blocks nobody who reads late, writes much, or does neither.
public enum MemoryFile {
    /// A file with this content, at its beginning; -1 with `errno` where there is no memory for it. Yours to close.
    public static func make(_ bytes: [UInt8] = []) -> Int32 {
        let file = shim_memory_file("stswatch")
        guard file >= 0 else { return -1 }
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { write(file, $0.baseAddress.map { $0 + sent }, $0.count - sent) }
            guard count > 0 else {
                if errno == EINTR { continue }
                close(file)
                return -1
            }
            sent += count
        }
        lseek(file, 0, SEEK_SET)
        return file
    }

    /// The first bytes of a file, wherever its position is.
    public static func head(of file: Int32, most: Int) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: most)
        let count = pread(file, &buffer, most, 0)
        return Array(buffer.prefix(max(0, count)))
    }
}
