/// One order to a running lab, from a schedule or from outside as a line of text.
public enum LabCommand: Hashable, Sendable, CustomStringConvertible {
    case apply(LabIncident, String)
    case repair(LabIncident, String)
    /// Everything as it was at the start.
    case reset

    /// Reads `apply strip-starttls harbour.example`, `repair strip-starttls harbour.example` or `reset`.
    public init(line: String) throws(LabError) {
        let words = line.split(whereSeparator: \.isWhitespace)
        if words == ["reset"] {
            self = .reset
            return
        }
        guard words.count == 3, words[0] == "apply" || words[0] == "repair" else {
            throw LabError("A command to the lab is `apply INCIDENT NAME`, `repair INCIDENT NAME` or `reset`.")
        }
        guard let incident = LabIncident(words[1]) else {
            let known = LabIncident.allCases.map(\.rawValue).joined(separator: ", ")
            throw LabError("The lab knows no incident \(words[1]); it knows \(known).")
        }
        self = words[0] == "apply" ? .apply(incident, String(words[2])) : .repair(incident, String(words[2]))
    }

    /// The line that `init(line:)` reads.
    public var description: String {
        switch self {
        case .apply(let incident, let subject): "apply \(incident.rawValue) \(subject)"
        case .repair(let incident, let subject): "repair \(incident.rawValue) \(subject)"
        case .reset: "reset"
        }
    }
}

extension Lab {
    /// Carries out a command and tells in one line what was done.
    @discardableResult
    public func perform(_ command: LabCommand) async throws(LabError) -> String {
        switch command {
        case .apply(let incident, let subject):
            try await incident.apply(self, to: subject)
            return incident.sentence(subject)
        case .repair(let incident, let subject):
            try await incident.repair(self, at: subject)
            return incident.repairSentence(subject)
        case .reset:
            let original = original
            try await change { world in world = original }
            return "everything is as it was at the start"
        }
    }
}
