/// What a tab shows: one text, or a table above and what is selected in it below.
struct DetailContent: Sendable {
    /// The text, or the table with its head.
    var upper: [StyledLine] = []
    /// For each entry that can be selected, its line in `upper`; empty where nothing can.
    var entries: [Int] = []
    /// Lines of `upper` that stay in place while the rest scrolls.
    var heads = 0
    /// The rule between both parts.
    var divider = ""
    var lower: [StyledLine] = []
}
