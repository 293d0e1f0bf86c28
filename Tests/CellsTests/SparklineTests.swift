import Cells
import Testing

@Suite struct SparklineTests {
    @Test("values from low to high")
    func ramp() {
        #expect(Sparkline.text([0, 1, 2, 3, 4, 5], columns: 6) == "_.-=^#")
        #expect(Sparkline.marks([0, nil, 5], columns: 3).map(\.level) == [.low, nil, .high])
        #expect(Sparkline.text([7, 7], columns: 2) == "__")
    }

    @Test("more values than columns: the largest of each stretch; fewer: one each")
    func buckets() {
        #expect(Sparkline.text([0, 9, 0, 0], columns: 2) == "#_")
        #expect(Sparkline.text([0, 9], columns: 10) == "_#")
    }

    @Test("odd input")
    func odd() {
        #expect(Sparkline.text([], columns: 5).isEmpty)
        #expect(Sparkline.text([1], columns: 0).isEmpty)
        #expect(Sparkline.text([.nan, .infinity, nil], columns: 3) == "   ")
        #expect(Sparkline.text([-1e300, 1e300], columns: 2, range: 0...1) == "_#")
        #expect(Sparkline.text([-1.7e308, 1.7e308], columns: 2).count == 2)
    }

    @Test("a bar")
    func bar() {
        #expect(Sparkline.bar(0.25, columns: 6) == "[#...]")
        #expect(Sparkline.bar(9, columns: 4) == "[##]")
        #expect(Sparkline.bar(.nan, columns: 4) == "[..]")
        #expect(Sparkline.bar(0.5, columns: 2).isEmpty)
    }
}
