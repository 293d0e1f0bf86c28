import Evidence
import MTASTS
import Testing

@testable import UnboundDNS

@Suite struct RDataReaderTests {
    @Test func textStringsAreJoined() throws {
        #expect(try RDataReader.txt([[1, 97, 0, 2, 98, 99]]) == [TXTRecord("abc")])
        #expect(try RDataReader.txt([[0]]) == [TXTRecord("")])
        #expect(try RDataReader.txt([[255] + Array(repeating: 255, count: 255)]).first?.bytes.count == 255)
    }

    @Test(arguments: [[], [5, 97], [1, 97, 1]] as [[UInt8]])
    func brokenTextIsLeftOutOrMalformed(record: [UInt8]) throws {
        #expect(try RDataReader.txt([record, [1, 98]]) == [TXTRecord("b")])
        #expect(throws: AnswerError(.malformed("no TXT record can be read"))) { try RDataReader.txt([record]) }
    }

    @Test func textHasLimits() throws {
        let record: [UInt8] = Array(repeating: [UInt8(255)] + Array(repeating: 65, count: 255), count: 100).flatMap {
            $0
        }
        #expect(try RDataReader.txt([record, record]).count == 2)
        #expect(throws: AnswerError.self) { try RDataReader.txt([record, record, record]) }
        #expect(throws: AnswerError.self) { try RDataReader.txt(Array(repeating: [0], count: 201)) }
    }

    @Test(
        arguments: [
            [], [0], [0, 10], [0, 10, 3, 97], [0, 10, 1, 97], [0, 10, 1, 32, 0], [0, 10, 3, 97, 46, 98, 0],
            [0, 10, 1, 97, 0, 0], [0, 10, 0xc0, 2], [0, 10, 1, 200, 0], [0, 10, 64, 97, 0],
        ] as [[UInt8]])
    func brokenExchangersAreLeftOutOrMalformed(record: [UInt8]) throws {
        let good: [UInt8] = [0, 5, 1, 98, 0]
        #expect(try RDataReader.mx([record, good]) == [MXHost(preference: 5, host: DomainName("b"))])
        #expect(throws: AnswerError(.malformed("no MX record can be read"))) { try RDataReader.mx([record]) }
    }

    @Test func addressesHaveTheirSize() throws {
        #expect(
            try RDataReader.addresses([[10, 0, 0, 2], [1, 2, 3], [10, 0, 0, 1]], size: 4).map(\.description)
                == ["10.0.0.1", "10.0.0.2"])
        #expect(throws: AnswerError(.malformed("no AAAA record can be read"))) {
            try RDataReader.addresses([[10, 0, 0, 2]], size: 16)
        }
    }

    @Test func tlsaNeedsItsThreeNumbers() throws {
        #expect(
            try RDataReader.tlsa([[3, 1, 1, 9], [3, 1], [3, 1, 0]]).map(\.description) == ["3 1 0 ", "3 1 1 09"])
        #expect(throws: AnswerError.self) { try RDataReader.tlsa([[3, 1]]) }
        #expect(throws: AnswerError.self) { try RDataReader.tlsa(Array(repeating: [3, 1, 1], count: 101)) }
    }
}
