public import Evidence
public import MTASTS
public import Polling

/// A validating resolver in the process: libunbound, asking servers, or the roots and down from there.
public final class UnboundResolver: Resolver {
    let pool: ContextPool
    let gate: LookupGate
    let judgement: HealthJudgement
    /// The names whose keys are trusted, those of the files first; `.` is the root.
    let anchored: [String]
    /// How long one lookup may take.
    let timeout: Duration
    /// Of the name servers that are asked one by one.
    let nameServerPort: UInt16

    /// Reads the trust anchor files and starts the resolver; takes some milliseconds.
    public convenience init(_ options: Options = Options()) throws(ResolverSetupError) {
        let upstream: ContextBlueprint.Upstream
        if options.recursive {
            upstream = .roots
        } else if options.resolvers.isEmpty {
            upstream = .system(SystemResolvers())
        } else {
            upstream = .servers(options.resolvers.map { "\($0.address)@\($0.port)" })
        }
        let start = ContinuousClock.now
        try self.init(options, upstream: upstream) { ContinuousClock.now - start }
    }

    /// - Parameter uptime: a clock that never goes back.
    init(
        _ options: Options, upstream: ContextBlueprint.Upstream, uptime: @escaping @Sendable () -> Duration
    ) throws(ResolverSetupError) {
        var anchors = try TrustAnchors.read(options.trustAnchorFiles) + options.trustAnchors
        if options.trustsRoot { anchors += TrustAnchors.root }
        var seen: Set<String> = []
        anchored = anchors.compactMap(TrustAnchors.owner).filter { seen.insert($0).inserted }
        let blueprint = ContextBlueprint(
            upstream: upstream, allowsLoopback: options.allowLoopback, anchors: anchors,
            validation: anchors.isEmpty ? .off : .strict, timeout: options.timeout)
        pool = try ContextPool(blueprint, uptime: uptime)
        gate = LookupGate(limit: max(1, options.concurrency))
        judgement = HealthJudgement(uptime: uptime)
        timeout = options.timeout
        nameServerPort = options.nameServerPort
    }

    public func txt(_ name: DomainName, fresh: Bool) async -> DNSAnswer<[TXTRecord]> {
        await answer(name, .txt, fresh: fresh, read: RDataReader.txt)
    }

    public func mx(_ name: DomainName, fresh: Bool) async -> DNSAnswer<[MXHost]> {
        await answer(name, .mx, fresh: fresh, read: RDataReader.mx)
    }

    public func addresses(_ name: DomainName, fresh: Bool) async -> HostAddresses {
        async let ipv4 = answer(name, .a, fresh: fresh) { records throws(AnswerError) in
            try RDataReader.addresses(records, size: 4)
        }
        async let ipv6 = answer(name, .aaaa, fresh: fresh) { records throws(AnswerError) in
            try RDataReader.addresses(records, size: 16)
        }
        return await HostAddresses(ipv4: ipv4, ipv6: ipv6)
    }

    public func tlsa(_ name: DomainName, fresh: Bool) async -> DNSAnswer<[TLSARecord]> {
        await answer(name, .tlsa, fresh: fresh, read: RDataReader.tlsa)
    }

    public func health() async -> ResolverHealth {
        await judgement.look { await self.lookAtHealth() }
    }

    /// Looks through a context of its own: this is asked every minute, and must neither be answered by a cache nor
    /// empty the one in use.
    public func findsAny(of hosts: [DomainName]) async -> Bool {
        do throws(ResolverSetupError) {
            let context = try await pool.separate(pool.blueprint.validation)
            for host in hosts {
                async let ipv4 = context.lookup(Question(name: host.text, type: .a))
                async let ipv6 = context.lookup(Question(name: host.text, type: .aaaa))
                if await ipv4.isTold { return true }
                if await ipv6.isTold { return true }
            }
        } catch {}
        return false
    }
}
