/// A grid of styled cells with, beside it, the name of the role that each cell was drawn in. Drawing clips: no
/// coordinate, size or text traps.
public struct Canvas: Sendable {
    /// Its extent.
    public let size: Size
    /// Where the terminal's cursor is shown; nil hides it.
    public var cursor: Point?

    var cells: [Cell]
    var roles: [UInt16]
    var roleNames: [String] = [""]

    /// A canvas of blanks.
    public init(_ size: Size, style: Style = .plain, role: String = "") {
        self.size = size
        cells = Array(repeating: .blank(style), count: size.area)
        roles = Array(repeating: 0, count: size.area)
        if !role.isEmpty {
            let index = self.index(of: role)
            roles = Array(repeating: index, count: size.area)
        }
    }

    /// A canvas of blanks.
    public init(width: Int, height: Int, style: Style = .plain, role: String = "") {
        self.init(Size(width: width, height: height), style: style, role: role)
    }

    /// Columns.
    public var width: Int { size.width }
    /// Rows.
    public var height: Int { size.height }
    /// The whole of it.
    public var bounds: Rect { Rect(size) }

    /// The cell at a position; nil outside.
    public subscript(x: Int, y: Int) -> Cell? {
        bounds.contains(Point(x: x, y: y)) ? cells[y * width + x] : nil
    }

    /// The role name a cell was drawn in, empty for none; nil outside.
    public func role(x: Int, y: Int) -> String? {
        bounds.contains(Point(x: x, y: y)) ? roleNames[Int(roles[y * width + x])] : nil
    }

    /// Cells of one row, left to right; empty outside.
    public func row(_ y: Int) -> ArraySlice<Cell> {
        guard y >= 0, y < height else { return [] }
        return cells[y * width..<(y + 1) * width]
    }

    /// The number that stands for a role's name in `roles`.
    mutating func index(of role: String) -> UInt16 {
        if let known = roleNames.lastIndex(of: role) { return UInt16(known) }
        guard roleNames.count < Int(UInt16.max) else { return 0 }
        roleNames.append(role)
        return UInt16(roleNames.count - 1)
    }
}

extension Canvas: Equatable {
    /// Equal where a terminal would show the same; roles do not count.
    public static func == (left: Canvas, right: Canvas) -> Bool {
        left.size == right.size && left.cursor == right.cursor && left.cells == right.cells
    }
}
