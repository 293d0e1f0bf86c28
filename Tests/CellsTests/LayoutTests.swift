import Cells
import Testing

@Suite struct LayoutTests {
    @Test(
        "fixed first, then least lengths, the rest by weight",
        arguments: [
            (24, [.fixed(2), .atLeast(3), .fixed(1)], [2, 21, 1]), (10, [.flex(1), .flex(2)], [4, 6]),
            (2, [.fixed(2), .atLeast(3), .fixed(1)], [2, 0, 0]), (4, [.fixed(2), .atLeast(3), .fixed(1)], [2, 2, 0]),
            (0, [.flex(1)], [0]), (7, [], []), (9, [.fixed(-3), .flex(-1), .atLeast(-2)], [0, 0, 9]),
            (5, [.fixed(.max), .flex(.max)], [5, 0]), (-4, [.fixed(1)], [0]),
        ] as [(Int, [Extent], [Int])])
    func split(total: Int, extents: [Extent], lengths: [Int]) {
        #expect(Layout.split(total, extents) == lengths)
    }

    @Test("rows and columns tile their rectangle")
    func tiles() {
        let rect = Rect(x: 3, y: 2, width: 20, height: 9)
        #expect(rect.rows(.fixed(1), .flex(1), .fixed(2)).map(\.y) == [2, 3, 9])
        #expect(rect.columns(.flex(1), .flex(1)).map(\.width) == [10, 10])
        #expect(rect.columns(.fixed(50), .flex(1)).map(\.width) == [20, 0])
    }

    @Test("rectangles never have a negative extent and never overflow")
    func rectangles() {
        let rect = Rect(x: 2, y: 2, width: 6, height: 4)
        #expect(rect.inset(dx: 9, dy: 9).isEmpty)
        #expect(rect.inset(dx: 1, dy: 1) == Rect(x: 3, y: 3, width: 4, height: 2))
        #expect(rect.intersection(Rect(x: 20, y: 0, width: 5, height: 5)).isEmpty)
        #expect(rect.centered(Size(width: 2, height: 2)) == Rect(x: 4, y: 3, width: 2, height: 2))
        #expect(rect.centered(Size(width: 99, height: 99)) == rect)
        #expect(Rect(x: .max, y: .min, width: .max, height: .min).inset(dx: .max, dy: .min).width == 0)
        #expect(rect.row(4).isEmpty)
        #expect(Size(width: -3, height: .max) == Size(width: 0, height: Size.limit))
    }
}
