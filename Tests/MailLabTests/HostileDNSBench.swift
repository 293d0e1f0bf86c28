import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Polling
import Report
import Testing
import UnboundDNS

@testable import MailLab

/// A zone `harbour.example` on a responder, and the program's own resolver and poller against it.
struct HostileDNSBench {
    static let domain = "harbour.example"
    static let mxHost = "mx1.harbour.example"
    static let now = Date()

    let server: LabDNSServer
    let resolver: UnboundResolver

    /// In order, two MX hosts, DANE at both.
    static var zone: LabZone {
        get throws {
            let key = LabRecord.tlsa(
                TLSARecord(usage: 3, selector: 1, matchingType: 1, data: [UInt8](repeating: 7, count: 32)))
            return LabZone(
                domain, signing: .around(now),
                records: [
                    domain: [.mx(10, mxHost), .mx(20, "mx2.harbour.example")],
                    "_mta-sts.harbour.example": [.text("v=STSv1; id=1;")],
                    "_smtp._tls.harbour.example": [.text("v=TLSRPTv1; rua=mailto:a@harbour.example")],
                    "mta-sts.harbour.example": [.address(try address("127.77.9.9"))],
                    mxHost: [.address(try address("127.77.9.1"))],
                    "mx2.harbour.example": [.address(try address("127.77.9.2"))],
                    "_25._tcp.mx1.harbour.example": [key], "_25._tcp.mx2.harbour.example": [key],
                ])
        }
    }

    /// - Parameters:
    ///   - others: zones beside the root's, `example` and `harbour.example`.
    ///   - timeout: of each lookup.
    static func start(
        denial: LabZone.Denial = .nsec, timeout: Duration = .seconds(10), others: [LabZone] = [],
        _ bend: (inout LabZone) throws -> Void = { _ in }
    ) async throws -> HostileDNSBench {
        var zone = try zone
        zone.signing?.denial = denial
        try bend(&zone)
        let server = try await LabDNSServer.start(
            [
                LabZone(".", signing: .around(now, denial: denial)),
                LabZone("example", signing: .around(now, denial: denial)), zone,
            ] + others)
        let resolver = try UnboundResolver(
            .init(
                resolvers: [.init(address: server.address, port: UInt16(server.port))],
                trustAnchors: [try #require(server.trustAnchor(of: "."))], trustsRoot: false, timeout: timeout))
        return HostileDNSBench(server: server, resolver: resolver)
    }

    /// Runs a test's body and stops the server.
    static func run(
        denial: LabZone.Denial = .nsec, timeout: Duration = .seconds(10), others: [LabZone] = [],
        _ bend: (inout LabZone) throws -> Void = { _ in }, body: (HostileDNSBench) async throws -> Void
    ) async throws {
        let bench = try await start(denial: denial, timeout: timeout, others: others, bend)
        do {
            try await body(bench)
        } catch {
            await bench.server.stop()
            throw error
        }
        await bench.server.stop()
    }

    /// One check of the domain as the program makes it: the real poller over the real resolver. MX hosts and policy
    /// host are in order and are not connected to.
    func check(_ domain: String = domain) async throws -> DomainStatus {
        let statuses = Recorded<DomainStatus>()
        var settings = PollSettings()
        settings.allowPrivate = true
        settings.confirmation = .once
        let poller = Poller(
            settings: settings, resolver: resolver, fetcher: GoodPolicyHost(), prober: GoodMailHost(),
            judge: GoodJudge(), history: TransientHistory(), time: SystemTime()
        ) { event in
            if case .assessed(let all) = event { for status in all { statuses.append(status) } }
        }
        await poller.handle(.watch([WatchEntry(domain: try name(domain))]))
        await poller.runOnce()
        return try #require(statuses.all.last { $0.assessment != nil })
    }
}

extension DomainStatus {
    /// Every text of it that can reach a file.
    var reports: [String] {
        get throws {
            let json = try JSONEncoder().encode(DomainReport(self, now: HostileDNSBench.now))
            return [String(decoding: json, as: UTF8.self), TextReport.text(self, now: HostileDNSBench.now)]
        }
    }

    /// Fails for a text that has a byte which is not printable ASCII, line ends aside.
    func expectNothingRaw() throws {
        for text in try reports {
            let raw = text.utf8.filter { !(0x20...0x7e).contains($0) && $0 != 0x0a }
            #expect(raw.isEmpty, "\(raw.prefix(20)) in \(text.debugDescription.prefix(2_000))")
        }
    }
}
