import Glibc
import NIOCore

/// Why a connection did not come to be, or broke, read from NIO's errors.
enum ConnectFailure: Hashable, Sendable {
    case refused
    case timeout
    /// Reset, or closed by the peer.
    case closed
    /// A router, or our own machine on the same link, says that this host cannot be reached.
    case unreachable
    /// Our network or our machine, in words.
    case local(String)

    init(_ error: any Error) {
        switch error {
        case ChannelError.connectTimeout: self = .timeout
        case ChannelError.eof, ChannelError.ioOnClosedChannel, ChannelError.alreadyClosed: self = .closed
        case let error as IOError: self = Self.reading(error.errnoCode)
        default: self = .local("\(error)")
        }
    }

    var words: String {
        switch self {
        case .refused: "connection refused"
        case .timeout: "timed out"
        case .closed: "connection closed"
        case .unreachable: "host unreachable"
        case .local(let reason): reason
        }
    }

    private static func reading(_ code: CInt) -> ConnectFailure {
        switch code {
        case ECONNREFUSED: .refused
        case ETIMEDOUT: .timeout
        case ECONNRESET, EPIPE, ECONNABORTED, ENOTCONN: .closed
        case EHOSTUNREACH, EHOSTDOWN: .unreachable
        case ENETUNREACH, ENETDOWN, EADDRNOTAVAIL: .local("network unreachable")
        case EMFILE, ENFILE: .local("no file descriptor left: raise the limit of open files (ulimit -n)")
        case EACCES, EPERM: .local("the connection is forbidden on this machine")
        case EAFNOSUPPORT: .local("this machine does not speak the address family")
        default: .local("system error \(code)")
        }
    }
}
