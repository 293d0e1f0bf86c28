public import Deliverability
import FoundationEssentials
import MTASTS

/// What is remembered of one domain as machines read it. Keys are stable: additions are allowed, renames are not.
public struct HistoryReport: Encodable, Sendable {
    struct Policy: Encodable, Sendable {
        let id: String
        let mode: String?
        let maxAge: Int?
        let body: String
        let firstSeen: Moment
        let lastSeen: Moment
        let goneAt: Moment?
    }

    struct Record: Encodable, Sendable {
        let id: String
        let firstSeen: Moment
        let lastSeen: Moment
        let goneAt: Moment?
    }

    struct MXSet: Encodable, Sendable {
        let hosts: [String]
        let firstSeen: Moment
        let lastSeen: Moment
        let goneAt: Moment?
    }

    struct Certificate: Encodable, Sendable {
        let host: String
        let address: String
        let sha256: String
        let issuer: String
        let notBefore: Moment
        let notAfter: Moment
        let firstSeen: Moment
        let lastSeen: Moment
    }

    struct TLSA: Encodable, Sendable {
        let host: String
        let records: [String]
        let secure: Bool
        let firstSeen: Moment
        let lastSeen: Moment
    }

    struct Turned: Encodable, Sendable {
        let id: Int
        let at: Moment
        let code: String?
        let stateBefore: DomainState
        let stateAfter: DomainState
        let before: String
        let after: String
        let impact: String
        let fix: String
        let acknowledgedAt: Moment?
        let acknowledgedBy: String?
    }

    struct SampleReport: Encodable, Sendable {
        let start: Moment
        let seconds: Int
        let looks: Int
        let worst: DomainState
        let availability: Double?
        let certificateDays: Int?
        let ms: Int?
    }

    let schema = 1
    let domain: String
    let state: DomainState
    let stateSince: Moment?
    let checkedAt: Moment?
    let policies: [Policy]
    let records: [Record]
    let mx: [MXSet]
    let certificates: [Certificate]
    let tlsa: [TLSA]
    let changes: [Turned]
    let samples: [SampleReport]

    public init(_ history: DomainHistory) {
        domain = history.domain.text
        state = history.status?.digest.state ?? .unknown
        stateSince = history.status?.stateSince.map(Moment.init)
        checkedAt = history.status?.digest.checkedAt.map(Moment.init)
        policies = history.policies.map {
            Policy(
                id: VisibleText.printable($0.value.id), mode: $0.value.mode, maxAge: $0.value.maxAge,
                body: VisibleText.lines($0.value.body), firstSeen: Moment($0.firstSeen),
                lastSeen: Moment($0.lastSeen), goneAt: $0.goneAt.map(Moment.init))
        }
        records = history.records.map {
            Record(
                id: VisibleText.printable($0.value), firstSeen: Moment($0.firstSeen), lastSeen: Moment($0.lastSeen),
                goneAt: $0.goneAt.map(Moment.init))
        }
        mx = history.mxSets.map {
            MXSet(
                hosts: $0.value, firstSeen: Moment($0.firstSeen), lastSeen: Moment($0.lastSeen),
                goneAt: $0.goneAt.map(Moment.init))
        }
        certificates = history.certificates.map {
            Certificate(
                host: $0.value.host.text, address: $0.value.address, sha256: $0.value.sha256,
                issuer: $0.value.issuer, notBefore: Moment($0.value.notBefore), notAfter: Moment($0.value.notAfter),
                firstSeen: Moment($0.firstSeen), lastSeen: Moment($0.lastSeen))
        }
        tlsa = history.tlsa.map {
            TLSA(
                host: $0.value.host.text, records: $0.value.records, secure: $0.value.isSecure,
                firstSeen: Moment($0.firstSeen), lastSeen: Moment($0.lastSeen))
        }
        changes = history.changes.map {
            Turned(
                id: $0.id, at: Moment($0.at), code: $0.code?.rawValue, stateBefore: $0.stateBefore,
                stateAfter: $0.stateAfter, before: $0.before, after: $0.after, impact: $0.impact, fix: $0.fix,
                acknowledgedAt: $0.acknowledgedAt.map(Moment.init), acknowledgedBy: $0.acknowledgedBy)
        }
        samples = history.samples.map {
            SampleReport(
                start: Moment($0.start), seconds: $0.seconds, looks: $0.looks, worst: $0.worst,
                availability: $0.availability, certificateDays: $0.certificateDays, ms: $0.milliseconds)
        }
    }
}
