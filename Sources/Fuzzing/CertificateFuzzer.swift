import Evidence
import FoundationEssentials
import MTASTS

@testable import OpenSSLTLS

/// A chain of certificates, one DER after the other, read and judged beside TLSA records made of it.
enum CertificateFuzzer {
    static func run(_ input: [UInt8]) {
        let chain = CertificateChain(der: Array(elements(of: input).prefix(TLSLimits.certificates + 1)))
        let facts = CertificateReader.facts(of: chain)
        demand(facts.count <= TLSLimits.certificates, "no more certificates than promised")
        for one in facts { judge(one) }
        guard let store else { return }
        let trust = ChainVerifier(store: store).timeline(of: chain)
        demandTimeline(trust.intervals.map(\.from), trust.intervals.map(\.trust))
        demand(trust == ChainVerifier(store: store).timeline(of: chain), "a verdict stands")
        for interval in trust.intervals { demandPrintable("\(interval.trust)", "a verdict") }
        judgeDANE(chain, leaf: facts.first)
    }

    /// Cuts at the lengths that the elements claim; what does not fit is the last piece.
    private static func elements(of input: [UInt8]) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var rest = input[...]
        while let length = length(of: rest) {
            pieces.append(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        return rest.isEmpty ? pieces : pieces + [Array(rest)]
    }

    private static func length(of rest: ArraySlice<UInt8>) -> Int? {
        let head = Array(rest.prefix(4))
        guard head.count == 4, head[0] == 0x30 else { return nil }
        let length =
            switch head[1] {
            case ..<0x80: 2 + Int(head[1])
            case 0x81: 3 + Int(head[2])
            case 0x82: 4 + (Int(head[2]) << 8 | Int(head[3]))
            default: Int.max
            }
        return length <= rest.count ? length : nil
    }

    private static func judge(_ facts: CertificateFacts) {
        for text in [facts.subject, facts.issuer, facts.issuerShort] {
            demandPrintable(text, "a name")
            demand(text.utf8.count <= 256, "a name's line is bounded")
        }
        demand(facts.names.count <= 1_000, "the SAN is bounded")
        for name in facts.names { demandPrintable(name, "a SAN name") }
        for text in [facts.key, facts.signature] { demandPrintable(text, "an algorithm") }
        demand(facts.keyBits >= 0, "a key's size is no negative number")
        demand(facts.sha256.utf8.count == 64 && facts.publicKeySHA256.utf8.count == 64, "digests are whole")
        _ = names.map { facts.covers($0) }
    }

    /// Half-open intervals that cover all time, neighbours differing.
    private static func demandTimeline<Verdict: Equatable>(_ moments: [Date], _ verdicts: [Verdict]) {
        demand(moments.first == .distantPast, "a timeline begins with all the past")
        demand(zip(moments, moments.dropFirst()).allSatisfy { $0 < $1 }, "intervals ascend")
        demand(zip(verdicts, verdicts.dropFirst()).allSatisfy { $0 != $1 }, "neighbours differ")
    }

    private static func judgeDANE(_ chain: CertificateChain, leaf: CertificateFacts?) {
        guard let first = chain.der.first, let last = chain.der.last else { return }
        let certificate = X509Certificate(der: first)
        // OpenSSL digests a certificate as it would write it, which differs from a sloppy encoding.
        let written = certificate.map { X509Certificate.der(of: $0.pointer) } ?? first
        let own = TLSARecord(usage: 3, selector: 0, matchingType: 1, data: Digest.sha256(written))
        let anchor = TLSARecord(usage: 2, selector: 0, matchingType: 0, data: last)
        let other = TLSARecord(usage: 3, selector: 1, matchingType: 0, data: first)
        for records in [[own], [anchor], [other, own, anchor]] {
            let timeline = DANEVerifier(chain: chain, records: records, names: names).timeline()
            demandTimeline(timeline.intervals.map(\.from), timeline.intervals.map(\.match))
            for interval in timeline.intervals {
                if case .mismatch(let text) = interval.match { demandPrintable(text, "a mismatch") }
            }
            guard records == [own], chain.der.count == 1, leaf != nil else { continue }
            if certificate?.hasReadableKey == true {
                demand(timeline.intervals.map(\.match) == [.match(own)], "usage 3 holds whatever the certificate says")
            } else {
                demand(timeline.intervals.allSatisfy { tellsOfTheKey($0.match) }, "a key that cannot be read is told")
            }
        }
    }

    private static func tellsOfTheKey(_ match: DANEMatch) -> Bool {
        guard case .mismatch(let text) = match else { return false }
        return text.starts(with: "the server's key cannot be read")
    }

    private static let names = ["mx1.example.org", "example.org"].compactMap { DomainName($0) }

    /// The root of the chains that the fuzzer begins with.
    private static let store = try? TrustStore.pem(
        """
        -----BEGIN CERTIFICATE-----
        MIIBjTCCATOgAwIBAgIUCTEbqKZ/8xKhF50ZDVfmVxmo+LwwCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJRnV6eiBSb290MB4XDTI2MTEyNDE3MDMwOFoXDTQ2MTExOTE3
        MDMwOFowFDESMBAGA1UEAwwJRnV6eiBSb290MFkwEwYHKoZIzj0CAQYIKoZIzj0D
        AQcDQgAEm2jaokxQA6W8aBppBZ/7wyMOLVkP/yqbcmy1HchrOF/e129JD6OgmL1N
        Y23eJRbVO0fqNKngU32oRyeXjjSB2KNjMGEwHQYDVR0OBBYEFBr/31P2/7TGPtVx
        qF2lTd7TeRtuMB8GA1UdIwQYMBaAFBr/31P2/7TGPtVxqF2lTd7TeRtuMA8GA1Ud
        EwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQDAgIEMAoGCCqGSM49BAMCA0gAMEUCIQCO
        Ma61bfD68eqhV1xexwehqrmIgiejhSu2wmbbjtbSCwIgCaMDO7HoiyCzDq/+/1Kv
        XoPqVbbG86HeUh0pc+H8eP8=
        -----END CERTIFICATE-----
        """)
}
