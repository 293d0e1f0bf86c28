/// An extent in cells; never negative.
public struct Size: Hashable, Sendable {
    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int

    /// An extent; negative values count as 0 and none exceeds `Size.limit`.
    public init(width: Int, height: Int) {
        self.width = min(max(0, width), Size.limit)
        self.height = min(max(0, height), Size.limit)
    }

    /// No terminal is larger; it keeps a hostile `TIOCSWINSZ` from asking for gigabytes.
    public static let limit = 1000

    /// Nothing at all.
    public static let zero = Size(width: 0, height: 0)

    /// Number of cells.
    public var area: Int { width * height }
    /// True where no cell fits.
    public var isEmpty: Bool { area == 0 }
}
