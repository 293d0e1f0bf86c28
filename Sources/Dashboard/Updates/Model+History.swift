import Deliverability
import FoundationEssentials
import MTASTS

extension Model {
    /// More changes of a domain than that are not watched for a newer version.
    private static let watchedChanges = 5

    /// Asks for the history that is looked at, and again when something of it may be new.
    mutating func askHistory(_ effects: inout [Effect]) {
        guard let detail, detail.tab == .history else {
            // Whoever comes back sees the old one until a newer one is there.
            history?.hour = nil
            return
        }
        let hour = Moment.seconds(now) / 3_600
        if let history, history.domain == detail.domain, history.hour == hour, historyLog == log.version { return }
        historyLog = log.version
        let newest = log.changes(of: detail.domain, limit: Model.watchedChanges)
        if let history, history.domain == detail.domain {
            guard history.hour != hour || history.newest != newest else { return }
        }
        let old = history?.domain == detail.domain ? history?.answer : nil
        history = HistoryBoard(domain: detail.domain, answer: old, newest: newest, hour: hour)
        effects.append(.loadHistory(detail.domain))
    }

    /// Shows what was read, unless somebody looks at another domain by now.
    mutating func take(_ answer: HistoryAnswer, of domain: DomainName) {
        if history?.domain == domain { history?.answer = answer }
    }
}
