import Dashboard
import Deliverability
import Foundation
import Glibc
import MTASTS
import Polling
import SQLiteHistory
import Settings
import Synchronization

/// The history as the commands use it.
enum HistoryAccess {
    /// Where it lives by the options and settings.
    static func place(_ values: SettingsValues) throws(CommandFailure) -> HistoryPlace {
        if let directory = values.stateDirectory { return HistoryPlace(directory: directory) }
        guard let place = HistoryPlace.standard(environment: ProcessInfo.processInfo.environment) else {
            throw CommandFailure("there is no home folder for the history: give --state-dir DIR", .usage)
        }
        return place
    }

    /// The history beside whatever monitor writes it; nil, and a sentence on standard error, where it cannot be used:
    /// the command then goes without.
    static func beside(_ values: SettingsValues) -> SQLiteHistory? {
        do {
            return try SQLiteHistory(
                try place(values), user: user(), trouble: { complain($0.description) },
                recovered: { complain($0.description) })
        } catch let trouble as HistoryTrouble {
            complain("\(trouble); going on without it")
        } catch let failure as CommandFailure {
            complain("\(failure.sentence); going on without it")
        } catch {
            complain("\(error)")
        }
        return nil
    }

    /// The history that there is.
    /// - Throws: a sentence where there is none yet: reading makes none.
    static func existing(_ values: SettingsValues) throws -> SQLiteHistory {
        let place = try place(values)
        guard FileManager.default.fileExists(atPath: place.database) else {
            throw CommandFailure(
                "there is no history \(VisibleText.printable(place.database)) yet: the monitor makes it, or "
                    + "`stswatch check --remember`", .noInput)
        }
        do {
            return try SQLiteHistory(place, user: user())
        } catch {
            throw CommandFailure(error.description, .noInput)
        }
    }

    private static func complain(_ sentence: String) { StandardError.write("stswatch: \(sentence)\n") }

    /// Who acknowledges: the account, or the one that became it by sudo.
    static func user() -> String {
        let environment = ProcessInfo.processInfo.environment
        if let name = environment["SUDO_USER"], !name.isEmpty { return VisibleText.printable(name) }
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 4_096)
        guard getpwuid_r(getuid(), &entry, &buffer, buffer.count, &found) == 0, found != nil, let name = entry.pw_name
        else { return "uid \(getuid())" }
        return VisibleText.printable(String(cString: name))
    }
}

extension HistoryStore {
    /// A domain's history for the screen: out of the file, or what this run remembers.
    /// - Parameter remedy: what would keep it, where nothing does.
    func answer(about domain: DomainName, remedy: String) async -> HistoryAnswer {
        var trouble: HistoryTrouble?
        if let file = self as? SQLiteHistory {
            do throws(HistoryTrouble) {
                let kept = try await file.history(of: domain)
                trouble = await file.whyUnwritten
                guard kept == nil, trouble != nil else { return .kept(kept) }
            } catch {
                return .failed(error.description)
            }
        }
        let known = await remembered(domain)
        return trouble.map { .waiting(known, trouble: $0.description) } ?? .unkept(known, remedy: remedy)
    }

    /// What this run remembers of a domain.
    private func remembered(_ domain: DomainName) async -> DomainHistory? {
        guard let memory = await memory(of: domain) else { return nil }
        var hosts: [DomainName: HostMemory] = [:]
        for host in memory.namedHosts { hosts[host] = await self.memory(ofHost: host) }
        let changes = await changes(most: .max).filter { $0.domain == domain }
        let samples = await samples(of: domain)
        return DomainHistory(domain: domain, memory: memory, hosts: hosts, changes: changes, samples: samples)
    }
}

extension Retention {
    /// What the settings say.
    init(_ values: SettingsValues) {
        self.init()
        if let days = values.historyDays { self.days = days }
        if let megabytes = values.historyMegabytes { bytes = megabytes << 20 }
    }
}

