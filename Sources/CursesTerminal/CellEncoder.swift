import CCurses
import Cells

/// Cells as the wide characters that ncurses takes, in the width that the C library gives them too.
struct CellEncoder {
    /// Whether the locale writes UTF-8; elsewhere all but ASCII becomes a question mark.
    let isUTF8: Bool

    /// One entry a character that ncurses draws, each ended by 0: the cell's text, or as many marks as it has columns.
    func characters(of cell: Cell) -> [[wchar_t]] {
        let scalars = cell.text.unicodeScalars
        guard let base = scalars.first else { return [] }
        if base.value < 0x7f, scalars.count == 1 { return [[wchar_t(base.value), 0]] }
        // ncurses moves by the C library's widths: a younger character that only our table knows would shift the row.
        guard isUTF8, Int(stswatch_wcwidth(wchar_t(base.value))) == cell.width else {
            let mark = base.value < 0x7f ? wchar_t(base.value) : wchar_t(UInt8(ascii: "?"))
            return Array(repeating: [mark, 0], count: cell.width)
        }
        let marks = scalars.dropFirst().map { wchar_t($0.value) }.filter { stswatch_wcwidth($0) == 0 }
        return [[wchar_t(base.value)] + marks.prefix(4) + [0]]
    }
}
