import MTASTS
import Testing

@testable import Evidence

@Suite struct NameServerViewsTests {
    private func views(_ sayings: [String: [String]]...) throws -> NameServerViews {
        let address = try #require(IPAddress("192.0.2.53"))
        return NameServerViews(
            try sayings.enumerated().map { index, sayings in
                .init(server: try #require(DomainName("ns\(index).example")), address: address, sayings: sayings)
            })
    }

    @Test func theAnswerOfTheManyComesFirst() throws {
        let found = try views(["MX a": ["1 x"]], ["MX a": ["1 y"]], ["MX a": ["1 y"]], [:]).disagreements
        #expect(found.map(\.question) == ["MX a"])
        #expect(found.first?.answers.map(\.records) == [["1 y"], ["1 x"]])
        #expect(
            found.first?.answers.map { $0.servers.map(\.text) } == [["ns1.example", "ns2.example"], ["ns0.example"]])
    }

    @Test func aLongAnswerIsCut() throws {
        let long = (0..<500).map { "\($0) " + String(repeating: "x", count: 60_000) }
        let kept = try #require(try views(["TXT a": long]).views.first?.sayings["TXT a"])
        #expect(kept.count == 20 && kept.allSatisfy { $0.utf8.count == 200 })
    }

    @Test func noneIsAnAnswerAndNoAnswerIsNone() throws {
        #expect(try views(["MX a": ["1 x"]], ["MX a": []]).disagreements.count == 1)
        #expect(try views(["MX a": ["1 x"]], [:], ["MX b": []]).disagreements.isEmpty)
        #expect(try views().disagreements.isEmpty)
    }
}
