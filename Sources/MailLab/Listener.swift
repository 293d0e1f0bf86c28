import Evidence
import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// One listening socket that can be closed and opened again, and the connections that came through it.
final class Listener: Sendable {
    private struct State {
        var server: (any Channel)?
        var children: [ObjectIdentifier: any Channel] = [:]
    }

    private let place: SocketAddress
    private let name: String
    private let accept: @Sendable (any Channel) throws -> Void
    private let state = Mutex(State())
    private let turnstile = Turnstile()

    /// - Parameter accept: fills the pipeline of a new connection; runs on its event loop.
    init(
        _ address: IPAddress, port: Int, accept: @escaping @Sendable (any Channel) throws -> Void
    ) throws(LabError) {
        guard let place = try? SocketAddress(ipAddress: address.description, port: port) else {
            throw LabError("\(address) is no address for a server of the lab.")
        }
        self.place = place
        self.accept = accept
        name = "\(address), port \(port)"
    }

    /// Opens the port; nothing when it is open.
    func open() async throws(LabError) {
        try await turnstile.pass { () throws(LabError) in try await self.bind() }
    }

    /// Closes the port, so that connecting is refused; connections that stand go on.
    func close() async throws(LabError) {
        try await turnstile.pass { () throws(LabError) in await self.unbind() }
    }

    /// Closes the port and every connection.
    func stop() async {
        try? await close()
        let children = state.withLock { Array($0.children.values) }
        for child in children { try? await child.close() }
    }

    private func bind() async throws(LabError) {
        guard state.withLock({ $0.server == nil }) else { return }
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.backlog, value: 512)
            .childChannelInitializer { child in
                child.eventLoop.makeCompletedFuture {
                    self.remember(child)
                    try self.accept(child)
                }
            }
        do {
            let server = try await Self.insisting { try await bootstrap.bind(to: self.place).get() }
            state.withLock { $0.server = server }
        } catch {
            throw LabError("The lab cannot listen on \(name) (\(error)): end what uses it.")
        }
    }

    /// A port that was just closed stays open for a moment in a process that is being started: until it is its own.
    private static func insisting<Result>(_ bind: () async throws -> Result) async throws -> Result {
        for _ in 0..<100 {
            do {
                return try await bind()
            } catch let error as IOError where error.errnoCode == EADDRINUSE {
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        return try await bind()
    }

    private func unbind() async {
        let server = state.withLock { state in
            defer { state.server = nil }
            return state.server
        }
        try? await server?.close()
    }

    private func remember(_ child: any Channel) {
        let key = ObjectIdentifier(child)
        state.withLock { $0.children[key] = child }
        child.closeFuture.whenComplete { _ in
            _ = self.state.withLock { $0.children.removeValue(forKey: key) }
        }
    }
}
