import Deliverability
import Evidence
import Foundation
import MTASTS
import Polling
import Synchronization
import TestSupport

@testable import SQLiteHistory

/// A domain with a past: each look goes on from the memory of the one before.
struct Past {
    /// 2026-11-24 12:00:00 UTC.
    static let start = Date(timeIntervalSince1970: 1_795_521_600)

    let domain: DomainName
    var memory = DomainMemory()
    var definite: Assessment?
    var id = "1"
    var maxAge = 604_800
    var offersTLS = true
    /// Since when each thing is as it is.
    var recordSince = Past.start
    var policySince = Past.start
    var sessionSince = Past.start
    var der = Array("a certificate".utf8)
    /// The fingerprint that goes with it.
    var leaf = "aa"

    init(_ name: String) {
        domain = Past.name(name)
    }

    static func name(_ text: String) -> DomainName {
        guard let name = DomainName(text) else { preconditionFailure("bad name in a test: \(text)") }
        return name
    }

    var host: DomainName { Past.name("mx.\(domain)") }
    var body: [UInt8] { Array("version: STSv1\nmode: enforce\nmx: \(host)\nmax_age: \(maxAge)\n".utf8) }

    func evidence(at now: Date) -> DomainEvidence {
        let policyHost = Past.name("mta-sts.\(domain)")
        let address = IPAddress(bytes: [127, 0, 0, 1])
        let fetch = PolicyFetch(
            host: policyHost, address: address, status: 200, contentType: "text/plain", body: body,
            tls: session(policyHost))
        let hosts = [address].compactMap { $0 }.map { address in
            let key = SessionKey(address: address, port: 25, serverName: host)
            let seen = SessionEvidence(
                key: key, outcome: .ok, starttls: offersTLS ? .offered : .missing, tls: offersTLS ? session(host) : nil,
                dialogue: SMTPDialogue(lines: [.init(.server, bytes: Array("220 \(host)".utf8))]),
                connectMilliseconds: 12)
            let addresses = HostAddresses(
                ipv4: DNSAnswer(.found([address]), dnssec: .insecure), ipv6: DNSAnswer(.noData, dnssec: .insecure))
            return HostEvidence(
                host: host, addresses: Observed(addresses, since: Past.start, at: now),
                sessions: [Observed(seen, since: sessionSince, at: now)])
        }
        return DomainEvidence(
            domain: domain,
            record: Observed(
                DNSAnswer(.found([TXTRecord("v=STSv1; id=\(id)")]), dnssec: .insecure, ttl: 300), since: recordSince,
                at: now),
            policy: Observed(fetch, since: policySince, at: now),
            mx: Observed(
                DNSAnswer(.found([MXHost(preference: 10, host: host)]), dnssec: .insecure), since: Past.start, at: now),
            hosts: hosts)
    }

    private func session(_ host: DomainName) -> TLSSession {
        let facts = CertificateFacts(
            subject: "CN=\(host)", issuer: "CN=ca", issuerShort: "ca", names: [host.text],
            notBefore: Past.start.addingTimeInterval(-86_400), notAfter: Past.start.addingTimeInterval(60 * 86_400),
            key: "EC P-256", keyBits: 256, signature: "x", isSelfSigned: false, sha256: leaf, publicKeySHA256: "bb")
        return TLSSession(
            version: "TLSv1.3", cipher: "x", chain: CertificateChain(der: [der, Array("the issuer".utf8)]),
            certificates: [facts], trust: TrustTimeline([.init(from: .distantPast, trust: .trusted)]))
    }

    /// What was seen of its MX host, each look until this one.
    func hostMemory(at moment: Date) -> HostMemory {
        [Past.start, moment].reduce(HostMemory(host: host)) { memory, at in
            evidence(at: at).hosts.reduce(memory) { $0.observing($1) }
        }
    }

    /// What the poller would hand over for a look at a moment.
    mutating func look(at now: Date) -> HistoryEntry {
        let evidence = evidence(at: now)
        memory = memory.observing(evidence, now: now)
        let assessment = memory.stamp(assess(evidence, memory: memory, now: now))
        let changes = definite.flatMap { change(from: $0, to: assessment, id: 0) }.map { [$0] } ?? []
        defer { definite = assessment }
        return HistoryEntry(
            domain: domain, changes: changes, memory: memory, assessment: assessment, evidence: evidence,
            comparedWith: definite?.at)
    }

    /// A look after which STARTTLS is offered, or no longer is.
    mutating func turn(offersTLS: Bool, at now: Date) -> HistoryEntry {
        self.offersTLS = offersTLS
        sessionSince = now
        return look(at: now)
    }
}

/// A folder of its own, gone at the end.
final class Folder {
    let place: HistoryPlace

    init() {
        let name = "stswatch-history-\(UUID().uuidString)"
        place = HistoryPlace(directory: FileManager.default.temporaryDirectory.appendingPathComponent(name).path)
    }

    deinit { try? FileManager.default.removeItem(atPath: place.directory) }

    func open(batching: TimeInterval = 5, _ trouble: @escaping @Sendable (HistoryTrouble) -> Void = { _ in }) throws
        -> SQLiteHistory
    {
        try SQLiteHistory(place, user: "op", batching: batching, trouble: trouble)
    }

    /// Opened by hand-made time, with all that it says of its file in a log.
    func open(
        _ log: FileLog, _ time: ManualTime, waits: Bool = false, patience: TimeInterval = 5
    ) throws -> SQLiteHistory {
        try SQLiteHistory(
            place, user: "op", waits: waits, patience: patience, time: time,
            trouble: { trouble in log.troubles.withLock { $0.append(trouble) } },
            recovered: { recovery in log.recoveries.withLock { $0.append(recovery) } })
    }
}

/// What a history says of its file.
final class FileLog: Sendable {
    let troubles = Mutex<[HistoryTrouble]>([])
    let recoveries = Mutex<[HistoryRecovery]>([])

    var kinds: [HistoryTrouble.Kind] { troubles.withLock { $0.map(\.kind) } }
    var recovered: [HistoryRecovery] { recoveries.withLock { $0 } }
}
