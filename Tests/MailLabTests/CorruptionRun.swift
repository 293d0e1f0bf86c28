import CLinux
import Evidence
import Foundation
import Glibc
import MTASTS
import NIOPosix
import OpenSSLTLS
import Polling
import Probing
import Synchronization
import UnboundDNS

@testable import MailLab

/// Many looks at servers whose bytes are spoiled, each connection's in another way.
enum CorruptionRun {
    struct Failure: Error, CustomStringConvertible {
        let description: String

        /// Also told on the standard error: of a process that ends by an error nothing else is heard.
        init(description: String) {
            self.description = description
            FileHandle.standardError.write(Data("\(description)\n".utf8))
        }
    }

    /// What one look came to.
    enum Look: Sendable {
        case session(SessionEvidence)
        case policy(PolicyFetch)
        case lookup(DNSAnswer<[MXHost]>, DNSAnswer<[TXTRecord]>)

        func verdict() throws -> HostileVerdict {
            switch self {
            case .lookup(let mx, let record): try HostileVerdict(mx: mx, record: record)
            case .session(let session): try HostileVerdict(session: session)
            case .policy(let fetch): try HostileVerdict(fetch: fetch)
            }
        }
    }

    /// Looks at once: most of those that are spoiled wait for what will not come.
    static let width = 200
    /// The deadline of one look, and what a loaded machine may take on top of it to notice.
    static let deadline = Duration.milliseconds(1_200)
    static let slack = Duration.seconds(7)
    /// Faults after which every thread has its arena with its reserve: the memory is weighed from then on.
    static let warm = 500
    /// Kibibytes that may be held more at the end than in the warm state.
    static let growth = 10 * 1_024

    /// Faults that must take hold in each of the two runs; `STSWATCH_CORRUPTIONS` sets another number.
    static var count: Int { ProcessInfo.processInfo.environment["STSWATCH_CORRUPTIONS"].flatMap(Int.init) ?? 10_000 }

    /// Spoils the replies of MX hosts that speak TLS 1.3, 1.2 and 1.1, before STARTTLS, in the handshake and under it.
    static func smtp(_ count: Int) async throws {
        let authority = try LabAuthority()
        let faults = LabFaults(seed: 8_461)
        let identity = try authority.good(HostileVerdict.mxHost)
        let kinds: [MXBehaviour] = [.normal, .normal, .normal, .renegotiation, .legacyOnly]
        let hosts = try kinds.enumerated().map { index, kind in
            (
                try address("127.78.4.\(index + 1)"),
                LabMXSetup(hostName: HostileVerdict.mxHost, identity: identity, behaviour: kind)
            )
        }
        let server = try await LabSMTPServer.start(hosts, faults: faults)
        var deadlines = ProbeDeadlines(timeout: deadline)
        (deadlines.banner, deadlines.reply) = (.milliseconds(500), .milliseconds(500))
        (deadlines.handshake, deadlines.quit) = (.milliseconds(500), .milliseconds(300))
        let probe = SMTPProbe(
            group: MultiThreadedEventLoopGroup.singleton,
            judge: OpenSSLChainJudge(store: try .pem(authority.rootPEM)), client: try .client(),
            permissive: try .client(permissive: true), helo: try name("tester.example"), deadlines: deadlines)
        let (port, host) = (server.port, try name(HostileVerdict.mxHost))
        try await measure("SMTP", count, faults) { index in
            let key = SessionKey(address: server.addresses[index % kinds.count], port: port, serverName: host)
            return .session(await probe.probe(key))
        }
        await server.stop()
    }

    /// Spoils the answers of a policy host, on the wire and above TLS.
    static func policy(_ count: Int) async throws {
        let authority = try LabAuthority()
        let faults = LabFaults(seed: 2_119)
        let host = try name(HostileVerdict.policyHost)
        let web = try await LabPolicyHost.start(
            at: try address("127.78.5.1"), fallback: try authority.good("default.invalid"), faults: faults)
        try web.set(
            LabPolicySite(reply: HostileVerdict.policy, identity: try authority.good(host.text)), for: host.text)
        let fetcher = HTTPSPolicyFetcher(
            group: MultiThreadedEventLoopGroup.singleton, judge: OpenSSLChainJudge(store: try .pem(authority.rootPEM)),
            client: try .client(), port: web.port, timeout: deadline)
        let address = web.address
        try await measure("HTTPS", count, faults) { _ in
            .policy(await fetcher.fetch(host: host, addresses: [address], aliases: []))
        }
        await web.stop()
    }

