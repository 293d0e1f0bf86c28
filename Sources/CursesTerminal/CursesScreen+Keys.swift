import CCurses
public import Cells

extension CursesScreen {
    /// A paste in which nothing comes for so long has no end.
    private static let pastePause = Duration.seconds(2)

    /// Every key that waits, oldest first, at most some hundreds at a time. Waits 25 ms where an escape stands last,
    /// to tell the key from the beginning of another.
    public func readKeys() -> [Key] { readInput().keys }

    /// `readKeys`, and how many bytes and codes they were made of: none, where input seemed to wait, is a lost terminal.
    func readInput() -> (keys: [Key], count: Int) {
        var keys: [Key] = []
        var reads = 0
        let start = now()
        if let lastInput, start - lastInput >= CursesScreen.pastePause { keys += decoder.pause() }
        defer { if reads > 0 { lastInput = now() } }
        while isActive, keys.count < 256, reads < 4096 {
            let code = wgetch(stswatch_stdscr())
            if code == ERR { return (keys + decoder.idle(), reads) }
            reads += 1
            if code == KEY_MOUSE {
                keys += decoder.idle()
                keys += mouseEvents().map(Key.mouse)
            } else {
                keys += decoder.decode(code)
            }
        }
        return (keys, reads)
    }

    /// Sequences that terminals send though their description does not say so, and the brackets of a paste.
    func defineKeys() {
        define_key("\u{1b}[200~", KeyDecoder.pasteBegin)
        define_key("\u{1b}[201~", KeyDecoder.pasteEnd)
        let usual: [(String, Int32)] = [
            ("[A", KEY_UP), ("[B", KEY_DOWN), ("[C", KEY_RIGHT), ("[D", KEY_LEFT), ("[H", KEY_HOME), ("[F", KEY_END),
            ("OA", KEY_UP), ("OB", KEY_DOWN), ("OC", KEY_RIGHT), ("OD", KEY_LEFT), ("OH", KEY_HOME), ("OF", KEY_END),
            ("[1~", KEY_HOME), ("[4~", KEY_END), ("[7~", KEY_HOME), ("[8~", KEY_END), ("[5~", KEY_PPAGE),
            ("[6~", KEY_NPAGE), ("[3~", KEY_DC), ("[2~", KEY_IC), ("[Z", KEY_BTAB), ("OM", KEY_ENTER),
        ]
        for (sequence, code) in usual where key_defined("\u{1b}" + sequence) == 0 {
            define_key("\u{1b}" + sequence, code)
        }
    }

    /// Those that came together, oldest first: ncurses announces them once and gives out the newest first.
    private func mouseEvents() -> [MouseEvent] {
        let actions: [(mmask_t, MouseEvent.Action)] = [
            (stswatch_left_double(), .doubleClick), (stswatch_left_pressed(), .press),
            (stswatch_left_released(), .release), (stswatch_right_pressed(), .secondary),
            (stswatch_wheel_up(), .wheelUp), (stswatch_wheel_down(), .wheelDown),
        ]
        var events: [MouseEvent] = []
        var event = MEVENT()
        while events.count < 64, getmouse(&event) == OK {
            guard let action = actions.first(where: { event.bstate & $0.0 != 0 })?.1 else { continue }
            events.append(MouseEvent(action, at: Point(x: Int(event.x), y: Int(event.y))))
        }
        return events.reversed()
    }
}
