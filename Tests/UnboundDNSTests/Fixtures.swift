import MTASTS
import Synchronization
import Testing

@testable import UnboundDNS

/// A name that must be one.
func name(_ text: String) throws -> DomainName {
    try #require(DomainName(text))
}

/// A value that tasks share.
final class Guarded<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    init(_ value: Value) {
        self.value = Mutex(value)
    }

    func withLock<Result: Sendable>(_ body: @Sendable (inout Value) -> Result) -> Result {
        value.withLock { body(&$0) }
    }
}

/// A clock that goes only by hand.
final class HandClock: Sendable {
    private let passed = Mutex(Duration.zero)

    var now: Duration { passed.withLock { $0 } }

    func advance(by duration: Duration) {
        passed.withLock { $0 += duration }
    }
}

/// A resolver that asks the servers and trusts no anchor but the one given.
func resolver(
    asking servers: ScriptedServer..., anchors: [String] = [], timeout: Duration = .seconds(60),
    clock: HandClock = HandClock()
) throws -> UnboundResolver {
    var options = UnboundResolver.Options(trustsRoot: false, timeout: timeout)
    var folder: Folder?
    if !anchors.isEmpty {
        let made = try Folder()
        options.trustAnchorFiles = [try made.file("anchors", anchors.joined(separator: "\n"))]
        folder = made
    }
    defer { _ = folder }
    return try UnboundResolver(
        options, upstream: .servers(servers.map { "127.0.0.1@\($0.port)" }), uptime: { clock.now })
}
