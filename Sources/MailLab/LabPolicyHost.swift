public import Evidence
import NIOCore
import NIOHTTP1
import OpenSSLTLS
public import Polling
import Synchronization

/// HTTPS for all policy hosts of a lab: one loopback address and port, SNI tells the hosts apart.
public final class LabPolicyHost: Sendable {
    private struct State {
        var sites: [String: LabPolicySite] = [:]
        var requests: [String: Int] = [:]
        var context: TLSContext
        var door = LabPolicyDoor.open
    }

    private let reservation: PortReservation
    private let fallback: LabIdentity
    private let time: any TimeSource
    private let state: Mutex<State>
    /// Held by the one who changes sites: certificates are loaded without holding up the connections.
    private let updates = Mutex(())
    private let listener = Mutex<Listener?>(nil)

    private init(
        reservation: PortReservation, fallback: LabIdentity, context: TLSContext, time: any TimeSource
    ) {
        self.reservation = reservation
        self.fallback = fallback
        self.time = time
        state = Mutex(State(context: context))
    }

    /// Opens a port at `address`.
    /// - Parameters:
    ///   - fallback: shown where SNI names no site.
    ///   - time: the Date header is made from it.
    ///   - faults: gives each connection what spoils it.
    public static func start(
        at address: IPAddress, fallback: LabIdentity, time: any TimeSource = SystemTime(), faults: LabFaults? = nil
    ) async throws(LabError) -> LabPolicyHost {
        let reservation = try PortReservation.take([address])
        let host = LabPolicyHost(
            reservation: reservation, fallback: fallback, context: try context(for: [:], fallback), time: time)
        let listener = try Listener(address, port: reservation.port) { [weak host] channel in
            guard let host else { return channel.close(promise: nil) }
            try host.receive(channel, faults?.next())
        }
        host.listener.withLock { $0 = listener }
        try await listener.open()
        return host
    }

    /// Fills the pipeline of a new connection.
    private func receive(_ channel: any Channel, _ fault: LabFaultHandler?) throws {
        let (tls, door) = state.withLock { ($0.context, $0.door) }
        let pipeline = channel.pipeline.syncOperations
        guard door == .open else { return try pipeline.addHandler(LabDoorHandler(door)) }
        if let fault, fault.fault.isOnTheWire { try pipeline.addHandler(fault) }
        try pipeline.addHandler(TLSHandler(context: tls, role: .server))
        if let fault, !fault.fault.isOnTheWire { try pipeline.addHandler(fault) }
        try pipeline.configureHTTPServerPipeline()
        try pipeline.addHandler(LabPolicyHandler(self))
    }

    /// Changes what happens before TLS; connections made after the return see it.
    public func set(_ door: LabPolicyDoor) {
        state.withLock { $0.door = door }
    }

    public var port: Int { reservation.port }

    /// The one address of all policy hosts.
    public var address: IPAddress { reservation.addresses[0] }

    /// The site of a host name such as `mta-sts.harbour.example`; nil where there is none.
    public func site(_ host: String) -> LabPolicySite? {
        state.withLock { $0.sites[host] }
    }

    /// Sets, changes or (with nil) removes sites by host name; connections made after the return see it.
    public func set(_ changes: [String: LabPolicySite?]) throws(LabError) {
        try updates.withLock { _ throws(LabError) in try update(changes) }
    }

    private func update(_ changes: [String: LabPolicySite?]) throws(LabError) {
        var sites = state.withLock { $0.sites }
        let before = sites
        for (host, site) in changes { sites[host] = site }
        var context: TLSContext?
        if sites.mapValues(\.identity) != before.mapValues(\.identity) {
            context = try Self.context(for: sites, fallback)
        }
        state.withLock { state in
            state.sites = sites
            if let context { state.context = context }
        }
    }

    /// Sets one site.
    public func set(_ site: LabPolicySite?, for host: String) throws(LabError) {
        try set([host: site])
    }

    /// Requests for a host name since the start.
    public func requests(to host: String) -> Int {
        state.withLock { $0.requests[host] ?? 0 }
    }

    /// Closes the port and all connections.
    public func stop() async {
        await listener.withLock { $0 }?.stop()
    }

    /// Counts a request and finds its answer; 404 for any host or path that is none.
    func answer(host: String, path: String) -> LabPolicyReply {
        state.withLock { state in
            guard let site = state.sites[host] else { return .notFound }
            state.requests[host, default: 0] += 1
            return path == "/.well-known/mta-sts.txt" ? site.reply : .notFound
        }
    }

    /// The Date header for now (RFC 9110 5.6.7).
    var date: String { HTTPDate.text(time.now) }

    private static func context(
        for sites: [String: LabPolicySite], _ fallback: LabIdentity
    ) throws(LabError) -> TLSContext {
        let named = sites.sorted { $0.key < $1.key }.map { host, site in
            TLSServerIdentity(names: [host], chainPEM: site.identity.chainPEM, keyPEM: site.identity.keyPEM)
        }
        let first = TLSServerIdentity(names: [], chainPEM: fallback.chainPEM, keyPEM: fallback.keyPEM)
        do throws(TLSSetupError) {
            return try TLSContext.server(identities: [first] + named)
        } catch {
            throw LabError("The policy hosts of the lab cannot speak TLS: \(error)")
        }
    }
}
