/// Where a user's own settings and themes live (XDG Base Directory Specification).
enum ConfigHome {
    /// `$XDG_CONFIG_HOME/stswatch`, or `~/.config/stswatch`; a relative XDG_CONFIG_HOME does not count.
    static func directory(environment: [String: String]) -> String? {
        if let home = environment["XDG_CONFIG_HOME"], home.hasPrefix("/") { return home + "/stswatch" }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return home + "/.config/stswatch"
    }
}

/// What a path in a settings file is relative to.
struct PathPlace {
    let folder: String
    let home: String?

    init(file: String, home: String?) {
        let slash = file.utf8.lastIndex(of: UInt8(ascii: "/"))
        folder = slash.map { String(file[..<$0]) } ?? "."
        self.home = home
    }

    /// Absolute paths stay; `~/` is the home folder; all else starts at the file's folder.
    func resolve(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        if path.hasPrefix("~/"), let home { return home + path.dropFirst(1) }
        return folder + "/" + path
    }
}
