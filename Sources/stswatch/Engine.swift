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
    let resolver: UnboundResolver
    let history: TransientHistory

    /// What the settings leave open, filled in.
    struct Plan {
        var poll = PollSettings()
        var resolver = UnboundResolver.Options()
        var trust: TrustStore?
        var httpsPort = 443
        var helo: String?
        var timeout = Duration.seconds(30)
    }

    init(
        _ plan: Plan, time: any TimeSource = SystemTime(), tell: @escaping @Sendable (EngineEvent) -> Void
    ) throws {
        do {
            resolver = try UnboundResolver(plan.resolver)
            let judge = OpenSSLChainJudge(store: try plan.trust ?? TrustStore.system())
            let group = MultiThreadedEventLoopGroup.singleton
            let prober = try SMTPProbe(
                group: group, judge: judge, helo: plan.helo ?? Self.hostName(), timeout: plan.timeout)
            let fetcher = try HTTPSPolicyFetcher(
                group: group, judge: judge, port: plan.httpsPort, timeout: plan.timeout)
            history = TransientHistory()
            poller = Poller(
                settings: plan.poll, resolver: resolver, fetcher: fetcher, prober: prober, judge: judge,
                history: history, time: time, tell: tell)
        } catch let error as ResolverSetupError {
            throw CommandFailure(error.description, .noInput)
        } catch let error as TLSSetupError {
            throw CommandFailure(error.description, .noInput)
        }
    }

    private static func hostName() -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
        let name = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return DomainName(name).map { $0.isHostName ? $0.text : "localhost" } ?? "localhost"
    }
}

extension Engine.Plan {
    /// From the settings and options together.
    init(_ values: SettingsValues) throws {
        resolver.resolvers = values.resolvers.map { .init(address: $0.address, port: $0.port) }
        resolver.recursive = values.recursive ?? false
        resolver.trustAnchorFiles = values.trustAnchor.map { [$0] } ?? []
        // Somebody who names the resolver knows the network it speaks for.
        poll.allowPrivate = values.allowPrivate ?? !values.resolvers.isEmpty
        resolver.allowLoopback = poll.allowPrivate
        if let port = values.smtpPort { poll.smtpPort = Int(port) }
        if let port = values.httpsPort { httpsPort = Int(port) }
        helo = values.helo?.text
        if let timeout = values.timeout {
            self.timeout = timeout
            resolver.timeout = min(timeout, .seconds(10))
        }
        if let interval = values.interval {
            poll.interval = Double(interval.components.seconds)
            poll.problemInterval = min(poll.problemInterval, poll.interval)
        }
        guard let file = values.caFile else { return }
        do {
            trust = try TrustStore.file(file)
        } catch {
            throw CommandFailure(error.description, .noInput)
        }
    }
}
