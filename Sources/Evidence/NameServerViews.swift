public import MTASTS

/// What each name server of a zone says when it is asked itself, as far as it answers.
public struct NameServerViews: Hashable, Sendable, Codable {
    /// Records of one answer, and characters of one record, that are kept: what is longer is cut.
    public static let (mostRecords, mostCharacters) = (20, 200)

    /// What one server says.
    public struct View: Hashable, Sendable, Codable {
        public let server: DomainName
        public let address: IPAddress
        /// By question, such as `MX example.com`: its records in presentation form, sorted; empty where it says that
        /// there are none. A question that it did not answer is absent.
        public let sayings: [String: [String]]

        public init(server: DomainName, address: IPAddress, sayings: [String: [String]]) {
            self.server = server
            self.address = address
            self.sayings = sayings.mapValues { records in
                records.prefix(mostRecords).map { String($0.prefix(mostCharacters)) }
            }
        }
    }

    /// One question on which servers differ.
    public struct Disagreement: Hashable, Sendable, Codable {
        public let question: String
        /// Each answer with the servers that give it; what most of them say comes first.
        public let answers: [Answer]
    }

    /// One answer and who gives it.
    public struct Answer: Hashable, Sendable, Codable {
        public let records: [String]
        public let servers: [DomainName]
    }

    public let views: [View]

    public init(_ views: [View]) {
        self.views = views
    }

    /// The questions on which those that answered differ, by question.
    public var disagreements: [Disagreement] {
        let questions = Set(views.flatMap(\.sayings.keys)).sorted()
        return questions.compactMap { question in
            var servers: [[String]: [DomainName]] = [:]
            for view in views {
                guard let records = view.sayings[question] else { continue }
                if servers[records]?.contains(view.server) != true { servers[records, default: []].append(view.server) }
            }
            guard servers.count > 1 else { return nil }
            let answers = servers.map { Answer(records: $0.key, servers: $0.value) }.sorted {
                ($1.servers.count, $0.records.joined()) < ($0.servers.count, $1.records.joined())
            }
            return Disagreement(question: question, answers: answers)
        }
    }
}
