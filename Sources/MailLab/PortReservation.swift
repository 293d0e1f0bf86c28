import Evidence
import Glibc
import NIOCore

/// One TCP port held on several loopback addresses: bound, not listening, so that connecting is refused.
///
/// A listener with SO_REUSEADDR may be opened beside it and closed again any number of times, and nobody else is given
/// the port meanwhile.
final class PortReservation: Sendable {
    let port: Int
    /// The addresses that were had: all of IPv4, and `::1` where the machine has it.
    let addresses: [IPAddress]
    private let descriptors: [Int32]

    private init(port: Int, held: [(IPAddress, Int32)]) {
        self.port = port
        addresses = held.map(\.0)
        descriptors = held.map(\.1)
    }

    deinit {
        for descriptor in descriptors { close(descriptor) }
    }

    /// Takes a port that is free on all of the addresses.
    static func take(_ wanted: [IPAddress]) throws(LabError) -> PortReservation {
        for _ in 0..<100 {
            if let taken = try attempt(wanted) { return taken }
        }
        throw LabError("No TCP port is free on all \(wanted.count) loopback addresses of the lab: end other labs.")
    }

    /// Nil when the port that the first address got is in use on another one.
    private static func attempt(_ wanted: [IPAddress]) throws(LabError) -> PortReservation? {
        var port = 0
        var held: [(IPAddress, Int32)] = []
        for address in wanted {
            switch bindSocket(address, port) {
            case .success(let (descriptor, given)):
                port = given
                held.append((address, descriptor))
            case .failure(let failure) where failure.code == EADDRINUSE:
                for (_, descriptor) in held { close(descriptor) }
                return nil
            case .failure where !address.isIPv4:
                continue
            case .failure(let failure):
                for (_, descriptor) in held { close(descriptor) }
                let reason = String(cString: strerror(failure.code))
                throw LabError("The lab cannot use \(address) (\(reason)): it needs the loopback network 127.0.0.0/8.")
            }
        }
        return PortReservation(port: port, held: held)
    }

    private struct SystemError: Error {
        let code: Int32
    }

    private static func bindSocket(_ address: IPAddress, _ port: Int) -> Result<(Int32, Int), SystemError> {
        let family = address.isIPv4 ? AF_INET : AF_INET6
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(family, kind, 0)
        guard descriptor >= 0 else { return .failure(SystemError(code: errno)) }
        guard let place = try? SocketAddress(ipAddress: address.description, port: port),
            place.withSockAddr({ bind(descriptor, $0, socklen_t($1)) }) == 0,
            let given = boundPort(descriptor)
        else {
            let code = errno
            close(descriptor)
            return .failure(SystemError(code: code))
        }
        // Not before the bind, so that nobody else can share the port; now, so that our listener can.
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        return .success((descriptor, given))
    }

    private static func boundPort(_ descriptor: Int32) -> Int? {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutableBytes(of: &storage) { raw -> Int? in
            guard let base = raw.baseAddress,
                getsockname(descriptor, base.assumingMemoryBound(to: sockaddr.self), &size) == 0
            else { return nil }
            // Both families keep the port in bytes 2 and 3, in network order.
            return Int(raw[2]) << 8 | Int(raw[3])
        }
    }
}
