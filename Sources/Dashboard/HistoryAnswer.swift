public import Deliverability
import MTASTS

/// What became of the wish to see a domain's history.
public enum HistoryAnswer: Sendable {
    /// What is kept of it; nil where nothing is yet.
    case kept(DomainHistory?)
    /// What this run remembers: nothing is kept beyond it. `remedy` is what would keep it, such as an option.
    case unkept(DomainHistory?, remedy: String)
    /// What this run remembers: it will be kept once it can be written. `trouble` is why it cannot be, one sentence.
    case waiting(DomainHistory?, trouble: String)
    /// It could not be read; one sentence.
    case failed(String)

    /// What can be shown.
    var history: DomainHistory? {
        switch self {
        case .kept(let history), .unkept(let history, _), .waiting(let history, _): history
        case .failed: nil
        }
    }
}

/// The history that the detail shows or waits for.
struct HistoryBoard: Sendable {
    let domain: DomainName
    /// Nil until it came; the old one stays while a newer one is read.
    var answer: HistoryAnswer?
    /// What the log knew of the domain's changes when it was asked for.
    var newest: [Change]
    /// Hours since 1970 at that time: what looks came to is kept by the hour; nil: it has to be asked for again.
    var hour: Int?
}
