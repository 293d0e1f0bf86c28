import Foundation
import Glibc

/// Loopback addresses and ports of one test bed, and the wait until something listens there.
struct Loopback {
    /// The first three numbers of the bed's own addresses, `127.A.B`.
    let network: String
    /// Whether `::1` can be used on this machine.
    let hasIPv6: Bool
    let dnsPort: UInt16
    let httpsPort: UInt16
    let smtpPort: UInt16

    var dns: String { network + ".1" }
    var policyHost: String { network + ".2" }

    /// Address of the n-th MX host, counted from 0.
    func mailHost(_ index: Int) -> String { network + ".\(10 + index)" }

    /// The same, before there is a test bed.
    static var hasIPv6: Bool {
        guard let port = HeldPort("::1") else { return false }
        port.release()
        return true
    }

    /// Picks a network at random (so that two runs at once do not meet) and three free ports.
    static func pick() throws -> Loopback {
        let network = "127.\(UInt8.random(in: 16...250)).\(UInt8.random(in: 1...250))"
        var held: [HeldPort] = []
        defer { for port in held { port.release() } }
        guard let probe = HeldPort(network + ".1") else {
            throw Tool.Failure(description: "cannot listen on \(network).1")
        }
        held.append(probe)
        let sixth = HeldPort("::1")
        if let sixth { held.append(sixth) }

        var ports: [UInt16] = []
        for _ in 0..<200 where ports.count < 3 {
            guard let own = HeldPort(network + ".1") else { continue }
            held.append(own)
            // The same port serves ::1, which belongs to the whole machine.
            if sixth != nil {
                guard let other = HeldPort("::1", port: own.port) else { continue }
                held.append(other)
            }
            ports.append(own.port)
        }
        guard ports.count == 3 else { throw Tool.Failure(description: "no three free ports on loopback") }
        return Loopback(
            network: network, hasIPv6: sixth != nil, dnsPort: ports[0], httpsPort: ports[1], smtpPort: ports[2])
    }

    /// Waits until a connection is accepted; false when none was within the time.
    static func accepts(_ address: String, _ port: UInt16, within seconds: Double) async -> Bool {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while true {
            if let fd = openSocket(address, port, connect) {
                close(fd)
                return true
            }
            guard ContinuousClock.now < deadline, (try? await Task.sleep(for: .milliseconds(20))) != nil else {
                return false
            }
        }
    }

    /// A TCP socket bound or connected to a numeric address; nil when that fails.
    fileprivate static func openSocket(
        _ address: String, _ port: UInt16, _ use: (Int32, UnsafePointer<sockaddr>?, socklen_t) -> Int32
    ) -> Int32? {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(address, String(port), &hints, &found) == 0, let found else { return nil }
        defer { freeaddrinfo(found) }
        let fd = socket(found.pointee.ai_family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard fd >= 0 else { return nil }
        guard use(fd, found.pointee.ai_addr, found.pointee.ai_addrlen) == 0 else {
            close(fd)
            return nil
        }
        return fd
    }
}

/// A port kept from others while more are looked for.
private struct HeldPort {
    private let fd: Int32
    let port: UInt16

    init?(_ address: String, port: UInt16 = 0) {
        guard let fd = Loopback.openSocket(address, port, bind) else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int(MemoryLayout<sockaddr_in6>.size))
        var size = socklen_t(bytes.count)
        let named = bytes.withUnsafeMutableBytes {
            getsockname(fd, $0.assumingMemoryBound(to: sockaddr.self).baseAddress, &size)
        }
        guard named == 0 else {
            close(fd)
            return nil
        }
        self.fd = fd
        // The port stands behind the family in IPv4 and in IPv6 addresses.
        self.port = UInt16(bytes[2]) << 8 | UInt16(bytes[3])
    }

    func release() { close(fd) }
}
