import Glibc

extension ThemeLibrary {
    /// The path of the running program, links resolved; nil where the system does not tell.
    public static var executable: String? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes { raw in
            readlink("/proc/self/exe", raw.bindMemory(to: CChar.self).baseAddress, raw.count)
        }
        guard count > 0, count < buffer.count else { return nil }
        return String(decoding: buffer[..<count], as: UTF8.self)
    }
}
