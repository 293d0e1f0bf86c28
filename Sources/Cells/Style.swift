/// How a cell looks: two colours and attributes.
public struct Style: Hashable, Sendable {
    /// Foreground.
    public var foreground: Color
    /// Background.
    public var background: Color
    /// Bold, dim, reverse, underline, italic.
    public var attributes: Attributes

    /// A style; without arguments it is the terminal's own.
    public init(
        foreground: Color = .terminalDefault, background: Color = .terminalDefault, attributes: Attributes = []
    ) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    /// The terminal's own colours, no attributes.
    public static let plain = Style()

    /// This style upon another: what is left at the terminal's default shows the base; attributes add up.
    public func layered(over base: Style) -> Style {
        Style(
            foreground: foreground == .terminalDefault ? base.foreground : foreground,
            background: background == .terminalDefault ? base.background : background,
            attributes: attributes.union(base.attributes))
    }
}
