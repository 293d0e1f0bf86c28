import Deliverability
import Evidence
import Foundation
import GRDB
import MTASTS
import Polling
import Testing

@testable import SQLiteHistory

/// What was seen of an MX host comes back as it was, whatever of it was written late.
@Suite struct HostPersistenceTests {
    private let host = Past.name("mx.example.com")

    /// One look: at each address the certificate of this fingerprint, or no STARTTLS; and a TLSA set.
    private func evidence(
        _ shown: KeyValuePairs<String, String?>, tlsa: UInt8, isSecure: Bool = true, at now: Date
    ) -> HostEvidence {
        let addresses = shown.compactMap { IPAddress($0.key) }
        let sessions = zip(addresses, shown).map { address, shown in
            let tls = shown.value.map(session)
            return Observed(
                SessionEvidence(
                    key: SessionKey(address: address, port: 25, serverName: host), outcome: .ok,
                    starttls: tls == nil ? .missing : .offered, tls: tls,
                    dialogue: SMTPDialogue(lines: [.init(.server, bytes: Array("220 mx.example.com ESMTP".utf8))])),
                since: Past.start, at: now)
        }
        let dnssec: DNSSECStatus = isSecure ? .secure : .insecure
        let record = TLSARecord(
            usage: 3, selector: 1, matchingType: 1, data: [UInt8](repeating: tlsa, count: 32))
        return HostEvidence(
            host: host,
            addresses: Observed(
                HostAddresses(
                    ipv4: DNSAnswer(.found(addresses.filter { $0.bytes.count == 4 }), dnssec: dnssec),
                    ipv6: DNSAnswer(.found(addresses.filter { $0.bytes.count == 16 }), dnssec: dnssec)),
                since: Past.start, at: now),
            tlsa: Observed(
                TLSALookup(base: host, answer: DNSAnswer(.found([record]), dnssec: dnssec, ttl: 300)),
                since: Past.start, at: now),
            sessions: Array(sessions))
    }

    private func session(_ fingerprint: String) -> TLSSession {
        let facts = CertificateFacts(
            subject: "CN=\(host)", issuer: "CN=ca", issuerShort: "ca", names: [host.text],
            notBefore: Past.start.addingTimeInterval(-86_400), notAfter: Past.start.addingTimeInterval(60 * 86_400),
            key: "EC P-256", keyBits: 256, signature: "x", isSelfSigned: false, sha256: fingerprint,
            publicKeySHA256: "key of \(fingerprint)")
        return TLSSession(
            version: "TLSv1.3", cipher: "x", chain: CertificateChain(der: [Array(fingerprint.utf8)]),
            certificates: [facts], trust: TrustTimeline([.init(from: .distantPast, trust: .trusted)]))
    }

    /// Remembers the looks one after the other, five minutes apart, each written before the next.
    private func memory(after looks: [(Date) -> HostEvidence], in folder: Folder) async throws -> HostMemory {
        let history = try folder.open()
        var memory = HostMemory(host: host)
        for (number, look) in looks.enumerated() {
            memory = memory.observing(look(Past.start.addingTimeInterval(Double(number) * 300)))
            await history.remember([host: memory])
            await history.flush()
        }
        return memory
    }

    @Test func everythingComesBack() async throws {
        let folder = Folder()
        let memory = try await memory(
            after: [
                { evidence(["192.0.2.1": "aa", "2001:db8::1": "bb", "192.0.2.9": nil], tlsa: 1, at: $0) },
                { evidence(["192.0.2.1": "cc", "2001:db8::1": "bb", "192.0.2.9": nil], tlsa: 2, at: $0) },
                { evidence(["192.0.2.1": "cc", "2001:db8::1": nil], tlsa: 2, isSecure: false, at: $0) },
                { evidence(["192.0.2.1": "cc"], tlsa: 2, isSecure: false, at: $0) },
            ], in: folder)
        #expect(memory.addresses.count == 3 && memory.tlsa.count == 3)
        #expect(memory.addresses.first?.certificates.map(\.fingerprint) == ["aa", "cc"])
        #expect(memory.addresses.first?.banner?.name == "mx.example.com")
        #expect(await (try folder.open()).memory(ofHost: host) == memory)
    }

    @Test func machinesThatTakeTurnsKeepTheirOwnMoments() async throws {
        let folder = Folder()
        // Three machines behind one address; after the first three looks nothing but moments moves.
        let turns = ["bb", "aa", "cc", "bb", "cc", "aa", "bb"]
        let memory = try await memory(
            after: turns.map { shown in { evidence(["192.0.2.1": shown], tlsa: 1, at: $0) } }, in: folder)
        #expect(memory.addresses.first?.certificates.map(\.fingerprint) == ["cc", "aa", "bb"])
        let back = try #require(await (try folder.open()).memory(ofHost: host))
        #expect(back == memory)
        // The file was not written whole for the turns: what stands in it is from the third look.
        let history = try folder.open()
        let body = try #require(
            try await history.database.read { try Data.fetchOne($0, sql: "SELECT body FROM host") })
        let whole = try JSONDecoder().decode(HostMemory.self, from: body)
        #expect(whole.addresses.first?.certificates.map(\.fingerprint) == ["bb", "aa", "cc"])
    }

    @Test func lateMomentsOfManyHostsAreTheirOwn() async throws {
        let folder = Folder()
        var memories: [DomainName: HostMemory] = [:]
        do {
            let history = try folder.open()
            for look in 0..<3 {
                for number in 0..<50 {
                    let name = Past.name("mx\(number).example.com")
                    let seen = evidence(
                        ["192.0.2.\(number)": "f\(number)"], tlsa: UInt8(number),
                        at: Past.start.addingTimeInterval(Double(look * 1_000 + number)))
                    memories[name] = (memories[name] ?? HostMemory(host: name)).observing(seen)
                }
                await history.remember(memories)
                await history.flush()
            }
        }
        let history = try folder.open()
        for (name, memory) in memories { #expect(await history.memory(ofHost: name) == memory) }
    }

    /// What a host shows without a change is in use until it was last looked at, within the hour of its stamp.
    @Test(arguments: [-100, 1_200, 1_500, 4_000.0]) func whatIsInUseIsNotOver(since: TimeInterval) async throws {
        let folder = Folder()
        var past = Past("example.com")
        let history = try folder.open()
        var memory = HostMemory(host: host)
        for look in 0..<6 {
            let now = Past.start.addingTimeInterval(Double(look) * 300)
            // The first look sees another certificate and other TLSA records.
            memory = memory.observing(
                evidence(["192.0.2.1": look == 0 ? "aa" : "bb"], tlsa: look == 0 ? 1 : 2, at: now))
            await history.remember([host: memory])
            _ = await history.append([past.look(at: now)])
            await history.flush()
        }
        let end = Past.start.addingTimeInterval(1_500)
        let known = try #require(
            try await history.history(of: past.domain, since: Past.start.addingTimeInterval(since)))
        #expect(known.certificates.first?.value.sha256 == "bb" && known.tlsa.first?.value.records.count == 1)
        #expect(known.certificates.first?.lastSeen == end && known.tlsa.first?.lastSeen == end)
        #expect(known.certificates.count == (since < 0 ? 2 : 1) && known.tlsa.count == (since < 0 ? 2 : 1))
    }
}
