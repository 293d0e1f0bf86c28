/// A rectangle of cells; its extent is never negative.
public struct Rect: Hashable, Sendable {
    /// Leftmost column.
    public let x: Int
    /// Topmost row.
    public let y: Int
    /// Columns, 0 or more.
    public let width: Int
    /// Rows, 0 or more.
    public let height: Int

    /// A rectangle; origin and extent are brought into a range in which sums cannot overflow.
    public init(x: Int, y: Int, width: Int, height: Int) {
        self.x = Rect.bounded(x)
        self.y = Rect.bounded(y)
        self.width = max(0, Rect.bounded(width))
        self.height = max(0, Rect.bounded(height))
    }

    /// The rectangle that covers a canvas of `size`.
    public init(_ size: Size) {
        self.init(x: 0, y: 0, width: size.width, height: size.height)
    }

    /// Nothing at all.
    public static let zero = Rect(x: 0, y: 0, width: 0, height: 0)

    static func bounded(_ value: Int) -> Int { min(max(value, -1_000_000), 1_000_000) }

    /// First column to the right of it.
    public var maxX: Int { x + width }
    /// First row below it.
    public var maxY: Int { y + height }
    /// Its extent.
    public var size: Size { Size(width: width, height: height) }
    /// True where no cell fits.
    public var isEmpty: Bool { width == 0 || height == 0 }

    /// True when the cell at `point` lies inside.
    public func contains(_ point: Point) -> Bool {
        point.x >= x && point.x < maxX && point.y >= y && point.y < maxY
    }

    /// The part that both cover; empty where they do not meet.
    public func intersection(_ other: Rect) -> Rect {
        let left = max(x, other.x)
        let top = max(y, other.y)
        return Rect(
            x: left, y: top, width: min(maxX, other.maxX) - left, height: min(maxY, other.maxY) - top)
    }

    /// The rectangle without `dx` columns at each side and `dy` rows at each end.
    public func inset(dx: Int, dy: Int) -> Rect {
        let dx = Rect.bounded(dx)
        let dy = Rect.bounded(dy)
        return Rect(x: x + dx, y: y + dy, width: width - 2 * dx, height: height - 2 * dy)
    }

    /// A rectangle of at most `size`, in the middle of this one.
    public func centered(_ size: Size) -> Rect {
        let width = min(size.width, self.width)
        let height = min(size.height, self.height)
        return Rect(
            x: x + (self.width - width) / 2, y: y + (self.height - height) / 2, width: width, height: height)
    }

    /// One row of it, `offset` rows from its top; empty where there is no such row.
    public func row(_ offset: Int) -> Rect {
        guard offset >= 0, offset < height else { return Rect(x: x, y: y, width: 0, height: 0) }
        return Rect(x: x, y: y + offset, width: width, height: 1)
    }
}
