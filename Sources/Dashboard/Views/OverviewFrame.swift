//  banner                 full: from 60 columns and 10 rows
//  status
//  head
//  table ...
//  -- Changes -----------------------+-- domain --------     from 16 rows; the side pane from 130 columns
//  changes ...                       | side ...
//  fix                                                       where there is no side pane
//  footer, prompt or notice
//
//  banner                 compact: banner, table, and one line with the WHY of the row under the cursor
//  table ...
//  footer

import Cells

/// How much fits on a screen.
enum ScreenClass: Hashable, Sendable {
    /// Under 30 columns or 5 rows: the counts, nothing else.
    case counts
    /// Under 60 columns or 10 rows: no status, no header.
    case compact
    case full

    /// Under so many columns a screen is narrow.
    static let narrow = 60

    init(_ size: Size) {
        if size.width < 30 || size.height < 5 {
            self = .counts
        } else {
            self = size.width < ScreenClass.narrow || size.height < 10 ? .compact : .full
        }
    }
}

/// Where the regions of the overview stand; regions without room are empty.
struct OverviewFrame: Hashable, Sendable {
    var banner = Rect.zero
    var status = Rect.zero
    var head = Rect.zero
    var table = Rect.zero
    /// The titles of both lower panes.
    var divider = Rect.zero
    var changes = Rect.zero
    var side = Rect.zero
    var fix = Rect.zero
    var footer = Rect.zero

    init(_ model: Model, size: Size) {
        let whole = Rect(size)
        switch ScreenClass(size) {
        case .counts:
            banner = whole
        case .compact:
            let parts = whole.rows(.fixed(1), .flex(1), .fixed(size.height >= 6 ? 1 : 0))
            (banner, table, footer) = (parts[0], parts[1], parts[2])
        case .full:
            let isWide = size.width >= 130 && size.height >= 16
            let fixRows = isWide ? 0 : size.height >= 20 ? 2 : size.height >= 13 ? 1 : 0
            let middle = size.height - 4 - fixRows
            let lower = OverviewFrame.lowerRows(size, middle: middle, rows: model.fleet.rows.count, isWide: isWide)
            let parts = whole.rows(
                .fixed(1), .fixed(1), .fixed(1), .flex(1), .fixed(lower > 0 ? 1 : 0), .fixed(lower),
                .fixed(fixRows), .fixed(1))
            banner = parts[0]
            status = parts[1]
            head = parts[2]
            table = parts[3]
            divider = parts[4]
            fix = parts[6]
            footer = parts[7]
            let panes = parts[5].columns(.flex(3), .fixed(isWide ? max(52, size.width * 2 / 5) : 0))
            changes = panes[0]
            side = panes[1]
        }
    }

    /// Rows of the lower panes. A list shorter than the table leaves its room to them; what the filter hides does
    /// not, or the screen would jump at each key.
    private static func lowerRows(_ size: Size, middle: Int, rows: Int, isWide: Bool) -> Int {
        guard size.height >= 16 else { return 0 }
        let least = isWide ? middle * 4 / 10 : size.height < 24 ? 3 : max(4, size.height / 5)
        let spare = middle - 1 - max(5, rows)
        return min(max(least, spare), max(least, middle * 6 / 10))
    }
}
