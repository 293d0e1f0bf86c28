import CCurses
public import Cells

extension CursesScreen {
    /// Cells in a frame from which on it is bracketed: below, the bracket costs more than it hides.
    static let bracketThreshold = 200

    /// Shows a canvas: writes what differs from what is shown, nothing where nothing does.
    public func present(_ canvas: Canvas) {
        let canvas = canvas.withQuietGaps
        guard isActive, shown != canvas else { return }
        let window = stswatch_stdscr()
        if shown == nil { werase(window) }
        let diff = CanvasDiff(from: shown, to: canvas)
        draw(diff, of: canvas)
        if shown?.cursor != canvas.cursor || shown == nil { showCursor(canvas.cursor) }
        shown = canvas
        if let cursor = canvas.cursor { wmove(window, Int32(cursor.y), Int32(cursor.x)) }
        wnoutrefresh(window)
        update(bracketed: diff.count >= CursesScreen.bracketThreshold)
        writeOnlyCell(of: canvas)
    }

    /// Where a terminal has one cell and no way to turn wrapping off, ncurses leaves it blank: it fills the last
    /// corner by way of the cell beside it.
    private func writeOnlyCell(of canvas: Canvas) {
        guard canvas.size == Size(width: 1, height: 1), let cell = canvas[0, 0] else { return }
        TerminalOutput.write("\r" + cell.text, to: output)
    }

    /// Makes the next canvas be painted whole: what the terminal shows is not known any more.
    func forget() {
        guard isActive else { return }
        shown = nil
        clearok(stswatch_curscr(), true)
    }

    /// Paints everything afresh, for a terminal that others have written on.
    public func redraw() {
        guard isActive else { return }
        clearok(stswatch_curscr(), true)
        wnoutrefresh(stswatch_stdscr())
        update(bracketed: true)
    }

    private func draw(_ diff: CanvasDiff, of canvas: Canvas) {
        var diff = diff
        for attempt in 0..<2 {
            for run in diff.runs { draw(run) }
            guard pairs.isExhausted, attempt == 0 else { return }
            // A theme was changed often: begin anew with the pairs of this canvas alone.
            pairs.reset()
            reset_color_pairs()
            diff = CanvasDiff(from: nil, to: canvas)
        }
    }

    private func draw(_ run: CanvasDiff.Run) {
        var line: [cchar_t] = []
        line.reserveCapacity(run.cells.count)
        for cell in run.cells where !cell.isContinuation {
            let look = pairs.look(cell.style)
            for characters in encoder.characters(of: cell) {
                var pair = look.pair
                var shown = cchar_t()
                setcchar(&shown, characters, look.attributes, 0, &pair)
                line.append(shown)
            }
        }
        mvwadd_wchnstr(stswatch_stdscr(), Int32(run.y), Int32(run.x), line, Int32(line.count))
    }

    private func showCursor(_ cursor: Point?) {
        // Hidden, it may stay wherever the last run ended: that saves the bytes to move it.
        leaveok(stswatch_stdscr(), cursor == nil)
        curs_set(cursor == nil ? 0 : 1)
    }

    private func update(bracketed: Bool) {
        let bracketed = bracketed && usesSynchronizedOutput
        if bracketed { TerminalOutput.write("\u{1b}[?2026h", to: output) }
        doupdate()
        if bracketed { TerminalOutput.write("\u{1b}[?2026l", to: output) }
    }
}
