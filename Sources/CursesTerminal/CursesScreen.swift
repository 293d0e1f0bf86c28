import CCurses
public import Cells
import Glibc

/// The terminal while a full-screen program has it. Lives on one thread, one at a time: ncurses keeps its state in
/// globals. Whatever way it is left, the terminal is as it was found.
public final class CursesScreen {
    /// What the terminal can do.
    public let features: TerminalFeatures
    /// The colours it is drawn in: those asked for, or fewer where the terminal has fewer.
    public let tier: ColorTier
    /// Whether the locale writes UTF-8; elsewhere all but ASCII is shown as a question mark.
    public let isUTF8: Bool
    /// Its columns and rows.
    public private(set) var size: Size
    /// Brackets large frames with synchronized output (mode 2026), so that they appear at once.
    public var usesSynchronizedOutput: Bool

    let input: Int32
    let output: Int32
    var decoder: KeyDecoder
    var encoder: CellEncoder
    var pairs: ColorPairs
    /// What the terminal shows; nil where that is not known.
    var shown: Canvas?
    var title: String?
    var isPasteBracketed = false
    var isMouseOn = false
    /// When something was read last, and the time for it; tests set another.
    var lastInput: ContinuousClock.Instant?
    var now: () -> ContinuousClock.Instant = { .now }
    private(set) var isActive = true

    private let screen: OpaquePointer
    private let files: (input: UnsafeMutablePointer<FILE>, output: UnsafeMutablePointer<FILE>)
    private var found: termios
    private var stall: StallGuard?

    /// Takes the terminal.
    /// - Parameters:
    ///   - input: descriptor of the terminal that keys come from.
    ///   - output: descriptor of the terminal that is drawn on.
    ///   - term: the name of its description, as in TERM; nil or empty is refused.
    ///   - tier: the colours to use; nil for all that the terminal has.
    ///   - locale: the locale of its characters; "" for that of the environment.
    public init(
        input: Int32 = 0, output: Int32 = 1, term: String?, tier: ColorTier? = nil,
        locale: String = ""
    ) throws(TerminalError) {
        found = termios()
        guard isatty(input) == 1, isatty(output) == 1, tcgetattr(input, &found) == 0 else { throw .noTerminal }
        // The size comes from the terminal alone: LINES and COLUMNS may be left over from another one. On a size that it
        // has no numbers for ncurses would not begin at all: it begins on the usual one, and is told as after a change.
        use_env(false)
        let (rows, columns) = CursesScreen.askedSize(output)
        use_tioctl(max(rows, columns) <= Int32(Int16.max))
        let name = term ?? ""
        try Terminfo.load(name, descriptor: output)
        setlocale(LC_CTYPE, locale)
        isUTF8 = String(cString: nl_langinfo(Int32(CODESET))) == "UTF-8"
        features = TerminalFeatures.loaded(name: name)
        self.tier = min(tier ?? features.tier, features.tier)
        files = try CursesScreen.open(input: input, output: output)
        CursesScreen.keepStopSignal()
        guard let screen = newterm(name, files.output, files.input) else {
            fclose(files.input)
            fclose(files.output)
            throw .unknownTerminal(name)
        }
        self.screen = screen
        self.input = input
        self.output = output
        size = .zero
        usesSynchronizedOutput = features.speaksXterm
        decoder = KeyDecoder(isUTF8: isUTF8)
        encoder = CellEncoder(isUTF8: isUTF8)
        let hasColors = self.tier > .mono && start_color() == OK
        let hasDefaults = hasColors && use_default_colors() == OK
        pairs = ColorPairs(tier: hasColors ? self.tier : .mono, features: features, hasDefaults: hasDefaults)
        prepare()
        updateSize()
    }

    deinit { close() }

    /// Gives the terminal back; a second call does nothing.
    public func close() {
        guard isActive else { return }
        isActive = false
        stall?.leaving()
        leave()
        if let spare = stall?.over() { giveBack(by: spare) }
        stall = nil
        delscreen(screen)
        fclose(files.input)
        fclose(files.output)
        TerminalRestore.disarm()
    }

    /// From here on a signal to end is obeyed even while the terminal takes no output. For the thread that draws.
    func endsThoughStalled(_ signals: Signals) throws(TerminalError) {
        guard isActive, stall == nil else { return }
        stall = try StallGuard(signals: signals.descriptor, outputs: [output, fileno(files.output)])
    }

