import TOMLKit

extension TOMLText {
    /// The string at a key; nil and a problem where something else stands, nil where nothing does.
    mutating func string(_ key: String, in table: TOMLTable, at place: [String] = []) -> String? {
        guard let value = table[key] else { return nil }
        guard let text = value.string else {
            problem(place + [key], "'\(key)' must be a string in quotes")
            return nil
        }
        return text
    }

    mutating func bool(_ key: String, in table: TOMLTable, at place: [String] = []) -> Bool? {
        guard let value = table[key] else { return nil }
        guard let flag = value.bool else {
            problem(place + [key], "'\(key)' must be true or false")
            return nil
        }
        return flag
    }

    mutating func integer(
        _ key: String, in table: TOMLTable, at place: [String] = [], range: ClosedRange<Int>
    ) -> Int? {
        guard let value = table[key] else { return nil }
        guard value.type == .int, let number = value.int, range.contains(number) else {
            problem(place + [key], "'\(key)' must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    mutating func table(_ key: String, in table: TOMLTable, at place: [String] = []) -> TOMLTable? {
        guard let value = table[key] else { return nil }
        guard let inner = value.table else {
            problem(place + [key], "'\(key)' must be a table")
            return nil
        }
        return inner
    }

    /// One string or an array of strings, each with its place; nil where nothing stands.
    mutating func strings(
        _ key: String, in table: TOMLTable, at place: [String] = []
    ) -> [(text: String, place: [String])]? {
        guard let value = table[key] else { return nil }
        if let text = value.string { return [(text, place + [key])] }
        guard let array = value.array else {
            problem(place + [key], "'\(key)' must be a string or an array of strings")
            return nil
        }
        var texts: [(text: String, place: [String])] = []
        for (number, element) in array.enumerated() {
            let here = place + [key, String(number)]
            if let text = element.string {
                texts.append((text, here))
            } else {
                problem(here, "'\(key)' must hold strings only")
            }
        }
        return texts
    }
}
