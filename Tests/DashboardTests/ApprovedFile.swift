import Cells
import FoundationEssentials

/// The approved screens of one view, all data at all sizes, in a file of their own.
struct ApprovedFile {
    let view: Matrix.View

    /// True where the run writes the files in place of reading them; it fails all the same.
    static var isRecording: Bool { ProcessInfo.processInfo.environment["STSWATCH_APPROVE"] == "1" }

    static let howTo = """
        Where the new screens are as they should be, record them, and look at what git shows as changed:
        STSWATCH_APPROVE=1 swift test --filter ApprovedTests
        """

    /// `.../Tests/DashboardTests/Approved`.
    static let folder: String = {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return parts.joined(separator: "/") + "/Approved"
    }()

    static func name(_ view: Matrix.View) -> String { String(view.rawValue.map { $0 == " " ? "-" : $0 }) + ".txt" }

    /// The names of the files that are there.
    static func present() throws -> Set<String> { Set(try FileManager.default.contentsOfDirectory(atPath: folder)) }

    var path: String { ApprovedFile.folder + "/" + ApprovedFile.name(view) }

    /// As the view draws them now.
    var now: [ApprovedScreen] {
        let before = ApprovedFile.basic.prefix { $0.view != view }
        return ApprovedFile.screens(view).enumerated().map { place, screen in
            screen.told(beside: before.map { ($0.view.rawValue, $0.screens[place]) })
        }
    }

    /// What a key shows that finds nothing to show.
    private static let basic = [Matrix.View.overview, .summary].map { (view: $0, screens: screens($0)) }

    private static func screens(_ view: Matrix.View) -> [ApprovedScreen] {
        Matrix.Content.allCases.flatMap { content in
            Matrix.sizes.map { size in
                ApprovedScreen("\(content) \(size.width)x\(size.height)", Matrix.model(view, content, size), size)
            }
        }
    }

    func read() throws -> [ApprovedScreen] {
        let data = try Data(contentsOf: URL(filePath: path))
        return ApprovedScreen.all(in: String(decoding: data, as: UTF8.self))
    }

    func write(_ screens: [ApprovedScreen]) throws {
        try FileManager.default.createDirectory(atPath: ApprovedFile.folder, withIntermediateDirectories: true)
        let text = screens.flatMap(\.lines).joined(separator: "\n") + "\n"
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    /// What is not as approved, with the first screen that differs line by line; nil where all is.
    static func difference(of view: String, approved: [ApprovedScreen], now: [ApprovedScreen]) -> String? {
        var words: [String] = []
        let missing = now.map(\.name).filter { name in !approved.contains { $0.name == name } }
        let extra = approved.map(\.name).filter { name in !now.contains { $0.name == name } }
        if !missing.isEmpty { words.append("not approved: \(missing.joined(separator: ", "))") }
        if !extra.isEmpty { words.append("approved, and not drawn: \(extra.joined(separator: ", "))") }
        if words.isEmpty, approved.map(\.name) != now.map(\.name) { words.append("in another order, or twice") }
        let changed = now.compactMap { screen in
            approved.first { $0.name == screen.name }.flatMap { $0 == screen ? nil : (old: $0, new: screen) }
        }
        if let first = changed.first {
            words.append("\(changed.count) of \(now.count) screens changed, the first is \(first.new.name):")
            words += marked(first.old.text, first.new.text)
            words += marked(first.old.roles, first.new.roles)
        }
        return words.isEmpty ? nil : (["\(view): " + words[0]] + words.dropFirst() + [howTo]).joined(separator: "\n")
    }

    /// The lines that differ, the approved one above the new one, and under them a mark at each place.
    private static func marked(_ old: [String], _ new: [String]) -> [String] {
        (0..<max(old.count, new.count)).flatMap { row -> [String] in
            let (was, now) = (old.indices.contains(row) ? old[row] : "", new.indices.contains(row) ? new[row] : "")
            guard was != now else { return [] }
            let (left, right) = (Array(was), Array(now))
            let marks = (0..<max(left.count, right.count)).map { column in
                let isSame = left.indices.contains(column) && right.indices.contains(column)
                return isSame && left[column] == right[column] ? " " : "^"
            }
            return ["approved \(was)", "now      \(now)", "         \(marks.joined())"]
        }
    }
}
