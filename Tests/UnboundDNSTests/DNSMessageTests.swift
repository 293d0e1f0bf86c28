import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import UnboundDNS

/// Hostile messages end in nil or an error, never in a trap or an endless loop.
@Suite struct DNSMessageTests {
    private func message(_ answers: [[UInt8]], authority: [[UInt8]] = [], flags: UInt8 = 0x80) -> [UInt8] {
        [0, 0, flags, 0, 0, 1, 0, UInt8(answers.count), 0, UInt8(authority.count), 0, 0]
            + DNSRecord.wire("a.example") + [0, 16, 0, 1] + answers.flatMap { $0 } + authority.flatMap { $0 }
    }

    @Test func compressedNamesAreFollowed() throws {
        // The owner and the end of the target point to the question.
        let cname: [UInt8] = [0xc0, 12, 0, 5, 0, 1, 0, 0, 0, 60, 0, 4, 1, 66, 0xc0, 14]
        let read = try #require(DNSMessage(message([cname])))
        let chain = try AliasChain(read)
        #expect(chain.targets.map(\.text) == ["b.example"])
        #expect(read.aliasTTL == 60)
    }

    @Test func pointersThatLoopOrLeadForwardAreRefused() {
        for target in [0xc0, 0xc1] as [UInt8] {
            // At 27 stands the record: a pointer to itself, and one beyond the end.
            let record: [UInt8] = [target, 27, 0, 5, 0, 1, 0, 0, 0, 60, 0, 0]
            #expect(DNSMessage(message([record])) == nil)
        }
    }

    @Test func everyTruncationIsSurvived() {
        let whole = message(
            [DNSRecord.cname("a.example", "b.example").encoded(), DNSRecord.txt("b.example", "x").encoded()],
            authority: [DNSRecord.soa("example").encoded()])
        #expect(DNSMessage(whole) != nil)
        for length in whole.indices { #expect(DNSMessage(Array(whole[..<length])) == nil) }
    }

    @Test func everyChangedByteIsSurvived() {
        let whole = message([
            DNSRecord.cname("a.example", "b.example").encoded(), DNSRecord.cname("b.example", "c.example").encoded(),
        ])
        for index in whole.indices {
            for value in [0, 1, 63, 64, 0xc0, 0xff] as [UInt8] {
                var bytes = whole
                bytes[index] = value
                if let message = DNSMessage(bytes) {
                    _ = try? AliasChain(message)
                    _ = message.ttl(of: .txt)
                }
            }
        }
    }

    @Test func chainsAreBounded() throws {
        let links = (0..<11).map { DNSRecord.cname($0 == 0 ? "a.example" : "n\($0).example", "n\($0 + 1).example") }
        let longest = try #require(DNSMessage(message(links.map { $0.encoded() })))
        #expect(try AliasChain(longest).targets.count == 11)
        let more = links + [.cname("n11.example", "n12.example")]
        let tooLong = try #require(DNSMessage(message(more.map { $0.encoded() })))
        #expect(throws: AnswerError(.aliasLoop)) { try AliasChain(tooLong) }
        let ring = [DNSRecord.cname("a.example", "b.example"), .cname("b.example", "a.example")]
        let loop = try #require(DNSMessage(message(ring.map { $0.encoded() })))
        #expect(throws: AnswerError(.aliasLoop)) { try AliasChain(loop) }
    }

    @Test func namesWithStrangeBytesAreNoHosts() throws {
        var index = 0
        #expect(try #require(WireName([1, 32, 0], at: &index)).domainName == nil)
        index = 0
        let dotted = try #require(WireName([3, 97, 46, 98, 0], at: &index))
        #expect(dotted.domainName == nil)
        index = 0
        #expect(try #require(WireName([0], at: &index)).isRoot)
        index = 0
        #expect(
            WireName(
                Array(repeating: [63] + Array(repeating: 97, count: 63), count: 4).flatMap { $0 } + [0], at: &index)
                == nil)
    }

    @Test func denialsWithoutSOAHaveNoTTL() throws {
        #expect(try #require(DNSMessage(message([]))).ttl(of: .txt) == nil)
        let soa = DNSRecord.soa("example", ttl: 40, minimum: 50).encoded()
        #expect(try #require(DNSMessage(message([], authority: [soa]))).ttl(of: .txt) == 40)
        var huge = DNSRecord.txt("a.example", "x").encoded()
        huge[15] = 0x80
        #expect(try #require(DNSMessage(message([huge]))).ttl(of: .txt) == 0)
    }

    /// The rdata of an RRSIG (RFC 4034 3.1) of `example`, up to the signature.
    private func signature(of type: UInt8, from: Int, until: Int) -> [UInt8] {
        func long(_ value: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(value >> $0 & 255) } }
        return [0, type, 13, 2] + long(60) + long(until) + long(from) + [1, 2] + DNSRecord.wire("example") + [9, 9]
    }

    @Test func theSignatureThatEndsFirstCounts() throws {
        let now = Date(timeIntervalSince1970: 4_294_967_000)
        func rrsig(_ owner: String, _ type: UInt8, _ from: Int, _ until: Int) -> [UInt8] {
            DNSRecord(owner, 46, rdata: signature(of: type, from: from, until: until)).encoded()
        }
        // Beyond 2106 the numbers begin again at zero (RFC 1982).
        let read = try #require(
            DNSMessage(
                message([
                    DNSRecord.txt("a.example", "x").encoded(), rrsig("a.example", 16, 4_294_960_000, 900),
                    rrsig("a.example", 16, 4_294_960_000, 700), rrsig("a.example", 1, 4_294_960_000, 1),
                ])))
        let seen = try #require(read.signatures(of: .txt, now: now))
        // Of two signatures of one set the longer counts; what covers another type does not.
        #expect(seen.until == Date(timeIntervalSince1970: 4_294_967_296 + 900))
        #expect(seen.from == Date(timeIntervalSince1970: 4_294_960_000) && seen.zone == "example")
        #expect(read.signatures(of: .mx, now: now) == nil)
    }

    @Test func everyBrokenSignatureIsSurvived() throws {
        let whole = signature(of: 16, from: 1, until: 2)
        for length in 0...whole.count {
            let record = DNSRecord("a.example", 46, rdata: Array(whole[..<length])).encoded()
            let read = try #require(DNSMessage(message([DNSRecord.txt("a.example", "x").encoded(), record])))
            #expect((read.signatures(of: .txt, now: Date()) == nil) == (length < whole.count - 2))
        }
    }
}
