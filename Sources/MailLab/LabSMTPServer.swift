public import Evidence
import NIOCore
import OpenSSLTLS
import Synchronization

/// MX hosts on loopback addresses that share one port; each address behaves as it is told, also while it runs.
public final class LabSMTPServer: Sendable {
    private struct Seat {
        var setup: LabMXSetup
        /// One for each server behind the address.
        var contexts: [TLSContext]
        var connections = 0
        var visits: [LabVisit] = []
    }

    /// Visits kept an address; connections beyond are counted only.
    private static let visitLimit = 1_000

    private let reservation: PortReservation
    private let faults: LabFaults?
    private let seats: Mutex<[IPAddress: Seat]>
    private let listeners = Mutex<[IPAddress: Listener]>([:])

    private init(reservation: PortReservation, seats: [IPAddress: Seat], faults: LabFaults?) {
        self.reservation = reservation
        self.faults = faults
        self.seats = Mutex(seats)
    }

    /// Opens one port, free on all addresses, with the same host at each of them.
    ///
    /// An IPv6 address that the machine lacks is left out: see `addresses`.
    public static func start(
        at addresses: [IPAddress], as setup: LabMXSetup, faults: LabFaults? = nil
    ) async throws(LabError) -> LabSMTPServer {
        try await start(addresses.map { ($0, setup) }, faults: faults)
    }

    /// Opens one port, free on all addresses, with a host of its own at each.
    /// - Parameter faults: gives each connection what spoils it.
    public static func start(
        _ hosts: [(IPAddress, LabMXSetup)], faults: LabFaults? = nil
    ) async throws(LabError) -> LabSMTPServer {
        let reservation = try PortReservation.take(hosts.map(\.0))
        var seats: [IPAddress: Seat] = [:]
        for (address, setup) in hosts where reservation.addresses.contains(address) {
            seats[address] = Seat(setup: setup, contexts: try contexts(for: setup))
        }
        let server = LabSMTPServer(reservation: reservation, seats: seats, faults: faults)
        try await server.open()
        return server
    }

    /// The port that all addresses share.
    public var port: Int { reservation.port }

    /// The addresses in use, in the order given.
    public var addresses: [IPAddress] { reservation.addresses }

    /// What the host at an address is now; nil for a foreign address.
    public func setup(at address: IPAddress) -> LabMXSetup? {
        seats.withLock { $0[address]?.setup }
    }

    /// Makes the host at an address another one; connections made after the return see it, older ones do not.
    public func set(_ setup: LabMXSetup, at address: IPAddress) async throws(LabError) {
        let contexts = try Self.contexts(for: setup)
        let known = seats.withLock { seats in
            seats[address]?.setup = setup
            seats[address]?.contexts = contexts
            return seats[address] != nil
        }
        guard known else { throw LabError("No MX host of the lab stands at \(address).") }
        try await settle(address)
    }

    /// Switches the behaviour of one address.
    public func set(_ behaviour: MXBehaviour, at address: IPAddress) async throws(LabError) {
        guard var new = setup(at: address) else { throw LabError("No MX host of the lab stands at \(address).") }
        new.behaviour = behaviour
        try await set(new, at: address)
    }

    /// Replaces the certificate at one address.
    public func set(_ identity: LabIdentity, at address: IPAddress) async throws(LabError) {
        guard var new = setup(at: address) else { throw LabError("No MX host of the lab stands at \(address).") }
        new.identity = identity
        try await set(new, at: address)
    }

    /// Connections taken at an address since the start or the last `forget`.
    public func connections(to address: IPAddress) -> Int {
        seats.withLock { $0[address]?.connections ?? 0 }
    }

    /// What the connections did, in the order they came; at most 1,000 an address.
    public func visits(to address: IPAddress) -> [LabVisit] {
        seats.withLock { $0[address]?.visits ?? [] }
    }

    /// Sets every count to zero and forgets the visits; for use while no connection stands.
    public func forget() {
        seats.withLock { seats in
            for address in seats.keys {
                seats[address]?.connections = 0
                seats[address]?.visits = []
            }
        }
    }

    /// Closes all ports and connections.
    public func stop() async {
        for listener in listeners.withLock({ Array($0.values) }) { await listener.stop() }
    }

    private func open() async throws(LabError) {
        for address in addresses {
            let listener = try Listener(address, port: port) { [weak self] channel in
                guard let self else { return channel.close(promise: nil) }
                let fault = self.faults?.next()
                guard let handler = self.receive(address, fault) else { return channel.close(promise: nil) }
                if let fault { try channel.pipeline.syncOperations.addHandler(fault) }
                try channel.pipeline.syncOperations.addHandler(handler)
            }
            listeners.withLock { $0[address] = listener }
            do {
                try await settle(address)
            } catch {
                await stop()
                throw error
            }
        }
    }

    private func settle(_ address: IPAddress) async throws(LabError) {
        guard let listener = listeners.withLock({ $0[address] }) else { return }
        if setup(at: address)?.behaviour == .refused {
            try await listener.close()
        } else {
            try await listener.open()
        }
    }

    /// Counts a new connection and makes what will talk to it.
    private func receive(_ address: IPAddress, _ fault: LabFaultHandler?) -> LabSMTPHandler? {
        let seated = seats.withLock { seats -> (seat: Seat, isNoted: Bool)? in
            guard let seat = seats[address] else { return nil }
            seats[address]?.connections += 1
            let isNoted = seat.visits.count < Self.visitLimit
            if isNoted { seats[address]?.visits.append(LabVisit()) }
            return (seat, isNoted)
        }
        guard let (seat, isNoted) = seated else { return nil }
        let index = seat.visits.count
        let context = seat.contexts[seat.connections % seat.contexts.count]
        return LabSMTPHandler(seat.setup, context: context, fault: fault) { [weak self] visit in
            guard isNoted else { return }
            self?.seats.withLock { seats in
                guard let count = seats[address]?.visits.count, index < count else { return }
                seats[address]?.visits[index] = visit
            }
        }
    }

    private static func contexts(for setup: LabMXSetup) throws(LabError) -> [TLSContext] {
        var contexts: [TLSContext] = []
        for identity in [setup.identity] + setup.others { contexts.append(try context(for: setup, identity)) }
        return contexts
    }

    private static func context(for setup: LabMXSetup, _ shown: LabIdentity) throws(LabError) -> TLSContext {
        let legacy = setup.behaviour == .legacyOnly
        let newest: TLSVersion = setup.behaviour == .renegotiation ? .v12 : .v13
        let identity = TLSServerIdentity(
            names: [], chainPEM: shown.chainPEM, keyPEM: shown.keyPEM)
        do throws(TLSSetupError) {
            return try TLSContext.server(
                identities: [identity], minimum: legacy ? .v10 : .v12, maximum: legacy ? .v11 : newest,
                permissive: legacy)
        } catch {
            throw LabError("The MX host \(setup.hostName) cannot speak TLS: \(error)")
        }
    }
}
