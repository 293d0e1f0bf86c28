import Testing

@testable import Deliverability

/// The table of all codes: the scene that raises each, and the one in which it nearly would and does not come.
///
/// Made from the code: a finding that is added without both does not pass.
@Suite struct CoverageTests {
    struct Entry: Sendable, CustomTestStringConvertible {
        let code: FindingCode
        let row: FindingTests.Row?
        var testDescription: String {
            "\(code.rawValue): raised \(row == nil ? "by nothing" : "by its row"), "
                + "not by: \(row?.nearMiss?.words ?? "(no near miss)")"
        }
    }

    static let table = FindingCode.allCases.map { code in
        Entry(code: code, row: FindingTests.rows.first { $0.code == code })
    }

    @Test(arguments: table) func comesAndDoesNotCome(_ entry: Entry) throws {
        let row = try #require(entry.row, "no row raises it")
        let miss = try #require(row.nearMiss, "no scene shows that it does not come when it should not")
        #expect(row.scene().codes.contains(entry.code))
        #expect(miss.scene().codes == miss.instead)
        #expect(!miss.instead.contains(entry.code))
        #expect(!miss.words.isEmpty)
    }

    /// A near miss that bends nothing would prove nothing.
    @Test(arguments: NearMiss.all.map(\.code)) func isNotTheHealthyScene(_ code: FindingCode) throws {
        func shown(_ scene: Scene) -> String { "\(scene.evidence) \(scene.memory)" }
        let miss = try #require(NearMiss.all.first { $0.code == code })
        #expect(shown(miss.scene()) != shown(Scene()))
    }

    @Test func eachCodeHasOneRowAndOneNearMiss() {
        #expect(FindingTests.rows.count == FindingCode.allCases.count)
        #expect(NearMiss.all.count == FindingCode.allCases.count)
    }
}
