import Evidence
import FoundationEssentials
import MTASTS
import Polling

extension UnboundResolver {
    /// What a question came to, before the records are read.
    struct Resolved: Sendable {
        enum Content: Hashable, Sendable {
            case records([[UInt8]])
            case noData
            case noName
            case failed(LookupFailure)
        }

        var content: Content
        var dnssec: DNSSECStatus = .unknown
        var aliases: [DomainName] = []
        var ttl: Int?
        var signatures: SignatureValidity?

        static func failed(_ failure: LookupFailure, _ dnssec: DNSSECStatus = .unknown) -> Resolved {
            Resolved(content: .failed(failure), dnssec: dnssec)
        }
    }

    /// Looks up and reads the records of one type.
    func answer<Value: Hashable & Sendable>(
        _ name: DomainName, _ type: RecordType, fresh: Bool,
        read: @Sendable ([[UInt8]]) throws(AnswerError) -> Value
    ) async -> DNSAnswer<Value> {
        let start = ContinuousClock.now
        let resolved = await ask(Question(name: name.text, type: type), fresh: fresh)
        let outcome: LookupOutcome<Value>
        switch resolved.content {
        case .records(let records):
            do throws(AnswerError) {
                outcome = .found(try read(records))
            } catch {
                outcome = .failed(error.failure)
            }
        case .noData: outcome = .noData
        case .noName: outcome = .noName
        case .failed(let failure): outcome = .failed(failure)
        }
        let spent = (ContinuousClock.now - start).components
        return DNSAnswer(
            outcome, dnssec: resolved.dnssec, aliases: resolved.aliases, ttl: resolved.ttl,
            milliseconds: Int(spent.seconds) * 1000 + Int(spent.attoseconds / 1_000_000_000_000_000),
            signatures: resolved.signatures)
    }

    /// Asks one question and judges what came back.
    private func ask(_ question: Question, fresh: Bool) async -> Resolved {
        let (event, isValidating) = await event(question, fresh: fresh)
        guard case .answer(let raw) = event, raw.bogus != nil else {
            return await judge(event, question, isValidating: isValidating)
        }
        return await judge(bogus: raw, question)
    }

    private func event(_ question: Question, fresh: Bool) async -> (LookupEvent, isValidating: Bool) {
        guard await gate.enter() else { return (.cancelled, false) }
        defer { gate.leave() }
        do throws(ResolverSetupError) {
            let context = try await pool.context(for: question, fresh: fresh)
            return (await context.lookup(question), context.isValidating)
        } catch {
            return (.library(error.description), false)
        }
    }

    /// Judges everything but bogus data.
    func judge(_ event: LookupEvent, _ question: Question, isValidating: Bool) async -> Resolved {
        switch event {
        case .deadline: return .failed(.timeout)
        case .cancelled: return .failed(.resolver("the lookup was cancelled"))
        case .library(let reason): return .failed(.resolver(reason))
        case .answer(let raw) where raw.rcode == 2: return await judgeFailure(of: question)
        case .answer(let raw):
            do throws(AnswerError) {
                return try Resolved(raw, question, isValidating: isValidating)
            } catch {
                return .failed(error.failure)
            }
        }
    }

    /// SERVFAIL from libunbound: what a server said, or that none did. A forwarder that has lost its own network says
    /// SERVFAIL to everything: its word counts only while it answers something else.
    private func judgeFailure(of question: Question) async -> Resolved {
        let failure = LookupFailure(reason: LibraryLog.shared.reason(for: question))
        switch failure {
        case .serverFailure, .refused:
            guard pool.blueprint.asksForwarders else { return .failed(failure) }
            if case .dead = await confirmedHealth() { return .failed(.timeout) }
            return .failed(failure)
        default:
            return .failed(failure)
        }
    }

    /// Bogus data is believed only while validation is known to work, and not where a key could not be fetched.
    private func judge(bogus raw: RawAnswer, _ question: Question) async -> Resolved {
        switch await confirmedHealth() {
        case .dead: return .failed(.timeout)
        case .unvalidated:
            let (event, isValidating) = await event(question, fresh: false)
            return await judge(event, question, isValidating: isValidating)
        case .validating: break
        }
        let reason = raw.bogus ?? ""
        guard let missing = MissingKey(reason) else { return .failed(.bogus(reason), .bogus) }
        if let failure = await failure(toFetch: missing.question) { return .failed(failure) }
        // The key can be fetched: it may have failed once and been remembered as bad.
        let (event, isValidating) = await event(question, fresh: true)
        if case .answer(let again) = event, let reason = again.bogus { return .failed(.bogus(reason), .bogus) }
        return await judge(event, question, isValidating: isValidating)
    }

    /// Why a key or its digest cannot be fetched; nil when the servers answer for it.
    private func failure(toFetch question: Question) async -> LookupFailure? {
        do throws(ResolverSetupError) {
            let context = try await pool.separate(.permissive)
            let judged = await judge(await context.lookup(question), question, isValidating: true)
            if case .failed(let failure) = judged.content { return failure }
            return nil
        } catch {
            return .resolver(error.description)
        }
    }
}

extension UnboundResolver.Resolved {
    /// Reads an answer that is neither bogus nor a failure.
    init(
        _ raw: RawAnswer, _ question: Question, isValidating: Bool
    ) throws(AnswerError) {
        // Only where validation was switched on within this lookup: look again later.
        guard raw.bogus == nil else { throw AnswerError(.timeout) }
        guard raw.rcode == 0 || raw.rcode == 3 else { throw AnswerError(.refused(rcode: raw.rcode)) }
        guard let message = DNSMessage(raw.packet) else {
            throw AnswerError(.malformed("the answer cannot be read"))
        }
        guard !message.isTruncated else { throw AnswerError(.malformed("the answer is larger than 64 KiB")) }
        let chain = try AliasChain(message)
        aliases = chain.targets
        ttl = message.ttl(of: question.type)
        dnssec = isValidating ? (raw.isSecure ? .secure : .insecure) : .unknown
        if dnssec == .secure { signatures = message.signatures(of: question.type, now: Date()) }
        if !raw.records.isEmpty {
            content = .records(raw.records)
            return
        }
        content = raw.rcode == 3 ? .noName : .noData
    }
}
