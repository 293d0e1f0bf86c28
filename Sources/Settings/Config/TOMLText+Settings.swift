import Dashboard
import MTASTS
import TOMLKit

/// The readers of the single settings.
extension TOMLText {
    mutating func path(_ key: String, in table: TOMLTable, from place: PathPlace) -> String? {
        guard let text = string(key, in: table) else { return nil }
        guard !text.isEmpty else {
            problem([key], "'\(key)' must name a path")
            return nil
        }
        return place.resolve(text)
    }

    /// A string such as `30s`, or a whole number of seconds.
    mutating func duration(
        _ key: String, in table: TOMLTable, at place: [String] = [], range: ClosedRange<Duration>
    ) -> Duration? {
        guard let value = table[key] else { return nil }
        let written = value.string ?? (value.type == .int ? value.int.map(String.init) : nil)
        guard let written, let duration = DurationText.parse(written), range.contains(duration) else {
            let bounds = "\(DurationText.text(range.lowerBound)) to \(DurationText.text(range.upperBound))"
            problem(place + [key], "'\(key)' must be a length of time such as \"30s\" or \"5m\", from \(bounds)")
            return nil
        }
        return duration
    }

    /// A name stays one; a path is meant from the settings file's folder.
    mutating func theme(in table: TOMLTable, from place: PathPlace) -> String? {
        guard let text = string("theme", in: table) else { return nil }
        if ThemeLibrary.isName(text) { return text }
        guard ThemeLibrary.isPath(text) else {
            problem(["theme"], "'theme' must be the name of a theme, or a path with a / or the ending .toml")
            return nil
        }
        return place.resolve(text)
    }

    mutating func resolvers(in table: TOMLTable) -> [ResolverAddress] {
        (strings("resolver", in: table) ?? []).compactMap { text, place in
            switch ResolverAddress.parse(text) {
            case .success(let address): return address
            case .failure(let failure):
                problem(place, "resolver '\(text)': \(failure.reason)")
                return nil
            }
        }
    }

    mutating func hosts(_ key: String, in table: TOMLTable, isSingle: Bool) -> [DomainName] {
        if isSingle, table[key] != nil, table[key]?.string == nil {
            problem([key], "'\(key)' must be a host name in quotes")
            return []
        }
        return (strings(key, in: table) ?? []).compactMap { text, place in
            guard let name = try? IDN.toASCII(text.utf8).get(), name.isHostName else {
                problem(place, "\(key) '\(text)' is not a host name")
                return nil
            }
            return name
        }
    }

    /// The keys of actions; each problem of the keymap stands at its action.
    mutating func keymap(in root: TOMLTable) -> [String: [String]] {
        guard let table = table("keys", in: root) else { return [:] }
        var keys: [String: [String]] = [:]
        for action in table.keys {
            keys[action] = (strings(action, in: table, at: ["keys"]) ?? []).map(\.text)
        }
        for found in Keymap.remapped(keys).problems {
            switch found {
            case .unknownAction(let name): problem(["keys", name], "\(found)")
            case .unknownKey(let action, _), .signal(_, let action): problem(["keys", action.rawValue], "\(found)")
            case .conflict(_, let kept, let lost):
                // A key that is taken from an action by default is told where it is asked for.
                problem(["keys", keys[lost.rawValue] == nil ? kept.rawValue : lost.rawValue], "\(found)")
            }
        }
        return keys
    }
}
