public import Evidence
import FoundationEssentials
public import Polling
import Synchronization

/// A small internet in the process, loopback only: DNS data to hand to a resolver, policy hosts, MX hosts.
///
/// The sockets do what `world` says; whoever changes the world waits until they do.
public final class Lab: Sendable {
    private struct State {
        var world: LabWorld
        var zones: [LabZone] = []
        /// By host name, policy hosts included.
        var identities: [String: LabIdentity] = [:]
        var onZoneChange: (@Sendable ([LabZone]) -> Void)?
    }

    /// The world as it was at the start: what repairs go back to.
    public let original: LabWorld
    public let authority: LabAuthority
    /// The MX hosts, their counts and visits.
    public let smtp: LabSMTPServer
    /// The policy hosts.
    public let web: LabPolicyHost

    private let start: Date
    private let addresses: [String: [IPAddress]]
    private let state: Mutex<State>
    private let turnstile = Turnstile()

    private init(
        world: LabWorld, authority: LabAuthority, smtp: LabSMTPServer, web: LabPolicyHost, start: Date,
        addresses: [String: [IPAddress]], identities: [String: LabIdentity]
    ) {
        original = world
        self.authority = authority
        self.smtp = smtp
        self.web = web
        self.start = start
        self.addresses = addresses
        state = Mutex(State(world: world, identities: identities))
    }

    /// Makes the certificates, opens the ports and writes the zones.
    /// - Parameter time: the dates of the certificates and the Date headers are made from it.
    public static func start(
        _ world: LabWorld = .demo, time: any TimeSource = SystemTime()
    ) async throws(LabError) -> Lab {
        let now = time.now
        let authority = try LabAuthority(now: now)
        var identities: [String: LabIdentity] = [:]
        for (name, certificate) in world.certificates {
            identities[name] = try certificate.issue(for: name, by: authority, start: now)
        }
        let seats = LabAddresses.allot(world)
        var hosts: [(IPAddress, LabMXSetup)] = []
        for (host, address) in seats {
            guard let identity = identities[host.name] else { continue }
            hosts.append((address, host.setup(identity)))
        }
        let fallback = try LabCertificate.selfSigned.issue(for: "default.invalid", by: authority, start: now)
        let smtp = try await LabSMTPServer.start(hosts)
        do throws(LabError) {
            let web = try await LabPolicyHost.start(at: LabAddresses.web, fallback: fallback, time: time)
            let had = Set(smtp.addresses)
            let addresses = Dictionary(grouping: seats.filter { had.contains($0.1) }, by: \.0.name)
                .mapValues { $0.map(\.1) }
            let lab = Lab(
                world: world, authority: authority, smtp: smtp, web: web, start: now, addresses: addresses,
                identities: identities)
            try lab.publish(world, identities)
            return lab
        } catch {
            await smtp.stop()
            throw error
        }
    }

    /// How the world is now.
    public var world: LabWorld { state.withLock { $0.world } }

    /// The DNS of the lab as it is now, one zone for each top-level name.
    public var zones: [LabZone] { state.withLock { $0.zones } }

    /// The trusted root: for the trust store of whoever watches.
    public var caPEM: String { authority.rootPEM }

    /// The one port of all MX hosts.
    public var smtpPort: Int { smtp.port }

    /// The one port of all policy hosts.
    public var httpsPort: Int { web.port }

    /// The addresses of an MX host, those that the machine has.
    public func addresses(of host: String) -> [IPAddress] { addresses[host] ?? [] }

    /// The certificate that an MX host or a policy host shows now.
    public func identity(of host: String) -> LabIdentity? { state.withLock { $0.identities[host] } }

    /// Calls `handler` with the zones that changed, each time, before the change's caller goes on.
    public func onZoneChange(_ handler: @escaping @Sendable ([LabZone]) -> Void) {
        state.withLock { $0.onZoneChange = handler }
    }

    /// Changes the world and waits until sockets and zones have followed; changes come one after the other.
    ///
    /// MX hosts must be among those that were there at the start.
    public func change(
        _ edit: @escaping @Sendable (inout LabWorld) throws(LabError) -> Void
    ) async throws(LabError) {
        try await turnstile.pass { () async throws(LabError) in
            var new = self.world
            try edit(&new)
            try await self.become(new)
        }
    }

    /// Closes every port and connection.
    public func stop() async {
        await smtp.stop()
        await web.stop()
    }

    private func become(_ new: LabWorld) async throws(LabError) {
        if let stranger = (new.hosts.map(\.name) + new.domains.flatMap(\.hosts)).first(where: { addresses[$0] == nil })
        {
            throw LabError("\(stranger) has no address in this lab: name it in the world that the lab starts with.")
        }
        let (old, before) = state.withLock { ($0.world, $0.identities) }
        var identities = before
        let shown = old.certificates
        for (name, certificate) in new.certificates where shown[name] != certificate {
            identities[name] = try certificate.issue(for: name, by: authority, start: start)
        }
        for host in new.hosts {
            guard let identity = identities[host.name] else { continue }
            let setup = host.setup(identity)
            for address in addresses(of: host.name) where smtp.setup(at: address) != setup {
                try await smtp.set(setup, at: address)
            }
        }
        try publish(new, identities)
    }

    /// Brings policy hosts and zones in line with a world and makes it the current one.
    private func publish(_ world: LabWorld, _ identities: [String: LabIdentity]) throws(LabError) {
        let (oldDomains, oldZones) = state.withLock { ($0.world.domains, $0.zones) }
        var changes: [String: LabPolicySite?] = [:]
        for gone in oldDomains where world.domain(gone.name) == nil {
            changes.updateValue(nil, forKey: gone.policyHost)
        }
        for domain in world.domains {
            var site: LabPolicySite?
            if let reply = domain.policy, let identity = identities[domain.policyHost] {
                site = LabPolicySite(reply: reply, identity: identity)
            }
            if web.site(domain.policyHost) != site { changes.updateValue(site, forKey: domain.policyHost) }
        }
        if !changes.isEmpty { try web.set(changes) }
        let zones = LabZoneMaker(
            addresses: addresses, webAddress: web.address, tlsa: identities.mapValues(\.endEntityTLSA)
        ).zones(of: world)
        let emptied = oldZones.filter { old in !zones.contains { $0.name == old.name } }.map { old in
            LabZone(name: old.name, records: [])
        }
        let changed = zones.filter { !oldZones.contains($0) } + emptied
        let tell = state.withLock { state in
            state.world = world
            state.identities = identities
            state.zones = zones
            return state.onZoneChange
        }
        if !changed.isEmpty { tell?(changed) }
    }
}
