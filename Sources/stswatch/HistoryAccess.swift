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
        if let file = self as? SQLiteHistory {
            do throws(HistoryTrouble) {
                return .kept(try await file.history(of: domain))
            } catch {
                return .failed(error.description)
            }
        }
        guard let memory = await memory(of: domain) else { return .unkept(nil, remedy: remedy) }
        var hosts: [DomainName: HostMemory] = [:]
        for host in memory.namedHosts { hosts[host] = await self.memory(ofHost: host) }
        let changes = await changes(most: .max).filter { $0.domain == domain }
        return .unkept(DomainHistory(domain: domain, memory: memory, hosts: hosts, changes: changes), remedy: remedy)
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
    private let reports: TroubleReports

    init(_ values: SettingsValues) {
        let reports = TroubleReports()
        self.reports = reports
        var (opened, taken, other): (SQLiteHistory?, HistoryLock?, Int?) = (nil, nil, nil)
        var (first, complaint): (HistorySnapshot?, String?) = (nil, nil)
        do {
            let place = try HistoryAccess.place(values)
            let history = try SQLiteHistory(
                place, user: HistoryAccess.user(), trouble: { reports.report(.failed($0)) },
                recovered: { reports.report(.recovered($0)) })
            first = try history.snapshot()
            switch try HistoryLock.take(place) {
            case .taken(let lock): taken = lock
            case .held(let process): other = process ?? 0
            }
            opened = history
        } catch let trouble as HistoryTrouble {
            complaint = "\(trouble), and start again"
        } catch {
            // No home folder: nothing is lost that could be kept.
            complaint = nil
        }
        (history, lock, holder, snapshot, trouble) = (opened, taken, other, first, complaint)
    }

    var store: any HistoryStore { history ?? TransientHistory(user: HistoryAccess.user()) }

    /// What the header says.
    var remark: String? {
        if history == nil { return "history: this run only" }
        return holder.map { Self.lookingOn($0) }
    }

    static func lookingOn(_ process: Int) -> String {
        process > 0 ? "LOOKING ON: process \(process) polls" : "LOOKING ON: another monitor polls"
    }

    /// Tells the screen when the file fails later, and when it can be written again.
    func tellLater(_ tell: @escaping @Sendable ([Message]) -> Void) -> TroubleReports {
        reports.listen { tell($0.messages) }
        return reports
    }
}

/// Takes the troubles of a history, which may come before anybody listens.
final class TroubleReports: Sendable {
    enum Report: Sendable {
        case failed(HistoryTrouble)
        case recovered(HistoryRecovery)

        /// The remark in the header, and the sentence.
        var messages: [Message] {
            switch self {
            case .failed(let trouble) where trouble.isForGood:
                [.history("history: not kept"), .notice("\(trouble); going on from memory")]
            case .failed(let trouble):
                [.history("history: not written"), .notice("\(trouble); what turns waits in memory until it can be")]
            case .recovered(let recovery): [.history(nil), .notice(recovery.description)]
            }
        }
    }

    private let listener = Mutex<(@Sendable (Report) -> Void)?>(nil)
    private let early = Mutex<[Report]>([])

    func report(_ report: Report) {
        if let take = listener.withLock({ $0 }) { take(report) } else { early.withLock { $0.append(report) } }
    }

    func listen(_ take: @escaping @Sendable (Report) -> Void) {
        listener.withLock { $0 = take }
        for report in early.withLock({ $0 }) { take(report) }
    }
}
