import FoundationEssentials
import MTASTS

/// What is wrong with the watcher itself: its network, its clock.
enum WatcherRule {
    static func findings(_ domain: DomainName, _ network: NetworkCondition) -> [Finding] {
        switch network {
        case .sound: return []
        case .suspect(let reason, _):
            return [
                Finding(
                    .networkSuspect, .info, subject: domain.text, evidence: reason,
                    fix: "Look at this machine's own network first; states are kept until it is back.", rfc: "-")
            ]
        case .clockSuspect(let minutes, let hosts):
            return [
                Finding(
                    .clockSuspect, .info, subject: domain.text,
                    evidence: "by the Date of \(hosts) policy hosts this clock is \(abs(minutes)) min "
                        + (minutes > 0 ? "behind" : "ahead"),
                    fix: "Set this machine's clock: until then every verdict that rests on a date may be wrong.",
                    rfc: "-")
            ]
        }
    }
}