/// The history as a monitor begins with it: opened, perhaps with the right to write it, perhaps not to be had at all.
struct MonitorHistory: Sendable {
    let history: SQLiteHistory?
    /// The right to poll; nil while another monitor has it.
    let lock: HistoryLock?
    /// The process that has it.
    let holder: Int?
    let snapshot: HistorySnapshot?
    /// Why there is no history.
    let trouble: String?
    let header: HistoryHeader

    /// - Parameters:
    ///   - time: tells when a file that has failed is tried again.
    init(_ values: SettingsValues, time: any TimeSource = SystemTime()) {
        let header = HistoryHeader()
        self.header = header
        var (opened, taken, other): (SQLiteHistory?, HistoryLock?, Int?) = (nil, nil, nil)
        var (first, complaint): (HistorySnapshot?, String?) = (nil, nil)
        do {
            let place = try HistoryAccess.place(values)
            let history = try SQLiteHistory(
                place, user: HistoryAccess.user(), waits: true, time: time, trouble: { header.failed($0) },
                recovered: { header.recovered($0) })
            first = try history.snapshot()
            do throws(HistoryTrouble) {
                switch try HistoryLock.take(place) {
                case .taken(let lock): taken = lock
                case .held(let process): other = process ?? 0
                }
            } catch {
                // Where there is no room for the file there may be none for the lock: both are had later.
                guard history.isWaitingForRoom else { throw error }
            }
            opened = history
        } catch let trouble as HistoryTrouble {
            complaint = "\(trouble), and start again"
        } catch {
            // No home folder: nothing is lost that could be kept.
            complaint = nil
        }
        (history, lock, holder, snapshot, trouble) = (opened, taken, other, first, complaint)
        if history == nil { header.goesWithout() }
        if let other { header.looksOn(other) }
    }

    var store: any HistoryStore { history ?? TransientHistory(user: HistoryAccess.user()) }
}

/// What the header says of the history, and the sentences that go with it: that it is not written comes before that
/// another monitor polls, which is so again when it is written again.
final class HistoryHeader: Sendable {
    private struct State {
        /// Nil while all is written.
        var trouble: String?
        /// The process that polls for us; 0 where nobody knows which.
        var holder: Int?
        var listener: (@Sendable ([Message]) -> Void)?
        /// What came before anybody listened.
        var early: [Message] = []

        var remark: String? {
            trouble
                ?? holder.map { $0 > 0 ? "LOOKING ON: process \($0) polls" : "LOOKING ON: another monitor polls" }
        }
    }

    private let state = Mutex(State())

    var remark: String? { state.withLock(\.remark) }

    /// There is no history.
    func goesWithout() {
        state.withLock { state in
            state.trouble = "history: this run only"
            // What was said of one that began and was given up is not true any more.
            state.early = []
        }
    }

    /// Another monitor polls.
    func looksOn(_ process: Int, saying sentence: String? = nil) {
        change(sentence) { $0.holder = process }
    }

    /// This monitor polls from now on.
    func polls(saying sentence: String) {
        change(sentence) { $0.holder = nil }
    }

    func failed(_ trouble: HistoryTrouble) {
        if trouble.isForGood {
            change("\(trouble); going on from memory") { $0.trouble = "history: not kept" }
        } else {
            change("\(trouble); what turns waits in memory until it can be") { $0.trouble = "history: not written" }
        }
    }

    func recovered(_ recovery: HistoryRecovery) {
        change(recovery.description) { $0.trouble = nil }
    }

    /// Tells the screen of what changes, and of what has changed already.
    /// - Parameter tell: called one at a time and in order; must not call back.
    func listen(_ tell: @escaping @Sendable ([Message]) -> Void) {
        state.withLock { state in
            state.listener = tell
            if !state.early.isEmpty { tell(state.early) }
            state.early = []
        }
    }

    private func change(_ sentence: String?, _ body: (inout State) -> Void) {
        state.withLock { state in
            body(&state)
            let messages = [.history(state.remark)] + (sentence.map { [Message.notice($0)] } ?? [])
            if let tell = state.listener { tell(messages) } else { state.early += messages }
        }
    }
}
