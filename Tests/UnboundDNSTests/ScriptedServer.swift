import Dispatch
import Evidence
import Glibc
import MTASTS
import Synchronization
import Testing

@testable import UnboundDNS

/// A DNS server on loopback, over UDP and TCP, that answers from a script which may change while it runs. It lives as
/// long as the tests: whoever holds it last, a resolver may still ask it.
final class ScriptedServer: Sendable {
    let port: UInt16
    private let udp: Int32
    private let tcp: Int32
    /// Made in `init` and then only kept.
    private nonisolated(unsafe) let sources: [any DispatchSourceRead]
    private let state: Mutex<State>

    private struct State {
        var script: Script
        var questions: [Script.Key: Int] = [:]
        var waiters: [Script.Key: CheckedContinuation<Void, Never>] = [:]
    }

    struct CannotBind: Error {}

    init(_ edit: (inout Script) -> Void = { _ in }) throws {
        var script = Script()
        edit(&script)
        state = Mutex(State(script: script))
        var sockets: (udp: Int32, tcp: Int32, port: UInt16)?
        // The free port that UDP gets may be taken for TCP.
        for _ in 0..<50 where sockets == nil { sockets = Self.bind() }
        guard let sockets else { throw CannotBind() }
        (udp, tcp, port) = sockets
        let queue = DispatchQueue(label: "scripted.dns")
        sources = [udp, tcp].map { DispatchSource.makeReadSource(fileDescriptor: $0, queue: queue) }
        sources[0].setEventHandler { self.receive() }
        sources[1].setEventHandler { self.accept() }
        for source in sources { source.resume() }
    }

    /// The server as the resolver's options name it.
    var options: UnboundResolver.Options.Server {
        get throws { .init(address: try #require(IPAddress("127.0.0.1")), port: port) }
    }

    func edit(_ edit: (inout Script) -> Void) {
        state.withLock { edit(&$0.script) }
    }

    /// How often the question came.
    func count(_ name: String, _ type: Int) -> Int {
        state.withLock { $0.questions[Script.Key(name: name, type: type), default: 0] }
    }

    /// Returns when the question has come.
    func asked(_ name: String, _ type: Int) async {
        let key = Script.Key(name: name, type: type)
        await withCheckedContinuation { continuation in
            let isHere = state.withLock { state in
                if state.questions[key] == nil { state.waiters[key] = continuation }
                return state.questions[key] != nil
            }
            if isHere { continuation.resume() }
        }
    }

    /// The answer to a message; nil for silence and for what is no question.
    private func answer(_ query: [UInt8], limit: Int) -> [UInt8]? {
        guard query.count > 16 else { return nil }
        var index = 12
        guard let name = WireName(query, at: &index), index + 4 <= query.count else { return nil }
        let key = Script.Key(
            name: name.isRoot ? "." : name.domainName?.text ?? "?", type: Int(query[index]) << 8 | Int(query[index + 1])
        )
        let (reply, waiter) = state.withLock { state in
            state.questions[key, default: 0] += 1
            return (state.script.reply(key), state.waiters.removeValue(forKey: key))
        }
        waiter?.resume()
        switch reply {
        case .silence: return nil
        case .garbage(let bytes): return Array(query[..<2]) + bytes
        case .message(let rcode, let answers, let authority):
            let question = Array(query[12..<(index + 4)])
            let opt: [UInt8] = [0, 0, 41, 4, 208, 0, 0, 128, 0, 0, 0]
            let sections = (answers + authority).flatMap { $0.encoded() }
            func header(_ flags: UInt8, _ counts: [Int]) -> [UInt8] {
                Array(query[..<2]) + [0x84 | flags, UInt8(rcode)]
                    + ([1] + counts + [1]).flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
            }
            let message = header(query[2] & 1, [answers.count, authority.count]) + question + sections + opt
            return message.count <= limit ? message : header(query[2] & 1 | 2, [0, 0]) + question + opt
        }
    }

    private func receive() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        var from = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let count = withUnsafeMutablePointer(to: &from) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                recvfrom(udp, &buffer, buffer.count, 0, $0, &size)
            }
        }
        guard count > 0, let answer = answer(Array(buffer[..<count]), limit: 1232) else { return }
        withUnsafePointer(to: &from) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = sendto(udp, answer, answer.count, 0, $0, size)
            }
        }
    }

    private func accept() {
        let connection = Glibc.accept(tcp, nil, nil)
        guard connection >= 0 else { return }
        DispatchQueue.global().async {
            defer { close(connection) }
            var limit = timeval(tv_sec: 5, tv_usec: 0)
            setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
            while let head = Self.read(2, from: connection),
                let query = Self.read(Int(head[0]) << 8 | Int(head[1]), from: connection),
                let answer = self.answer(query, limit: 65535)
            {
                Self.write([UInt8(answer.count >> 8), UInt8(answer.count & 255)] + answer, to: connection)
            }
        }
    }

    private static func read(_ count: Int, from connection: Int32) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while bytes.count < count {
            let got = recv(connection, &buffer, min(buffer.count, count - bytes.count), 0)
            guard got > 0 else { return nil }
            bytes += buffer[..<got]
        }
        return bytes
    }

    private static func write(_ bytes: [UInt8], to connection: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { return }
            rest = rest.dropFirst(sent)
        }
    }

    private static func bind() -> (udp: Int32, tcp: Int32, port: UInt16)? {
        let udp = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        let tcp = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if let port = bind(udp, to: 0), bind(tcp, to: port) != nil, listen(tcp, 64) == 0 { return (udp, tcp, port) }
        close(udp)
        close(tcp)
        return nil
    }

    private static func bind(_ socket: Int32, to port: UInt16) -> UInt16? {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        address.sin_port = port.bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(socket, $0, size) == 0 && getsockname(socket, $0, &size) == 0
            }
        }
        return code ? UInt16(bigEndian: address.sin_port) : nil
    }
}
