import Cells
import Testing

@Suite struct TableTests {
    private let wanted = [
        TableColumn("glyph", minimum: 1, priority: 100),
        TableColumn("state", minimum: 7, priority: 60),
        TableColumn("domain", minimum: 12, ideal: 26, flex: 1, priority: 90),
        TableColumn("policy", minimum: 1, ideal: 7, priority: 50),
        TableColumn("cert", minimum: 4, priority: 80, alignment: .trailing),
        TableColumn("day", minimum: 12, priority: 20),
        TableColumn("why", minimum: 10, ideal: 30, flex: 3, priority: 70),
    ]

    @Test("at every width the columns fit, keep their order and at least their minimum", arguments: 20...200)
    func fits(width: Int) {
        let table = Table(wanted, width: width)
        let order = wanted.map(\.id)
        #expect(table.columns.map(\.id) == order.filter { table[$0] != nil })
        var x = 0
        for column in table.columns {
            #expect(column.x == x)
            #expect(column.width >= wanted.first { $0.id == column.id }?.minimum ?? .max)
            x += column.width + 1
        }
        #expect(x - 1 <= width)
        let needsAll = wanted.reduce(0) { $0 + $1.minimum } + wanted.count - 1
        #expect((table.columns.count == wanted.count) == (width >= needsAll))
        let lost = wanted.filter { table[$0.id] == nil }
        let kept = wanted.filter { table[$0.id] != nil }
        #expect(lost.allSatisfy { gone in kept.allSatisfy { $0.priority > gone.priority } })
        #expect(x - 1 == width || table["domain"] == nil, "a flexible column takes what is left")
    }

    @Test("the least important goes first, not the right-most")
    func order() {
        #expect(Table(wanted, width: 52).columns.map(\.id) == ["glyph", "state", "domain", "policy", "cert", "why"])
        #expect(Table(wanted, width: 20).columns.map(\.id) == ["glyph", "domain", "cert"])
    }

    @Test("ideals are met by importance before anything flexes")
    func ideals() {
        let table = Table(wanted, width: 80)
        #expect(table.columns.map(\.width) == [1, 7, 26, 1, 4, 12, 23])
        let wide = Table(wanted, width: 112)
        #expect(wide.columns.map(\.width) == [1, 7, 31, 7, 4, 12, 44])
    }

    @Test("the last column shrinks to what there is; at 0 there is none")
    func tiny() {
        #expect(Table(wanted, width: 1).columns.map(\.width) == [1])
        #expect(Table([TableColumn("only", minimum: 9, priority: 1)], width: 4)["only"]?.width == 4)
        #expect(Table(wanted, width: 0).columns.isEmpty)
        #expect(Table(wanted, width: -5, gap: -5).columns.isEmpty)
        #expect(Table([TableColumn<String>](), width: 80).columns.isEmpty)
        #expect(
            Table([TableColumn("a", minimum: .max, ideal: .max, flex: .max, priority: .min)], width: 9)["a"]?.width == 9
        )
    }
}
