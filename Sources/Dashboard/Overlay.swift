import Cells
import MTASTS

/// What lies over the screen and takes the keys.
enum Overlay: Hashable, Sendable {
    case help(query: LineInput, scroll: Int)
    case menu(Menu)
    case question(Question)
    /// Lines to read, such as what is wrong with the list.
    case reader(title: String, lines: [String], scroll: Int)
}

/// A list to choose from.
struct Menu: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case sort
        /// With the theme to go back to.
        case theme(before: Theme)
        case copy(DomainName)
        case mute([DomainName])
        case grouping
        /// Stays open: more than one is chosen.
        case columns
    }

    struct Item: Hashable, Sendable {
        /// The key that chooses it at once.
        let key: Character?
        let label: String
        /// What is done with it: a sort column, a theme, a text.
        let value: String
    }

    let kind: Kind
    let title: String
    let items: [Item]
    var selection = 0
}

/// Something to be sure about.
struct Question: Hashable, Sendable {
    enum Consequence: Hashable, Sendable {
        case recheck([DomainName])
        case remove(DomainName)
    }

    let text: String
    let consequence: Consequence
}

/// A line that is typed at the foot of the screen.
struct Prompt: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// With the filter to go back to.
        case filter(before: Filter)
        /// With the place in the history of commands; nil at the new line.
        case command(recalled: Int?)
        case plan(PlanField)

        var isFilter: Bool {
            if case .filter = self { true } else { false }
        }
    }

    var kind: Kind
    var input: LineInput
    /// The ways in which the last word may go on, since they were asked for.
    var choices: [String] = []

    /// What stands in front of the line.
    var mark: String {
        switch kind {
        case .filter: "/"
        case .command: ":"
        case .plan(let field): field.mark
        }
    }
}
