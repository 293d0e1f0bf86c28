import Deliverability
import Evidence
import Foundation
import Glibc
import MTASTS
import NIOPosix
import OpenSSLTLS
import Polling
import Probing
import Settings
import UnboundDNS

/// The real parts put together: libunbound, HTTPS and SMTP over NIO with OpenSSL, and the poller over them.
struct Engine: Sendable {
    let poller: Poller
    /// What the poller remembers in.
    let history: any HistoryStore

    /// What the settings leave open, filled in.
    struct Plan {
        var poll = PollSettings()
        var resolver = UnboundResolver.Options()
        var trust: TrustStore?
        var httpsPort = 443
        var helo: DomainName?
        var timeout = Duration.seconds(30)
    }

    init(
        _ plan: Plan, history: any HistoryStore = TransientHistory(), time: any TimeSource = SystemTime(),
        tell: @escaping @Sendable (EngineEvent) -> Void
    ) throws {
        let resolver: UnboundResolver
        do throws(ResolverSetupError) {
            resolver = try UnboundResolver(plan.resolver)
        } catch {
            throw CommandFailure(error.description, .noInput)
        }
        let store: TrustStore
        let (client, permissive): (TLSContext, TLSContext)
        let families: [KeyFamily: TLSContext]
        do throws(TLSSetupError) {
            if let trust = plan.trust { store = trust } else { store = try TrustStore.system() }
            client = try TLSContext.client()
            permissive = try TLSContext.client(permissive: true)
            families = [.rsa: try TLSContext.client(only: .rsa), .ecdsa: try TLSContext.client(only: .ecdsa)]
        } catch {
            throw CommandFailure(error.description, .noInput)
        }
        let judge = OpenSSLChainJudge(store: store)
        let group = MultiThreadedEventLoopGroup.singleton
        let prober = SMTPProbe(
            group: group, judge: judge, client: client, permissive: permissive, families: families,
            helo: plan.helo ?? Self.hostName(),
            deadlines: ProbeDeadlines(timeout: plan.timeout))
        let fetcher = HTTPSPolicyFetcher(
            group: group, judge: judge, client: client, port: plan.httpsPort, timeout: plan.timeout)
        self.history = history
        poller = Poller(
            settings: plan.poll, resolver: resolver, fetcher: fetcher, prober: prober, judge: judge,
            history: history, time: time, tell: tell)
    }

    private static func hostName() -> DomainName {
        var buffer = [CChar](repeating: 0, count: 256)
        _ = gethostname(&buffer, buffer.count - 1)
        let name = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        for candidate in [name, "localhost"] {
            if let host = DomainName(candidate), host.isHostName { return host }
        }
        preconditionFailure("localhost is a host name")
    }
}

extension Engine.Plan {
    /// From the settings and options together.
    init(_ values: SettingsValues) throws {
        resolver.resolvers = values.resolvers.map { .init(address: $0.address, port: $0.port) }
        resolver.recursive = values.recursive ?? false
        resolver.trustAnchorFiles = values.trustAnchor.map { [$0] } ?? []
        // A resolver at a private address speaks for a private network; any other may name whatever it likes.
        let isInside = !values.resolvers.isEmpty && values.resolvers.allSatisfy(\.address.isSpecialUse)
        poll.allowPrivate = values.allowPrivate ?? isInside
        resolver.allowLoopback = poll.allowPrivate
        if let port = values.smtpPort { poll.smtpPort = Int(port) }
        if let port = values.httpsPort { httpsPort = Int(port) }
        helo = values.helo
        poll.controlHosts = values.controlHosts
        if let queues = values.queueLifetimes { poll.queueLifetimes = queues }
        if let timeout = values.timeout {
            self.timeout = timeout
            resolver.timeout = min(timeout, .seconds(10))
        }
        if let interval = values.interval {
            poll.interval = Double(interval.components.seconds)
            poll.problemInterval = min(poll.problemInterval, poll.interval)
        }
        guard let file = values.caFile else { return }
        do throws(TLSSetupError) {
            trust = try TrustStore.file(file)
        } catch {
            throw CommandFailure(error.description, .noInput)
        }
    }
}
