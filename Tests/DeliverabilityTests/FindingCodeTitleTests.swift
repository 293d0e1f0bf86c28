import Testing

@testable import Deliverability

@Suite struct FindingCodeTitleTests {
    @Test func eachTitleIsItsOwnAndFitsALine() {
        let titles = FindingCode.allCases.map(\.title)
        #expect(Set(titles).count == titles.count)
        for title in titles {
            #expect(!title.isEmpty && title.utf8.count <= 44, "\(title)")
            #expect(title.utf8.allSatisfy { (0x20..<0x7f).contains($0) }, "\(title)")
        }
    }
}
