import Cells
import CursesTerminal
import Dashboard
import Deliverability
import Foundation
import MTASTS
import Notices
import Polling
import Processes
import Report
import Settings

/// The terminal on the main thread, the engine beside it, messages between them.
final class WatchApplication {
    private let terminal: Terminal
    private let mailbox: Mailbox<Message>
    private let loop: TerminalLoop<Message>
    private let library: ThemeLibrary
    private let notices: NoticeSettings
    private var source: WatchSource
    private var model: Model
    private let inbox: AsyncStream<EngineCommand>
    private let commands: AsyncStream<EngineCommand>.Continuation
    private let plans: AsyncStream<(PlanRequest, fresh: Bool)>
    private let planned: AsyncStream<(PlanRequest, fresh: Bool)>.Continuation
    private let wishes: AsyncStream<DomainName>
    private let wished: AsyncStream<DomainName>.Continuation
    private var nextFileLook = Date()
    private var viewFile: ViewFile?

    /// What must be undone in order, whatever happens.
    private struct Terminal {
        let signals: Signals
        let errors: StandardErrorRedirect
        let screen: CursesScreen
    }

    /// Takes the terminal; from here on signals are read, not delivered.
    /// - Parameter view: how the screen was left, and where that is kept; nil: nowhere.
    /// - Throws: a sentence where there is no terminal to draw on, or the theme is no theme.
    init(
        screen options: ScreenOptions, settings: SettingsValues, source: WatchSource, poll: PollSettings,
        notices: NoticeSettings, view: ViewFile? = nil, lacksSettings: Bool = false
    ) throws {
        self.notices = notices
        var view = view
        let (state, foreign) = Self.load(&view)
        viewFile = view
        let environment = ProcessInfo.processInfo.environment
        self.source = source
        (inbox, commands) = AsyncStream.makeStream()
        (plans, planned) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        (wishes, wished) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        library = ThemeLibrary(environment: environment, executable: CommandLine.executablePath)
        let (theme, complaint) = Self.theme(options.theme ?? settings.theme ?? state.theme, library)
        // Who asks for a theme asks for its colours.
        let noColor = options.mono || (options.theme ?? settings.theme == nil && Self.wantsNoColor(environment))
        do throws(TerminalError) {
            let signals = try Signals.block()
            let screen = try CursesScreen(term: environment["TERM"], tier: noColor ? .mono : nil)
            if settings.synchronizedOutput == false { screen.usesSynchronizedOutput = false }
            terminal = Terminal(
                signals: signals, errors: try StandardErrorRedirect(path: "/dev/null"), screen: screen)
            mailbox = try Mailbox()
            loop = try TerminalLoop(screen: screen, mailbox: mailbox, signals: signals)
        } catch {
            throw CommandFailure(error.description, .usage)
        }
        let (keymap, problems) = Keymap.remapped(settings.keys)
        model = Model(
            now: Date(), theme: theme, keymap: keymap, isMono: terminal.screen.tier == .mono,
            provider: RegistrableDomain.of, readDomain: { try? DomainInput.read(Array($0.utf8)).get() })
        model.lacksSettings = lacksSettings
        tell(.resized(terminal.screen.size))
        tell(.themes(library.names()))
        tell(.rhythm(every: Int(poll.interval), problems: Int(poll.problemInterval)))
        tell(.listProblems(source.problems))
        for effect in model.restore(state) { _ = perform(effect) }
        for problem in problems { tell(.notice("settings: \(problem)")) }
        if let complaint { tell(.themeTrouble(complaint)) }
        if let foreign { tell(.notice(foreign)) }
    }

    /// NO_COLOR counts when it is not empty.
    static func wantsNoColor(_ environment: [String: String]) -> Bool {
        environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    }

    /// A view that cannot be read is told on the screen, and the usual one shown.
    private static func load(_ file: inout ViewFile?) -> (ViewState, complaint: String?) {
        do {
            return (try file?.load() ?? ViewState(), nil)
        } catch {
            return (ViewState(), "\(brief(error)); left as it is, and the view is not kept")
        }
    }

    /// The folder is known, and the line is short.
    private static func brief(_ error: SettingsError) -> String {
        let name = error.path.split(separator: "/").last ?? ""
        return SettingsError(path: String(name), problems: Array(error.problems.prefix(1))).description
    }

    /// Keeps how the screen is arranged, for the next start.
    /// - Returns: why that failed, one sentence.
    private func saveView() -> String? { viewFile?.save(model.viewState) }

    /// A theme that cannot be used is told on the screen; the built-in one takes its place.
    private static func theme(_ name: String?, _ library: ThemeLibrary) -> (Theme, String?) {
        guard let name, name != "auto" else { return (.auto, nil) }
        do {
            return (try library.theme(name), nil)
        } catch {
            return (.auto, "\(brief(error)); `stswatch config --check` tells all")
        }
    }

