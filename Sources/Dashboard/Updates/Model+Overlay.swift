import Cells
import FoundationEssentials
import MTASTS

extension Model {
    /// Gives a key to what lies over the screen.
    mutating func takeOverlay(_ key: Key, _ effects: inout [Effect]) {
        switch overlay {
        case .help(let query, let scroll): takeHelp(key, query, scroll)
        case .menu(let menu): take(key, menu, &effects)
        case .question(let question): take(key, question, &effects)
        case .reader(let title, let lines, let scroll): takeReader(key, title, lines, scroll, &effects)
        case nil: break
        }
    }

    private mutating func takeHelp(_ key: Key, _ query: LineInput, _ scroll: Int) {
        var query = query
        let last = max(0, HelpView.lines(self, query: query.text, width: size.width).count - 1)
        var scroll = min(scroll, last)
        switch key {
        case .escape, .enter:
            overlay = nil
            return
        case .down: scroll += 1
        case .up: scroll -= 1
        case .pageDown: scroll += max(1, size.height - 4)
        case .pageUp: scroll -= max(1, size.height - 4)
        default:
            // A letter is searched for, whatever it does elsewhere.
            if !key.isText, let action = keymap.action(for: key), [.help, .back, .quitView].contains(action) {
                overlay = nil
                return
            }
            guard query.take(key) else { return }
            scroll = 0
        }
        overlay = .help(query: query, scroll: min(max(0, scroll), last))
    }

    private mutating func takeReader(
        _ key: Key, _ title: String, _ lines: [String], _ scroll: Int, _ effects: inout [Effect]
    ) {
        let page = max(1, size.height - 4)
        let moved: Int
        switch (key, keymap.action(for: key)) {
        case (.escape, _), (.enter, _), (_, .quitView), (_, .remarks):
            overlay = nil
            return
        case (_, .quit):
            effects.append(.quit)
            return
        case (_, .moveDown): moved = scroll + 1
        case (_, .moveUp): moved = scroll - 1
        case (_, .pageDown), (_, .halfPageDown): moved = scroll + page
        case (_, .pageUp), (_, .halfPageUp): moved = scroll - page
        case (_, .moveTop): moved = 0
        case (_, .moveBottom): moved = lines.count
        default: return
        }
        overlay = .reader(title: title, lines: lines, scroll: min(max(0, moved), max(0, lines.count - 1)))
    }

    private mutating func take(_ key: Key, _ question: Question, _ effects: inout [Effect]) {
        switch key {
        case .character("y"), .character("Y"):
            overlay = nil
            switch question.consequence {
            case .recheck(let domains): recheck(domains, &effects)
            case .remove(let domain): effects.append(.remove(domain))
            }
        case .character("n"), .character("N"), .character("q"), .enter, .escape:
            overlay = nil
        default:
            // Who types on did not read the question: nothing is done, and what is typed is taken for what it is.
            overlay = nil
            take(key, &effects)
        }
    }

    private mutating func take(_ key: Key, _ menu: Menu, _ effects: inout [Effect]) {
        var menu = menu
        if case .character(let letter) = key, let item = menu.items.first(where: { $0.key == letter }) {
            return choose(item, menu, &effects)
        }
        let before = menu.selection
        switch (key, keymap.action(for: key)) {
        case (.enter, _):
            guard menu.items.indices.contains(menu.selection) else {
                overlay = nil
                return
            }
            return choose(menu.items[menu.selection], menu, &effects)
        case (.character(" "), _) where menu.kind == .columns && menu.items.indices.contains(menu.selection):
            return choose(menu.items[menu.selection], menu, &effects)
        case (_, .quit):
            effects.append(.quit)
            return
        case (.escape, _), (_, .quitView), (_, .back):
            if case .theme(let old) = menu.kind { theme = old }
            overlay = nil
            return
        case (_, .moveDown): menu.selection += 1
        case (_, .moveUp): menu.selection -= 1
        case (_, .moveTop): menu.selection = 0
        case (_, .moveBottom): menu.selection = menu.items.count - 1
        case (_, .pageDown), (_, .halfPageDown): menu.selection += 8
        case (_, .pageUp), (_, .halfPageUp): menu.selection -= 8
        default: return
        }
        menu.selection = min(max(0, menu.selection), max(0, menu.items.count - 1))
        overlay = .menu(menu)
        // Themes are seen while one walks through them.
        if case .theme = menu.kind, menu.selection != before { load(theme: menu.items[menu.selection].value, &effects) }
    }

    private mutating func choose(_ item: Menu.Item, _ menu: Menu, _ effects: inout [Effect]) {
        overlay = nil
        switch menu.kind {
        case .grouping: group(by: Grouping(rawValue: item.value))
        case .columns:
            if let column = OverviewColumn(rawValue: item.value) { hiddenColumns.formSymmetricDifference([column]) }
            openColumns(at: menu.items.firstIndex(of: item) ?? menu.selection)
        case .sort:
            if let column = SortColumn(rawValue: item.value) { arrange { $0.sort(by: column) } }
        case .theme:
            chosenTheme = item.value
            if theme.name != item.value { load(theme: item.value, &effects) }
        case .mute(let domains): mute(domains, seconds: Int(item.value) ?? 0, &effects)
        case .copy(let domain) where item.value == Menu.report:
            effects.append(.copyReport(domain))
            say("copied: the JSON of \(domain)")
        case .copy:
            effects.append(.copy(item.value))
            say("copied: \(item.value)")
        }
    }

    /// The built-in theme needs no file.
    mutating func load(theme name: String, _ effects: inout [Effect]) {
        if name == Theme.auto.name {
            theme = .auto
            theme.isMono = isMono
        } else {
            effects.append(.loadTheme(name))
        }
    }
}
