import FoundationEssentials

/// The theme files of the package.
enum ShippedThemes {
    static let names = [
        "auto", "dark", "light", "high-contrast", "deuteranopia", "tritanopia", "solarized", "mono",
    ]

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "themes").path(percentEncoded: false)

    static func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: folder).appending(path: name + ".toml")), as: UTF8.self)
    }
}
