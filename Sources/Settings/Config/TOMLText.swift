import MTASTS
import TOMLKit

/// A parsed TOML text that still knows where its keys stand, and collects what is wrong with them.
struct TOMLText {
    /// The most bytes that are read of any settings or theme file.
    static let greatestSize = 256 << 10

    let path: String
    let root: TOMLTable
    private let positions: [[String]: TOMLPosition]
    private var found: [(TOMLPosition?, String)] = []

    /// Reads and parses the file.
    init(path: String) throws(SettingsError) {
        let file: FileBytes
        do {
            file = try FileBytes.read(path, limit: Self.greatestSize, regularOnly: true)
        } catch {
            throw SettingsError(path: path, failure: error)
        }
        try self.init(path: path, bytes: file.bytes)
    }

    /// Parses a text; the path is for messages only.
    init(path: String, bytes: [UInt8]) throws(SettingsError) {
        self.path = path
        // The parser takes a C string and would silently stop at a NUL.
        if let index = bytes.firstIndex(of: 0) { throw Self.refusal(path, bytes, at: index, "a NUL byte") }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Self.refusal(path, bytes, at: Self.firstFlaw(bytes), "not UTF-8 text")
        }
        let scanner = TOMLKeyScanner(bytes)
        if let flaw = scanner.flaw {
            throw SettingsError(
                path: path,
                problems: [
                    SettingsProblem(line: flaw.position.line, column: flaw.position.column, reason: flaw.reason)
                ])
        }
        do {
            root = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            throw SettingsError(
                path: path,
                problems: [
                    SettingsProblem(
                        line: error.source.begin.line, column: error.source.begin.column, reason: error.description)
                ])
        } catch {
            throw SettingsError(path: path, problems: [SettingsProblem(reason: "\(error)")])
        }
        positions = scanner.positions
    }

    private static func refusal(_ path: String, _ bytes: [UInt8], at index: Int, _ reason: String) -> SettingsError {
        let before = bytes[..<index]
        let start = before.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
        return SettingsError(
            path: path,
            problems: [
                SettingsProblem(
                    line: before.count { $0 == 0x0a } + 1,
                    // Characters, as everywhere: the bytes that continue one do not count.
                    column: before[start...].count { $0 & 0xc0 != 0x80 } + 1, reason: reason)
            ])
    }

    /// Where bytes first are no UTF-8.
    private static func firstFlaw(_ bytes: [UInt8]) -> Int {
        var (parser, rest, place) = (Unicode.UTF8.ForwardParser(), bytes.makeIterator(), 0)
        while case .valid(let scalar) = parser.parseScalar(from: &rest) { place += scalar.count }
        return place
    }

    /// Where the key at a path stands; where it has no place of its own, the nearest key around it.
    func position(of place: [String]) -> TOMLPosition? {
        var place = place
        while !place.isEmpty {
            if let position = positions[place] { return position }
            place.removeLast()
        }
        return nil
    }

    mutating func problem(_ place: [String], _ reason: String) {
        found.append((position(of: place), reason))
    }

    /// Refuses the keys of a table that are not among the known ones.
    mutating func allowOnly(_ known: [String], in table: TOMLTable, at place: [String] = []) {
        for key in table.keys where !known.contains(key) {
            problem(place + [key], "no such key '\(key)'; known here: \(known.joined(separator: ", "))")
        }
    }

    /// Throws when there was any problem, all of them in the order of the file.
    func check() throws(SettingsError) {
        guard !found.isEmpty else { return }
        let sorted = found.enumerated().sorted {
            let left = $0.element.0 ?? TOMLPosition(line: 0, column: 0)
            let right = $1.element.0 ?? TOMLPosition(line: 0, column: 0)
            return left == right ? $0.offset < $1.offset : left < right
        }
        throw SettingsError(
            path: path,
            problems: sorted.map { entry in
                SettingsProblem(
                    line: entry.element.0?.line, column: entry.element.0?.column, reason: entry.element.1)
            })
    }
}
