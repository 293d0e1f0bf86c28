/// A column that a table would like to show; `ID` names it to the caller.
public struct TableColumn<ID: Hashable & Sendable>: Hashable, Sendable {
    /// Its name.
    public let id: ID
    /// Fewest columns in which it still says something.
    public let minimum: Int
    /// Columns in which it shows everything it usually has.
    public let ideal: Int
    /// Weight with which it takes what the ideals leave; 0 for none.
    public let flex: Int
    /// The column of the lowest priority goes first when width lacks; of equal ones the right-most.
    public let priority: Int
    /// Where its text stands.
    public let alignment: Alignment

    /// A column; `ideal` counts as at least `minimum`.
    public init(
        _ id: ID, minimum: Int, ideal: Int? = nil, flex: Int = 0, priority: Int, alignment: Alignment = .leading
    ) {
        self.id = id
        self.minimum = min(max(1, minimum), Size.limit)
        self.ideal = min(max(self.minimum, ideal ?? minimum), Size.limit)
        self.flex = min(max(0, flex), 1000)
        self.priority = priority
        self.alignment = alignment
    }
}
