extension Theme {
    /// The built-in theme: the terminal's own foreground, background and ANSI colours, so that it reads on black and
    /// on white with no setup. No text in yellow, cyan, green, white or
    /// black: one of the two would swallow it.
    public static let auto = Theme(
        builtIn: ThemeSource(name: "auto", variant: .dark, roles: autoLooks))

    private static let autoLooks: [String: ThemeSource.RoleLook] = {
        var looks: [Role: ThemeSource.RoleLook] = [:]
        func look(
            _ role: Role, _ fg: String? = nil, on bg: String? = nil, _ attrs: [String] = [], mono: [String]? = nil
        ) {
            looks[role] = ThemeSource.RoleLook(fg: fg, bg: bg, attrs: attrs, mono: mono)
        }
        look(.severityBouncing, "red", ["bold"], mono: ["bold", "reverse"])
        look(.severityRisk, "magenta", ["bold"], mono: ["bold"])
        look(.severityWarning, "blue", ["bold"], mono: ["underline"])
        look(.severityUnknown, nil, ["bold"], mono: ["bold", "underline"])
        look(.severityOK)
        look(.severityUnprotected, nil, ["dim"])
        look(.barBouncing, "white", on: "red", ["bold"], mono: ["bold", "reverse"])
        look(.barRisk, "white", on: "magenta", ["bold"], mono: ["reverse"])
        look(.barClear, nil, ["bold"])
        look(.barOffline, "black", on: "cyan", ["bold"], mono: ["bold", "reverse"])
        look(.barPaused, "white", on: "blue", ["bold"], mono: ["reverse"])
        look(.text)
        look(.textDim, nil, ["dim"])
        look(.textStrong, nil, ["bold"])
        look(.textLink, nil, ["underline"])
        look(.background)
        look(.rowCursor, nil, ["reverse"])
        look(.rowCursorBlur, nil, ["underline"])
        look(.rowMarked, nil, ["bold"])
        look(.rowStale, nil, ["dim"])
        look(.changeUnacknowledged, nil, ["bold"])
        look(.changeBetter)
        look(.changeWorse, "red", mono: ["bold"])
        look(.changeAcknowledged, nil, ["dim"])
        look(.head, nil, ["underline"])
        look(.headSort, nil, ["bold", "underline"])
        look(.border, nil, ["dim"])
        look(.borderFocus, nil, ["bold"])
        look(.title, nil, ["bold"])
        look(.tab, nil)
        look(.tabActive, nil, ["bold", "reverse"])
        look(.key, nil, ["bold"])
        look(.keyLabel, nil)
        look(.input, nil, ["bold"])
        look(.inputMatch, nil, ["bold", "underline"])
        look(.messageInfo, "blue", mono: ["bold"])
        look(.messageError, "red", ["bold"], mono: ["bold", "reverse"])
        look(.sparkLow)
        look(.sparkMid, "blue", mono: [])
        look(.sparkHigh, "red", mono: ["bold"])
        look(.diffAdd, "green", mono: ["bold"])
        look(.diffDelete, "red", mono: ["dim"])
        look(.helpSection, nil, ["bold", "underline"])
        look(.helpKey, nil, ["bold"])
        return Dictionary(uniqueKeysWithValues: looks.map { ($0.key.rawValue, $0.value) })
    }()
}