    /// What it has not shown yet is dropped, so that there is room for what gives it back.
    private func giveBack(by spare: Int32) {
        tcflush(spare, TCOFLUSH)
        TerminalOutput.write(bytesBack, to: spare)
        Glibc.close(spare)
    }

    /// Asks the terminal for its size and adapts; true where it has changed.
    @discardableResult
    public func updateSize() -> Bool {
        let (rows, columns) = CursesScreen.askedSize(output)
        let new = Size(width: Int(columns), height: Int(rows))
        guard new != size else { return false }
        size = new
        shown = nil
        resizeterm(Int32(new.height), Int32(new.width))
        clearok(stswatch_curscr(), true)
        return true
    }

    /// What the terminal says of itself.
    private static func askedSize(_ descriptor: Int32) -> (rows: Int32, columns: Int32) {
        var rows: Int32 = 0
        var columns: Int32 = 0
        // Some serial lines know no size and answer 0.
        let isKnown = stswatch_window_size(descriptor, &rows, &columns) == 0 && rows > 0 && columns > 0
        return isKnown ? (rows, columns) : (24, 80)
    }

    /// False once the terminal is gone.
    public var isAlive: Bool {
        var state = termios()
        return tcgetattr(input, &state) == 0
    }

    /// Gives the terminal to others until `enter`.
    func leave() {
        TerminalRestore.disarm()
        TerminalOutput.write(modesOff, to: output)
        endwin()
        // Without another screen to go back to, what comes next is written over our last line, where the cursor is now.
        if Terminfo.string("rmcup") == nil { TerminalOutput.write(Terminfo.string("el") ?? [], to: output) }
        tcsetattr(input, TCSANOW, &found)
    }

    /// Takes the terminal again and repaints it; its size may be another one.
    func enter() {
        arm()
        clearok(stswatch_curscr(), true)
        doupdate()
        keypad(stswatch_stdscr(), true)
        TerminalOutput.write(modesOn, to: output)
        updateSize()
    }

    private func prepare() {
        cbreak()
        noecho()
        nonl()
        set_escdelay(25)
        keepControlKeys()
        let window = stswatch_stdscr()
        nodelay(window, true)
        keypad(window, true)
        meta(window, true)
        leaveok(window, true)
        curs_set(0)
        defineKeys()
        arm()
        TerminalOutput.write(modesOn, to: output)
    }

    /// Ctrl-S and Ctrl-Q would freeze a program that nobody is looking at.
    private func keepControlKeys() {
        var state = termios()
        guard tcgetattr(input, &state) == 0 else { return }
        state.c_iflag &= ~tcflag_t(IXON | IXOFF)
        tcsetattr(input, TCSANOW, &state)
        def_prog_mode()
    }

    /// ncurses ignores SIGTSTP while it paints, and the kernel then drops one that waits to be read: a Ctrl-Z just
    /// before a frame would be lost. Where a handler is set before it starts, ncurses leaves the signal alone.
    private static func keepStopSignal() {
        var action = sigaction()
        guard sigaction(SIGTSTP, nil, &action) == 0, action.__sigaction_handler.sa_handler == nil else { return }
        action.__sigaction_handler.sa_handler = { _ in }
        sigaction(SIGTSTP, &action, nil)
    }

    private func arm() {
        TerminalRestore.arm(descriptor: input, output: output, state: found, bytes: bytesBack)
    }

    /// What gives the terminal back where ncurses cannot.
    private var bytesBack: [UInt8] {
        ["sgr0", "op", "rmcup", "cnorm", "rmkx"].reduce(into: modesOff) { $0 += Terminfo.string($1) ?? [] }
    }

    private static func open(
        input: Int32, output: Int32
    ) throws(TerminalError) -> (input: UnsafeMutablePointer<FILE>, output: UnsafeMutablePointer<FILE>) {
        guard let reading = fdopen(fcntl(input, F_DUPFD_CLOEXEC, 3), "r") else { throw .system("fdopen", errno) }
        guard let writing = fdopen(fcntl(output, F_DUPFD_CLOEXEC, 3), "w") else {
            let code = errno
            fclose(reading)
            throw .system("fdopen", code)
        }
        return (reading, writing)
    }
}
