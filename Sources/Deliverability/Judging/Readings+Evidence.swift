public import Evidence
import FoundationEssentials
import MTASTS

extension RecordReading {
    /// Reads the answer at `_mta-sts` (RFC 8461 3.1). A lookup that failed is not absence.
    public init(_ answer: DNSAnswer<[TXTRecord]>) {
        if answer.failure != nil {
            self.init(status: .failed)
            return
        }
        switch STSRecordParser.parse(records: (answer.value ?? []).map(\.bytes)) {
        case .missing: self.init(status: .missing)
        case .valid(let record, let lenient, let raw):
            self.init(status: .valid, record: record, raw: [VisibleText.escape(raw)], isLenient: lenient)
        case .multiple(let raw): self.init(status: .multiple, raw: raw.map { VisibleText.escape($0) })
        case .invalid(let errors, let raw):
            self.init(status: .invalid, raw: [VisibleText.escape(raw)], errors: errors)
        }
    }
}

extension PolicyReading {
    /// Reads a fetch (RFC 8461 3.2, 3.3): no record, no fetch; no trusted session, no policy.
    init?(_ fetch: PolicyFetch?, record: RecordReading?, at moment: Date) {
        guard let record, record.status != .failed else { return nil }
        guard record.status == .valid else {
            self.init(status: .noneFetched)
            return
        }
        guard let fetch else { return nil }
        switch fetch.failure {
        case .status, .redirect, .tooLarge, .malformed:
            self.init(status: .rejected)
            return
        case .notFetched: return nil
        case .lookup(let failure) where !failure.isTheirs: return nil
        case .noHost, .lookup, .connect, .tls, .timeout:
            self.init(status: .unreachable)
            return
        case nil: break
        }
        guard let body = fetch.body, let tls = fetch.tls, let leaf = tls.leaf,
            tls.trust.trust(at: moment) == .trusted, leaf.covers(fetch.host)
        else {
            self.init(status: .unreachable)
            return
        }
        let parsed = STSPolicyParser.parse(body)
        guard let type = fetch.contentType, Self.isPlainText(type) else {
            self.init(status: .rejected, readers: Self.heedlessOfType(parsed))
            return
        }
        self.init(
            status: parsed.isValid ? .valid : .invalid, policy: parsed.policy, errors: parsed.errors,
            readers: parsed.disagreements.filter { $0.accepts && $0.differs },
            rejecting: parsed.disagreements.filter { !$0.accepts }.map(\.sender))
    }

    /// Senders split over the type: those that do not look at it take what they can read.
    private static func heedlessOfType(_ parsed: STSPolicyResult) -> [ParserDisagreement] {
        ["postfix-tlspol", "mox"].compactMap { sender in
            let own = parsed.disagreements.first { $0.sender == sender }
            guard let reading = own?.reading ?? (own == nil ? parsed.policy : nil) else { return nil }
            return ParserDisagreement(sender: sender, accepts: true, reading: reading, differs: own?.differs ?? false)
        }
    }

    /// True for `text/plain`, whatever its parameters (RFC 8461 3.3).
    static func isPlainText(_ contentType: String) -> Bool {
        let type = contentType.prefix { $0 != ";" }
        return type.filter { $0 != " " && $0 != "\t" }.lowercased() == "text/plain"
    }
}

extension MXReading {
    /// Reads the MX lookup (RFC 5321 5.1, RFC 7505); nil while it is not known whether an implicit MX has an address.
    init?(_ evidence: DomainEvidence) {
        guard let answer = evidence.mx?.value else { return nil }
        switch answer.outcome {
        case .found(let records):
            let hosts = records.filter { $0.host != nil }
            self.init(status: hosts.isEmpty ? .null : .present)
        case .noName: self.init(status: .missing)
        case .noData:
            guard let addresses = evidence.hosts.first?.addresses?.value else { return nil }
            let failed = addresses.ipv4.failure != nil || addresses.ipv6.failure != nil
            self.init(status: addresses.all.isEmpty && !failed ? .missing : .implicit)
        case .failed(.bogus): self.init(status: .bogus)
        case .failed: self.init(status: .failed)
        }
    }
}

extension TLSRPTReading {
    /// Reads the answer at `_smtp._tls` (RFC 8460 3).
    public init(_ answer: DNSAnswer<[TXTRecord]>) {
        if answer.failure != nil {
            self.init(status: .failed)
            return
        }
        switch TLSRPTParser.parse(records: (answer.value ?? []).map(\.bytes)) {
        case .missing: self.init(status: .missing)
        case .valid(let record, _, let raw):
            self.init(status: .valid, rua: record.rua, raw: [VisibleText.escape(raw)])
        case .multiple(let raw): self.init(status: .multiple, raw: raw.map { VisibleText.escape($0) })
        case .invalid(_, let raw): self.init(status: .invalid, raw: [VisibleText.escape(raw)])
        }
    }
}
