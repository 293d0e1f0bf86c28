/// The cells to redraw so that a terminal showing one canvas shows another.
public struct CanvasDiff: Equatable, Sendable {
    /// Changed cells side by side in one row; never begins or ends inside a wide character.
    public struct Run: Equatable, Sendable {
        /// Column of the first cell.
        public let x: Int
        /// Row.
        public let y: Int
        /// The new cells, left to right, at least one.
        public let cells: [Cell]
    }

    /// Top to bottom, left to right.
    public let runs: [Run]

    /// What differs between two canvases; everything where there is no old one or its size differs.
    public init(from old: Canvas?, to new: Canvas) {
        var runs: [Run] = []
        let base = old?.size == new.size ? old : nil
        for y in 0..<new.height {
            let start = y * new.width
            guard let base else {
                if new.width > 0 { runs.append(Run(x: 0, y: y, cells: Array(new.row(y)))) }
                continue
            }
            var x = 0
            while x < new.width {
                guard base.cells[start + x] != new.cells[start + x] else {
                    x += 1
                    continue
                }
                var first = x
                while first > 0, new.cells[start + first].isContinuation { first -= 1 }
                var end = x
                while end < new.width,
                    base.cells[start + end] != new.cells[start + end] || new.cells[start + end].isContinuation
                {
                    end += 1
                }
                runs.append(Run(x: first, y: y, cells: Array(new.cells[start + first..<start + end])))
                x = end
            }
        }
        self.runs = runs
    }

    /// True where the terminal shows the new canvas already.
    public var isEmpty: Bool { runs.isEmpty }

    /// Number of cells to redraw.
    public var count: Int { runs.reduce(0) { $0 + $1.cells.count } }
}
