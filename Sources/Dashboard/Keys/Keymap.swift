public import Cells

/// Why a keymap of the settings cannot be taken as it stands.
public enum KeymapProblem: Hashable, Sendable, CustomStringConvertible {
    /// No action has this name.
    case unknownAction(String)
    /// The text names no key.
    case unknownKey(action: Action, text: String)
    /// The terminal makes a signal of this key, which never arrives; it does what it does.
    case signal(key: Key, action: Action)
    /// One key is asked for by two actions; `kept` has it.
    case conflict(key: Key, kept: Action, lost: Action)

    public var description: String {
        switch self {
        case .unknownAction(let name):
            "no action '\(name)'; the actions are \(Action.allCases.map(\.rawValue).joined(separator: ", "))"
        case .unknownKey(let action, let text):
            "'\(text)' for \(action.rawValue) names no key: one character, ctrl-d, f1, page-down, enter and so on"
        case .signal(let key, let action):
            "\(key.label) cannot be given to \(action.rawValue): the terminal makes a signal of it, which "
                + (key == .ctrl("z") ? "suspends" : "quits")
        case .conflict(let key, let kept, let lost):
            "\(key.label) is asked for by \(kept.rawValue) and by \(lost.rawValue); give one of them another key"
        }
    }
}

/// Which key does what; help and footer are made from it.
public struct Keymap: Hashable, Sendable {
    private var actions: [Key: Action] = [:]
    private var bound: [Action: [Key]] = [:]

    /// The keys of the table of actions.
    public static let standard = Keymap.remapped([:]).keymap

    /// The standard keys with some actions given others: the names of an action's keys, as `Key.parse` reads them,
    /// replace all its standard ones; an empty list takes them away.
    ///
    /// A key that the settings give to an action is taken from the action that has it by default, and told as a
    /// conflict unless that action was given other keys too. Keys of which the terminal makes a signal can be named for
    /// what that does and for nothing else; `ctrl-c` quits in any case.
    public static func remapped(_ names: [String: [String]]) -> (keymap: Keymap, problems: [KeymapProblem]) {
        var keymap = Keymap()
        var problems = names.keys.sorted().filter { Action(rawValue: $0) == nil }.map(KeymapProblem.unknownAction)
        for info in ActionInfo.all {
            for text in names[info.action.rawValue] ?? [] {
                guard let key = Key.parse(text) else {
                    problems.append(.unknownKey(action: info.action, text: text))
                    continue
                }
                if let action = signals[key], action != info.action {
                    problems.append(.signal(key: key, action: info.action))
                } else {
                    keymap.bind(key, to: info.action, &problems)
                }
            }
        }
        for info in ActionInfo.all where names[info.action.rawValue] == nil {
            for key in info.keys.compactMap(Key.parse) { keymap.bind(key, to: info.action, &problems) }
        }
        if keymap.actions[.ctrl("c")] == nil { keymap.bind(.ctrl("c"), to: .quit, &problems) }
        return (keymap, problems)
    }

    /// The keys of which the terminal makes a signal, and what that does.
    private static let signals: [Key: Action] = [.ctrl("c"): .quit, .ctrl("\\"): .quit, .ctrl("z"): .suspend]

    /// Every action with its standard keys, as settings write them, in the order of the help.
    public static let standardNames: [(name: String, keys: [String])] = ActionInfo.all.map {
        ($0.action.rawValue, $0.keys)
    }

    /// What a key does; nil where nothing.
    public func action(for key: Key) -> Action? { actions[key] }

    /// The keys of an action, the first one named first; empty where it has none.
    public func keys(for action: Action) -> [Key] { bound[action] ?? [] }

    private mutating func bind(_ key: Key, to action: Action, _ problems: inout [KeymapProblem]) {
        if let holder = actions[key] {
            if holder != action { problems.append(.conflict(key: key, kept: holder, lost: action)) }
            return
        }
        actions[key] = action
        bound[action, default: []].append(key)
    }
}
