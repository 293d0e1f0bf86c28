/// A place in a TOML text.
struct TOMLPosition: Hashable, Comparable {
    /// From 1.
    let line: Int
    /// Characters from 1.
    let column: Int

    static func < (left: TOMLPosition, right: TOMLPosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
