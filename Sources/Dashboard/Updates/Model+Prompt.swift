import Cells
import Deliverability
import FoundationEssentials
import MTASTS

extension Model {
    /// The commands of the command line with what may follow them, and what they do.
    static let commandHelp: [(name: String, argument: String, text: String)] = [
        ("add", "NAME", "watch a domain"), ("export", "[FILE]", "JSON of all shown"),
        ("filter", "[WORDS]", "as / does; none clears"), ("quit", "", "leave"),
        ("remove", "[NAME]", "watch it no longer"), ("theme", "NAME", "other colours"),
    ]

    /// Their names, as completion offers them.
    static let commands = commandHelp.map(\.name)

    /// Gives a key to the line that is typed.
    mutating func takePrompt(_ key: Key, _ effects: inout [Effect]) {
        guard var prompt else { return }
        prompt.choices = []
        switch (prompt.kind, key) {
        case (.filter(let before), .escape):
            self.prompt = nil
            arrange { $0.filter = before }
        case (.filter, .enter):
            self.prompt = nil
        case (.filter, .down), (.filter, .up):
            // The rows can be walked while the filter is still open.
            select((selectedPosition ?? 0) + (key == .down ? 1 : -1))
        case (.filter, _):
            if key == .tab { complete(&prompt) } else if !prompt.input.take(key) { return }
            self.prompt = prompt
            let filter = Filter(prompt.input.text)
            arrange { $0.filter = filter }
            if cursor.flatMap({ fleet.position(of: $0) }) == nil { cursorPosition = 0 }
        case (.command, .escape):
            self.prompt = nil
        case (.command, .enter):
            self.prompt = nil
            run(prompt.input.text, &effects)
        case (.plan, .escape):
            self.prompt = nil
        case (.plan(let field), .enter):
            fill(field, prompt.input.text, &effects)
        case (.plan, _):
            notice = nil
            if prompt.input.take(key) { self.prompt = prompt }
        case (.command(let recalled), .up), (.command(let recalled), .down):
            recall(recalled, by: key == .up ? 1 : -1)
        case (.command, .tab):
            complete(&prompt)
            self.prompt = prompt
        case (.command, .backspace) where prompt.input.isEmpty:
            self.prompt = nil
        case (.command, _):
            if prompt.input.take(key) { self.prompt = prompt }
        }
    }

    private mutating func recall(_ recalled: Int?, by step: Int) {
        let place = (recalled ?? -1) + step
        guard place >= 0 else {
            prompt = Prompt(kind: .command(recalled: nil), input: LineInput())
            return
        }
        guard place < commandHistory.count else { return }
        let text = commandHistory[commandHistory.count - 1 - place]
        prompt = Prompt(kind: .command(recalled: place), input: LineInput(text))
    }

    /// Completes the last word as far as there is only one way, and tells the ways where there are several.
    private func complete(_ prompt: inout Prompt) {
        let text = prompt.input.text
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let word = words.last ?? ""
        // Of `!state:bou` and `mx:a,b` only the end is open.
        let open = prompt.kind.isFilter ? FilterReader.openEnd(of: word) : word
        let choices = prompt.kind.isFilter ? filterChoices(word) : commandChoices(words)
        let fitting = choices.filter { $0.hasPrefix(open) }
        guard let first = fitting.first else { return }
        let common = fitting.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
        let end = fitting.count == 1 && words.count == 1 && !prompt.kind.isFilter ? " " : ""
        prompt.input = LineInput(String(text.dropLast(open.count)) + common + end)
        if fitting.count > 1 { prompt.choices = fitting }
    }

    private func commandChoices(_ words: [String]) -> [String] {
        switch (words.count, words.first) {
        case (0...1, _): Model.commands
        case (2, "theme"): themes
        case (2, "remove"): words.last?.isEmpty == false ? fleet.rows.map(\.domain.text) : []
        default: []
        }
    }

    private func filterChoices(_ word: String) -> [String] {
        let field = word.drop { $0 == "!" }.prefix { $0 != ":" }
        guard word.contains(":") else { return FilterReader.openings }
        switch field {
        case "state": return DomainState.allCases.map { $0.word.lowercased() }
        case "policy": return ["enforce", "invalid", "none", "reject", "testing", "unreach"]
        case "tag": return Set(fleet.rows.flatMap(\.watched.tags).map { $0.lowercased() }).sorted()
        case "code": return FindingCode.allCases.map(\.rawValue)
        default: return []
        }
    }

    private mutating func run(_ line: String, _ effects: inout [Effect]) {
        let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true).map(String.init)
        guard let command = words.first else { return }
        let argument = words.count > 1 ? words[1].trimmed : ""
        commandHistory.removeAll { $0 == line }
        commandHistory.append(line)
        if commandHistory.count > ViewState.mostCommands { commandHistory.removeFirst() }
        switch command {
        case "quit", "q": effects.append(.quit)
        case "add":
            guard !argument.isEmpty else { return say("add what?  :add example.com", isError: true) }
            effects.append(.add(argument))
        case "remove":
            guard let domain = argument.isEmpty ? currentRow?.domain : readDomain(argument) else {
                return say("no domain name: \(argument)", isError: true)
            }
            guard fleet.row(of: domain) != nil else { return say("\(domain) is not watched", isError: true) }
            overlay = .question(
                Question(text: "Stop watching \(domain) until the end of this run?", consequence: .remove(domain)))
        case "export": export(argument, &effects)
        case "filter":
            (detail, isPlanning, isWall) = (nil, false, false)
            arrange { $0.filter = Filter(argument) }
        case "theme":
            guard themes.contains(argument) else {
                return say("no theme '\(argument)': there are \(themes.joined(separator: ", "))", isError: true)
            }
            chosenTheme = argument
            load(theme: argument, &effects)
        default:
            say("no command '\(command)': there are \(Model.commands.joined(separator: ", "))", isError: true)
        }
    }
}

extension String {
    /// Without blanks at both ends.
    var trimmed: String {
        var text = Substring(self)
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    fileprivate func commonPrefix(with other: String) -> String {
        String(zip(self, other).prefix { $0 == $1 }.map(\.0))
    }
}