    /// Says one sentence in the message line, and keeps a remark in the header.
    func remark(_ remark: String?, saying sentence: String? = nil) {
        tell(.history(remark))
        if let sentence { tell(.notice(sentence)) }
    }

    /// Does on a thread of its own what may wait for others; the screen is shown when it takes more than a moment.
    /// - Returns: nil where the program has to end first: the terminal is then given back.
    func meanwhile<Value: Sendable>(saying remark: String, _ work: @escaping @Sendable () -> Value) throws -> Value? {
        let done: Mailbox<Value>
        do throws(TerminalError) { done = try Mailbox() } catch { throw CommandFailure(error.description, .usage) }
        Thread.detachNewThread { done.post(work()) }
        if let value = loop.first(in: done, within: .milliseconds(80)) { return value }
        tell(.listed(source.watched))
        tell(.history(remark))
        terminal.screen.present(view(model, size: terminal.screen.size))
        if let value = loop.first(in: done) { return value }
        terminal.screen.close()
        terminal.errors.restore()
        return nil
    }

    /// Shows the screen until the operator leaves or the terminal is gone; gives the terminal back on every way out.
    /// - Parameters:
    ///   - statuses: what an earlier run knew; shown in the very first frame, with its changes.
    ///   - start: makes the engine over what takes its events.
    func run(
        remembering statuses: [RememberedStatus] = [], _ changes: [Change] = [],
        start: (Outlet) throws -> Watching
    ) throws {
        var watching: Watching?
        defer {
            terminal.screen.close()
            terminal.errors.restore()
            if let complaint = saveView() { StandardError.write("stswatch: \(complaint)\n") }
            if let watching { Blocking.run(watching.finish) }
        }
        tell(.listed(source.watched, remembered: statuses))
        if !changes.isEmpty { tell(.remembered([], changes)) }
        // What is known already is seen before the engine gets its certificates and threads together.
        terminal.screen.present(view(model, size: terminal.screen.size))
        let mailbox = mailbox
        commands.yield(.watch(source.polled))
        let (inbox, plans, wishes) = (inbox, plans, wishes)
        // Detached: a task that inherited this thread would wait for it, and the loop never lets it go.
        let notifier = Notifier(
            notices, time: SystemTime(), stands: { mailbox.post([.tick(Date()), .noticeTrouble($0)]) },
            tell: { mailbox.post([.tick(Date()), .notice($0)]) })
        let begun = try start(Outlet(notifier) { mailbox.post([.tick(Date())] + $0) })
        watching = begun
        Background.giveWay()
        let running = Task.detached(priority: Background.priority) {
            await withDiscardingTaskGroup { group in
                group.addTask { await begun.work() }
                group.addTask { await notifier.run() }
                group.addTask {
                    await Planner(begun.poller, isPolling: begun.isPolling).answer(plans) {
                        mailbox.post([.tick(Date()), .planned($0, $1)])
                    }
                }
                group.addTask {
                    for await domain in wishes {
                        mailbox.post([.tick(Date()), .historyLoaded(domain, await begun.history(domain))])
                    }
                }
                // One after the other: an older list must not overtake a newer one.
                for await command in inbox { await begun.handle(command) }
            }
        }
        _ = loop.run(
            nextTick: { instant in
                let now = Date()
                let next = [self.model.nextTick(after: now), self.source.file == nil ? nil : self.nextFileLook]
                    .compactMap { $0 }.min()
                return next.map { instant + .seconds(max(0, $0.timeIntervalSince(now))) }
            },
            handle: { self.handle($0) },
            render: { view(self.model, size: $0) })
        running.cancel()
    }

    private func handle(_ event: TerminalEvent<Message>) -> LoopDecision {
        let now = Date()
        switch event {
        case .key(let key):
            tell(.tick(now))
            return tell(.key(key))
        case .message(let message): return tell(message)
        case .resize(let size): return tell(.resized(size))
        case .tick:
            if now >= nextFileLook {
                nextFileLook = now.addingTimeInterval(2)
                if source.isStale { reload() }
            }
            return tell(.tick(now))
        case .hangup:
            reload()
            if let complaint = saveView() { tell(.notice(complaint)) }
            return .proceed
        case .resumed:
            tell(.tick(now))
            return .redraw
        case .quit: return .quit
        }
    }

    @discardableResult
    private func tell(_ message: Message) -> LoopDecision {
        var decision = LoopDecision.proceed
        for effect in update(&model, message) {
            let next = perform(effect)
            if next != .proceed { decision = next }
        }
        // Elsewhere a paste would be keys; here it must not be.
        terminal.screen.setBracketedPaste(model.takesText)
        return decision
    }

