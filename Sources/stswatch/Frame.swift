import Cells
import Dashboard
import Deliverability
import Foundation
import MTASTS
import Polling
import Settings

/// How a frame is drawn and written.
struct FrameLook {
    let size: Size
    let theme: Theme
    let format: SnapshotCommand.Format
    let tier: ColorTier

    /// - Throws: a sentence where there is no such size, theme or tier.
    init(
        size text: String, theme name: String?, format: SnapshotCommand.Format, colors: String?,
        environment: [String: String]
    ) throws {
        size = try Self.size(text)
        self.format = format
        let isPlain = name == nil && WatchApplication.wantsNoColor(environment)
        if let colors {
            guard let tier = ColorTier(name: colors) else {
                let known = ColorTier.allCases.map(\.name).joined(separator: ", ")
                throw CommandFailure("--colors \(VisibleText.printable(colors)): there are \(known)", .usage)
            }
            self.tier = tier
        } else {
            tier = format == .svg ? .truecolor : isPlain ? .mono : .palette256
        }
        // A picture has no terminal whose own colours it could take.
        let name = name ?? (format == .svg ? "dark" : Theme.auto.name)
        guard name != Theme.auto.name else {
            theme = .auto
            return
        }
        do {
            theme = try ThemeLibrary(environment: environment, executable: CommandLine.executablePath).theme(name)
        } catch {
            let isInFile = error.problems.contains { $0.line != nil }
            throw CommandFailure(error.description, isInFile ? .badSettings : .usage)
        }
    }

    private static func size(_ text: String) throws -> Size {
        let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard sides.count == 2, let width = sides[0], let height = sides[1], (1...1_000).contains(width),
            (1...1_000).contains(height)
        else {
            throw CommandFailure(
                "--size \(VisibleText.printable(text)): give columns and rows from 1 to 1000, such as 140x40", .usage)
        }
        return Size(width: width, height: height)
    }

    /// The canvas in the format that was asked for.
    func text(of canvas: Canvas) -> String {
        switch format {
        case .text: return canvas.dump
        case .ansi: return canvas.ansi(tier)
        case .svg:
            let isLight = theme.variant == .light
            let (ink, paper) = (theme.style(.text).foreground, theme.style(.background).background)
            return canvas.svg(
                ink: ink.rgb ?? RGB(isLight ? 0x1c1c1c : 0xd4d4d4),
                paper: paper.rgb ?? RGB(isLight ? 0xffffff : 0x121212), title: canvas.lines.first ?? "")
        }
    }
}

/// What a frame shows.
struct FrameRequest {
    let domain: DomainName?
    let tab: SnapshotCommand.Tab?
    let filter: String?
    /// As of when; nil: now.
    let moment: Date?
    /// The change of the plan screen; nil where that is not shown.
    let change: PlannedChange?
    let chains: [PlanInput.Chain]
    /// As they were typed, for the form.
    let files: (policy: String?, certificates: [String])

    init(_ command: SnapshotCommand) throws {
        domain = try command.domain.map { try OneLook.domain($0) }
        tab = command.tab
        filter = command.filter
        if let remark = command.filter.flatMap({ Filter($0).remarks.first }) {
            throw CommandFailure("--filter: \(VisibleText.printable(remark))", .usage)
        }
        moment = try command.at.map { text in
            guard let date = try? Date(text, strategy: .iso8601) else {
                throw CommandFailure(
                    "--at \(VisibleText.printable(text)): give a moment such as 2026-11-24T12:00:00Z", .usage)
            }
            return date
        }
        change = command.plan ? try command.change.change() : nil
        chains = try command.change.certificate.map(PlanInput.certificate)
        files = (command.change.policy, command.change.certificate)
    }
}

/// The model of one frame, brought to the screen that was asked for.
struct Frame {
    private let look: FrameLook
    private var model: Model

    init(_ look: FrameLook, _ wanted: FrameRequest, _ seen: FrameSource) throws {
        self.look = look
        model = Model(
            now: wanted.moment ?? Date(), theme: look.theme, isMono: look.tier == .mono,
            provider: RegistrableDomain.of)
        tell([.resized(look.size), .listed(seen.watched), .listProblems(seen.problems)])
        tell(seen.messages)
        tell([.tick(wanted.moment ?? Date())])
        if let filter = wanted.filter {
            press(.filter)
            tell([.key(.paste(filter)), .key(.enter)])
        }
        guard let domain = wanted.domain else { return }
        guard model.moveCursor(to: domain) else {
            let reason = wanted.filter == nil ? "it is not on the list" : "the filter hides it"
            throw CommandFailure("--domain \(domain): \(reason)", .usage)
        }
        if let change = wanted.change {
            try plan(domain, change, wanted, seen)
        } else if let action = Action(rawValue: "tab-\((wanted.tab ?? .summary).rawValue)") {
            press(action)
            if wanted.tab == .history { tell([.historyLoaded(domain, try seen.history(of: domain))]) }
        } else {
            throw CommandFailure("--tab: this version has no such tab", .usage)
        }
    }

    var canvas: Canvas { view(model, size: look.size) }

    /// What the screen asks of the outside is not done: nobody rings, copies or writes here.
    private mutating func tell(_ messages: [Message]) {
        for message in messages { _ = update(&model, message) }
    }

    private mutating func press(_ action: Action) {
        tell((Keymap.standard.keys(for: action).first.map { [.key($0)] }) ?? [])
    }

    private mutating func plan(
        _ domain: DomainName, _ change: PlannedChange, _ wanted: FrameRequest, _ seen: FrameSource
    ) throws {
        let request = PlanRequest(
            domain, change, policyFile: wanted.files.policy, certificates: wanted.files.certificates)
        guard !request.isEmpty else { return model.showPlan(request, nil) }
        let (poller, chains, now) = (seen.engine.poller, wanted.chains, wanted.moment ?? Date())
        let plan = try Blocking.wait {
            guard let evidence = await poller.evidence(of: domain) else {
                throw CommandFailure("\(domain): there is no verdict", .unavailable)
            }
            return try await PlanInput.judge(change, chains, evidence: evidence, poller, now: now)
        }
        model.showPlan(request, plan)
    }
}
