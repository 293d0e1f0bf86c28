public import Evidence
import FoundationEssentials
public import Polling
import Synchronization

/// A small internet in the process, loopback only: a name server, policy hosts, MX hosts.
///
/// The sockets do what `world` says; whoever changes the world waits until they do.
public final class Lab: Sendable {
    private struct State {
        var world: LabWorld
        /// What is shown now, by host name, policy hosts included.
        var identities: [String: LabIdentity] = [:]
        var drawer: CertificateDrawer
    }

    /// The world as it was at the start: what repairs go back to.
    public let original: LabWorld
    public let authority: LabAuthority
    /// The MX hosts, their counts and visits.
    public let smtp: LabSMTPServer
    /// The policy hosts.
    public let web: LabPolicyHost
    /// The name server: the root and all below it.
    public let names: LabDNSServer

    private let addresses: [String: [IPAddress]]
    /// Around this signatures are dated: a validator knows no other clock than the system's.
    private let signingStart = Date()
    private let state: Mutex<State>
    private let turnstile = Turnstile()

    private init(
        world: LabWorld, authority: LabAuthority, smtp: LabSMTPServer, web: LabPolicyHost, names: LabDNSServer,
        addresses: [String: [IPAddress]], state: State
    ) {
        original = world
        self.authority = authority
        self.smtp = smtp
        self.web = web
        self.names = names
        self.addresses = addresses
        self.state = Mutex(state)
    }

    /// Makes the certificates, opens the ports and writes the zones.
    /// - Parameter time: the dates of the certificates and the Date headers are made from it.
    public static func start(
        _ world: LabWorld = .demo, time: any TimeSource = SystemTime()
    ) async throws(LabError) -> Lab {
        let now = time.now
        let authority = try LabAuthority(now: now)
        var drawer = CertificateDrawer(authority, start: now)
        let identities = try drawer.identities(of: world)
        let seats = LabAddresses.allot(world)
        var hosts: [(IPAddress, LabMXSetup)] = []
        for (host, address) in seats {
            guard let identity = identities[host.name] else { continue }
            hosts.append((address, host.setup(identity)))
        }
        let fallback = try LabCertificate.selfSigned.issue(for: "default.invalid", by: authority, start: now)
        let names = try await LabDNSServer.start([])
        var smtp: LabSMTPServer?
        do throws(LabError) {
            let mail = try await LabSMTPServer.start(hosts)
            smtp = mail
            let web = try await LabPolicyHost.start(at: LabAddresses.web, fallback: fallback, time: time)
            let had = Set(mail.addresses)
            let addresses = Dictionary(grouping: seats.filter { had.contains($0.1) }, by: \.0.name)
                .mapValues { $0.map(\.1) }
            let lab = Lab(
                world: world, authority: authority, smtp: mail, web: web, names: names, addresses: addresses,
                state: State(world: world, identities: identities, drawer: drawer))
            try lab.publish(world, identities, drawer)
            return lab
        } catch {
            await smtp?.stop()
            await names.stop()
            throw error
        }
    }

    /// How the world is now.
    public var world: LabWorld { state.withLock { $0.world } }

    /// The DNS of the lab as it is now: the root, one zone for each top-level name, and what is delegated below.
    public var zones: [LabZone] { names.zones }

    /// The DS record of the root: what a resolver trusts that asks the name server.
    public var trustAnchor: String? { names.trustAnchor(of: ".") }

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
        await names.stop()
    }

    private func become(_ new: LabWorld) async throws(LabError) {
        if let stranger = (new.hosts.map(\.name) + new.domains.flatMap(\.hosts)).first(where: { addresses[$0] == nil })
        {
            throw LabError("\(stranger) has no address in this lab: name it in the world that the lab starts with.")
        }
        var drawer = state.withLock { $0.drawer }
        let identities = try drawer.identities(of: new)
        for host in new.hosts {
            guard let identity = identities[host.name] else { continue }
            let setup = host.setup(identity)
            for address in addresses(of: host.name) where smtp.setup(at: address) != setup {
                try await smtp.set(setup, at: address)
            }
        }
        try publish(new, identities, drawer)
    }

    /// Brings policy hosts and zones in line with a world and makes it the current one.
    private func publish(
        _ world: LabWorld, _ identities: [String: LabIdentity], _ drawer: CertificateDrawer
    ) throws(LabError) {
        var drawer = drawer
        let oldDomains = state.withLock { $0.world.domains }
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
            addresses: addresses, webAddress: web.address, tlsa: try drawer.tlsa(of: world), start: signingStart
        ).zones(of: world)
        // Zones that stay as they are keep their signatures.
        if zones != names.zones { try names.set(zones) }
        try names.setFaults(world.dnsFaults)
        state.withLock { state in
            state.world = world
            state.identities = identities
            state.drawer = drawer
        }
    }
}

extension LabWorld {
    /// What the name server does otherwise than its zones say.
    fileprivate var dnsFaults: [LabDNSScope: LabDNSFault] {
        var faults: [LabDNSScope: LabDNSFault] = [:]
        for host in hosts { faults[.question("_25._tcp." + host.name, DNSType.tlsa)] = host.tlsaFault }
        return faults
    }
}
