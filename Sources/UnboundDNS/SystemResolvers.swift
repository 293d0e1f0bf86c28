import Glibc

/// The servers that the system asks, from `resolv.conf(5)`.
struct SystemResolvers: Sendable {
    /// As many as the C library uses.
    private static let limit = 3

    var path = "/etc/resolv.conf"

    /// The addresses in order, IPv6 zones kept (`fe80::1%eth0`).
    func read() throws(ResolverSetupError) -> [String] {
        guard let file = fopen(path, "r") else {
            let reason = String(cString: strerror(errno))
            throw ResolverSetupError(
                "\(path) cannot be read (\(reason)): name a server with --resolver, or ask the roots with --recursive.")
        }
        defer { fclose(file) }
        var servers: [String] = []
        var buffer = [CChar](repeating: 0, count: 1024)
        while servers.count < Self.limit, fgets(&buffer, Int32(buffer.count), file) != nil {
            let line = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            let words = line.split { $0 <= 0x20 }.map { String(decoding: $0, as: UTF8.self) }
            if words.count >= 2, words[0] == "nameserver" { servers.append(words[1]) }
        }
        guard !servers.isEmpty else {
            throw ResolverSetupError(
                "\(path) names no server: name one with --resolver, or ask the roots with --recursive.")
        }
        return servers
    }
}
