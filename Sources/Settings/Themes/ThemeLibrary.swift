public import Dashboard

/// Finds theme files by name or path and puts themes together.
public struct ThemeLibrary: Sendable {
    /// The folders that are searched, the first that has a file wins.
    public let folders: [String]

    /// The most parents a theme may have.
    static let deepest = 8

    public init(folders: [String]) {
        self.folders = folders
    }

    /// The folders of this machine: the user's, those beside the program, those of the system.
    /// - Parameter executable: the absolute path of the program, links resolved.
    public init(environment: [String: String], executable: String?) {
        var folders = ConfigHome.directory(environment: environment).map { [$0 + "/themes"] } ?? []
        var parent = executable.flatMap(Self.parent)
        if let bin = parent.flatMap(Self.parent) { folders.append(bin + "/share/stswatch/themes") }
        // Beside the program, and above it as far as a build folder in a checkout lies below the root.
        for _ in 0..<5 {
            guard let folder = parent else { break }
            folders.append(folder + "/themes")
            parent = Self.parent(folder)
        }
        folders += ["/usr/local/share/stswatch/themes", "/usr/share/stswatch/themes"]
        self.folders = folders
    }

    /// The theme of a name, or of the file at a path (anything with a `/`, or that ends in `.toml`).
    ///
    /// `auto` is built in: it needs no file.
    /// - Throws: `SettingsError`, with line and column where a file is to blame.
    public func theme(_ nameOrPath: String) throws(SettingsError) -> Theme {
        if Self.isPath(nameOrPath) { return try theme(at: nameOrPath, children: []) }
        guard Self.isName(nameOrPath) else {
            throw SettingsError(
                path: "theme '\(nameOrPath)'", problems: [SettingsProblem(reason: "neither a name nor a path")])
        }
        guard let path = path(of: nameOrPath, beside: nil) else {
            if nameOrPath == Theme.auto.name { return .auto }
            throw SettingsError(
                path: "theme '\(nameOrPath)'",
                problems: [SettingsProblem(reason: "no such theme; there are \(names().joined(separator: ", "))")])
        }
        return try theme(at: path, children: [])
    }

    /// The names of all themes that can be found, in alphabetical order, `auto` among them.
    public func names() -> [String] {
        var names: Set<String> = [Theme.auto.name]
        for folder in folders {
            for file in FolderListing.files(in: folder) where file.hasSuffix(".toml") {
                let name = String(file.dropLast(5))
                if Self.isName(name) { names.insert(name) }
            }
        }
        return names.sorted()
    }

    private func theme(at path: String, children: [String]) throws(SettingsError) -> Theme {
        let file = try ThemeFile.read(path: path)
        guard let inherits = file.inherits else { return try file.resolve(inheriting: .auto) }
        let parentPath = self.path(of: inherits, beside: Self.parent(path), except: path)
        guard let parentPath else {
            if inherits == Theme.auto.name { return try file.resolve(inheriting: .auto) }
            let isItself = self.path(of: inherits, beside: Self.parent(path)) == path
            throw file.refusal(
                at: "inherits", isItself ? "a theme cannot inherit from itself" : "no such theme '\(inherits)'")
        }
        let family = children + [path]
        guard !family.contains(parentPath) else {
            throw file.refusal(at: "inherits", "'\(inherits)' inherits from this theme in turn")
        }
        guard family.count <= Self.deepest else {
            throw file.refusal(at: "inherits", "more than \(Self.deepest) themes one upon the other")
        }
        return try file.resolve(inheriting: theme(at: parentPath, children: family))
    }

    /// The first file of that name: beside the child, then in the folders; never the child itself, so that a user's
    /// `dark` can build upon the shipped one.
    private func path(of name: String, beside folder: String?, except child: String? = nil) -> String? {
        ((folder.map { [$0] } ?? []) + folders).map { "\($0)/\(name).toml" }.first {
            $0 != child && FileStamp(path: $0) != nil
        }
    }

    /// Letters, digits, hyphens and underscores: nothing that could lead out of a folder.
    static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) || (0x30...0x39).contains($0)
                    || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
            }
    }

    static func isPath(_ text: String) -> Bool { text.contains("/") || text.hasSuffix(".toml") }

    private static func parent(_ path: String) -> String? {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash > path.startIndex else { return nil }
        return String(path[..<slash])
    }
}
