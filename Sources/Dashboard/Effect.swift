public import Deliverability
public import FoundationEssentials
public import MTASTS

/// What the dashboard asks of the outside; `update` only names it.
public enum Effect: Hashable, Sendable {
    /// Look at these domains now; never empty.
    case recheck([DomainName])
    /// Somebody has seen these changes; never empty.
    case acknowledge([Change.ID])
    /// Nothing rings for these domains before `until`; nil: it rings again. Never empty.
    case mute([DomainName], until: Date?)
    case quit
    /// Give the terminal back and stop, as `^Z` asks.
    case suspend
    /// Paint every cell again.
    case redraw
    /// Put the text on the clipboard (OSC 52).
    case copy(String)
    /// Put the whole verdict of a domain on the clipboard, as the JSON that `check` prints.
    case copyReport(DomainName)
    /// Write the whole verdicts of these domains to a new file whose name begins so, as the JSON that `check` prints.
    /// The answer is a `notice`.
    case export(name: String, [DomainName])
    /// Load a theme by name; the answer is `Message.themeLoaded` or a `notice`.
    case loadTheme(String)
    case bell
    case mouse(Bool)
    /// Set the terminal's title; ASCII.
    case title(String)
    /// Show the text in `$PAGER`; escaped, lines ended by LF.
    case openPager(String)
    /// Write the text to a new file whose name begins so; escaped, lines ended by LF. The answer is a `notice`.
    case save(name: String, text: String)
    /// Judge this change, looking at its new hosts; the answer is `Message.planned`. A later one takes its place;
    /// `fresh`: what was seen of them a while ago is not enough.
    case plan(PlanRequest, fresh: Bool)
    /// Read what is remembered of a domain; the answer is `Message.historyLoaded`. A later one takes its place.
    case loadHistory(DomainName)
    /// Add a name, as it was typed, to the watch list.
    case add(String)
    case remove(DomainName)
}