    private func perform(_ effect: Effect) -> LoopDecision {
        switch effect {
        case .recheck(let domains): command(.recheck(domains))
        case .acknowledge(let ids): command(.acknowledge(ids))
        case .mute(let domains, let until): command(.mute(domains, until: until))
        case .quit: return .quit
        case .suspend:
            raise(SIGTSTP)
        case .redraw: return .redraw
        case .copy(let text): if !terminal.screen.copy(text) { return tell(.notice("this terminal takes no copy")) }
        case .copyReport(let domain):
            if !terminal.screen.copy(reports([domain], \.first)) { return tell(.notice("this terminal takes no copy")) }
        case .export(let name, let domains): return save(reports(domains, ReportDocument.init) + "\n", name, ".json")
        case .loadTheme(let name): return load(name)
        case .bell: terminal.screen.bell()
        case .mouse(let isOn): terminal.screen.setMouse(isOn)
        case .title(let text): terminal.screen.setTitle(text)
        case .openPager(let text): return page(text)
        case .save(let name, let text): return save(text, name)
        case .plan(let request, let fresh): planned.yield((request, fresh: fresh))
        case .loadHistory(let domain): wished.yield(domain)
        case .add(let text): return add(text)
        case .remove(let domain): return remove(domain)
        }
        return .proceed
    }

    private func load(_ name: String) -> LoopDecision {
        do {
            return tell(.themeLoaded(name == "auto" ? .auto : try library.theme(name)))
        } catch {
            return tell(.themeTrouble(error.description))
        }
    }

    private func add(_ text: String) -> LoopDecision {
        // As a line of a list has it.
        let list = WatchList.parse(Array(text.utf8))
        if let problem = list.problems.first {
            return tell(.notice("\(VisibleText.printable(text)): \(problem.reason)"))
        }
        guard let entry = list.entries.first else { return .proceed }
        let isNew = source.add(entry)
        applyList()
        guard isNew else { return tell(.notice("\(entry.domain) is watched already")) }
        let keeping = source.file.map { "add it to \(VisibleText.printable($0.path)) to keep it" }
        return tell(
            .notice(
                "\(entry.domain) is watched until the end of this run; "
                    + (keeping ?? "`stswatch LIST` keeps what a file names")))
    }

    private func remove(_ domain: DomainName) -> LoopDecision {
        source.remove(domain)
        applyList()
        let keeping = source.isListed(domain) ? source.file : nil
        return tell(
            .notice(
                "\(domain) is not watched until the end of this run"
                    + (keeping.map { "; take it out of \(VisibleText.printable($0.path)) for good" } ?? "")))
    }

    /// What is known of the domains that have a verdict, as JSON of the shape that `shaped` gives it.
    private func reports<Shape: Encodable>(_ domains: [DomainName], _ shaped: ([DomainReport]) -> Shape) -> String {
        let reports = domains.compactMap { domain in
            model.status(of: domain).map { DomainReport($0, changes: model.changes(of: domain), now: model.now) }
        }
        return (try? JSONText.line(shaped(reports))) ?? "{}"
    }

    /// - Parameter ending: of the name, where it has not got it.
    private func save(_ text: String, _ name: String, _ ending: String = ".txt") -> LoopDecision {
        do throws(FreshFile.Failure) {
            let home = ProcessInfo.processInfo.environment["HOME"]
            let path = try FreshFile.write(text, name, ending: ending, home: home)
            return tell(.notice("saved as \(WatchApplication.whole(path))"))
        } catch {
            return tell(.notice(error.sentence))
        }
    }

    /// The whole path of a file, the home folder as `~`.
    static func whole(_ path: String, home: String? = ProcessInfo.processInfo.environment["HOME"]) -> String {
        let whole = VisibleText.printable(URL(filePath: path).absoluteURL.path(percentEncoded: false))
        guard let home, !home.isEmpty, whole.hasPrefix("\(home)/") else { return whole }
        return "~" + whole.dropFirst(home.count)
    }

    private func page(_ text: String) -> LoopDecision {
        let pager = ProcessInfo.processInfo.environment["PAGER"].flatMap { $0.isEmpty ? nil : $0 } ?? "less"
        let outcome = terminal.screen.suspendFor {
            ExternalProgram.run(["sh", "-c", pager], input: Array(text.utf8)) { terminal.screen.mustEnd }
        }
        if outcome != .exited(0) { tell(.notice("the pager `\(VisibleText.printable(pager))` failed")) }
        return .redraw
    }

    private func reload() {
        source.reload()
        applyList()
    }

    private func applyList() {
        tell(.listed(source.watched))
        tell(.listProblems(source.problems))
        command(.watch(source.polled))
    }

    private func command(_ command: EngineCommand) { commands.yield(command) }
}

extension CommandLine {
    /// The path of this program's file; nil where the system does not tell.
    static var executablePath: String? { try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") }
}