    /// Spoils the answers of a name server over UDP, and over TCP where a spoiled one asks for that.
    static func dns(_ count: Int) async throws {
        let faults = LabFaults(seed: 1_035)
        let now = Date()
        // Nothing is kept, so that each look asks; a question that failed is not asked again for some seconds.
        var zone = LabZone("harbour.example", signing: .around(now), ttl: 0)
        let owners = try (0..<2_000).map { try name("n\($0).harbour.example") }
        for owner in owners {
            zone.records[owner.text] = [.mx(10, HostileVerdict.mxHost), .text("v=STSv1; id=1;")]
        }
        let server = try await LabDNSServer.start(
            [LabZone(".", signing: .around(now)), LabZone("example", signing: .around(now)), zone], faults: faults)
        guard let anchor = server.trustAnchor(of: ".") else { throw Failure(description: "DNS: no trust anchor") }
        let resolver = try UnboundResolver(
            .init(
                resolvers: [.init(address: server.address, port: UInt16(server.port))], trustAnchors: [anchor],
                trustsRoot: false, timeout: deadline))
        try await measure("DNS", count, faults) { index in
            let owner = owners[index % owners.count]
            return .lookup(await resolver.mx(owner, fresh: false), await resolver.txt(owner, fresh: false))
        }
        await server.stop()
    }

    /// Looks until `count` faults have taken hold; the memory is weighed after the first few of them and at the end.
    private static func measure(
        _ what: String, _ count: Int, _ faults: LabFaults,
        _ look: @escaping @Sendable (Int) async throws -> Look
    ) async throws {
        forgetThrownErrors()
        let clock = ContinuousClock()
        let start = clock.now
        let tally = Tally()
        try await looks(until: min(warm, count / 2), faults, tally, look)
        let before = Memory.now
        try await looks(until: count, faults, tally, look)
        let end = Memory.now
        let kinds = faults.applied.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", ")
        let (done, longest) = tally.state.withLock { ($0.done, $0.longest) }
        print(
            "\(what): \(done) looks, \(faults.count) corruptions (\(kinds)), longest look \(longest), "
                + "VmRSS grew by \(end.resident - before.resident) KiB to \(end.resident) KiB, what is held by "
                + "\(end.held - before.held) KiB, \(start.duration(to: clock.now)) in all")
        guard longest < deadline + slack else { throw Failure(description: "\(what): a look took \(longest)") }
        guard end.held - before.held < growth else {
            throw Failure(description: "\(what): grew by \(end.held - before.held) KiB")
        }
    }

    private final class Tally: Sendable {
        let state = Mutex((done: 0, longest: Duration.zero))
    }

    private static func looks(
        until count: Int, _ faults: LabFaults, _ tally: Tally,
        _ look: @escaping @Sendable (Int) async throws -> Look
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<width {
                group.addTask {
                    while faults.count < count {
                        let index = tally.state.withLock { state in
                            state.done += 1
                            return state.done
                        }
                        let start = ContinuousClock.now
                        let seen = try await look(index)
                        let took = ContinuousClock.now - start
                        tally.state.withLock { $0.longest = max($0.longest, took) }
                        guard index % 20 == 0 else { continue }
                        for (name, text) in try seen.verdict().reports() {
                            let raw = text.utf8.filter { !(0x20...0x7e).contains($0) && $0 != 0x0a }
                            guard raw.isEmpty else { throw Failure(description: "\(name), raw bytes: \(text)") }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// Takes away the hooks of the test library, which keeps the backtrace of every error thrown until the test ends:
    /// some 800 bytes a fault that the program would be blamed for.
    private static func forgetThrownErrors() {
        for hook in ["_swift_willThrow", "_swift_willThrowTypedImpl"] {
            dlsym(nil, hook)?.assumingMemoryBound(to: UnsafeRawPointer?.self).pointee = nil
        }
    }

    /// The memory of this process in KiB.
    private struct Memory {
        /// VmRSS with what the allocator keeps for the next burst: as much as the widest one needed, by chance.
        let resident: Int
        /// VmRSS after the allocator has given that back.
        let held: Int

        static var now: Memory {
            let resident = residentKibibytes
            malloc_trim(0)
            return Memory(resident: resident, held: residentKibibytes)
        }

        private static var residentKibibytes: Int {
            let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
            let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
            return Int(line.split(whereSeparator: \.isWhitespace).dropFirst().first ?? "") ?? 0
        }
    }
}
