import Evidence
import FoundationEssentials
import MTASTS
import OpenSSLTLS
import Polling
import Synchronization
import Testing

@testable import MailLab

/// A clock that stands until a test moves it.
final class HandTime: TimeSource {
    private struct Sleeper {
        let until: Date
        let wake: CheckedContinuation<Void, Never>
    }

    private struct State {
        var now: Date
        var sleepers: [Sleeper] = []
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(_ now: Date = Date(timeIntervalSince1970: 1_790_000_000)) {
        state = Mutex(State(now: now))
    }

    var now: Date { state.withLock { $0.now } }

    func sleep(until moment: Date) async throws {
        await withCheckedContinuation { (wake: CheckedContinuation<Void, Never>) in
            let (isDue, waiters) = state.withLock { state in
                guard state.now < moment else { return (true, [CheckedContinuation<Void, Never>]()) }
                state.sleepers.append(Sleeper(until: moment, wake: wake))
                defer { state.waiters = [] }
                return (false, state.waiters)
            }
            for waiter in waiters { waiter.resume() }
            if isDue { wake.resume() }
        }
        try Task.checkCancellation()
    }

    /// Returns as soon as somebody sleeps.
    func untilSomebodySleeps() async {
        await withCheckedContinuation { (waiter: CheckedContinuation<Void, Never>) in
            let isAsleep = state.withLock { state in
                if state.sleepers.isEmpty { state.waiters.append(waiter) }
                return !state.sleepers.isEmpty
            }
            if isAsleep { waiter.resume() }
        }
    }

    func move(bySeconds seconds: Double) {
        let due = state.withLock { state in
            state.now.addTimeInterval(seconds)
            let due = state.sleepers.filter { $0.until <= state.now }
            state.sleepers.removeAll { $0.until <= state.now }
            return due
        }
        for sleeper in due { sleeper.wake.resume() }
    }
}

func name(_ text: String) throws -> DomainName { try #require(DomainName(text)) }

func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }

extension LabAuthority {
    /// A good certificate for ninety days around `now`.
    func good(_ names: String..., now: Date = Date(), key: LabKey = .p256) throws(LabError) -> LabIdentity {
        try issue(names, from: now.addingTimeInterval(-86_400), until: now.addingTimeInterval(89 * 86_400), key: key)
    }
}

/// Speaks with one MX address up to TLS, as a sender would.
func greet(_ address: IPAddress, _ port: Int, as host: String) async throws -> (TalkClient, TLSHandshake?) {
    let client = try await TalkClient.connect(address, port)
    #expect(await client.reply().first?.hasPrefix("220 ") == true)
    #expect(try await client.ask("EHLO tester.example").contains { $0.hasSuffix("STARTTLS") })
    #expect(try await client.ask("STARTTLS").first?.hasPrefix("220 ") == true)
    return (client, try await client.startTLS(.client(), name(host)))
}
