import Foundation
import MailLab
import OpenSSLTLS
import Polling
import UnboundDNS

extension Engine.Plan {
    /// For a lab: its name server, its authority, its ports, and a rhythm that one can watch.
    init(_ lab: Lab) throws {
        resolver.resolvers = [.init(address: lab.names.address, port: UInt16(lab.names.port))]
        resolver.trustAnchors = [lab.trustAnchor].compactMap { $0 }
        resolver.trustsRoot = false
        poll.allowPrivate = true
        poll.smtpPort = lab.smtpPort
        watch(every: 8)
        poll.confirmation = Confirmation(givenDelay: 1, absentDelays: [2, 2], policyDelay: 4)
        httpsPort = lab.httpsPort
        timeout = .seconds(6)
        do throws(TLSSetupError) {
            trust = try TrustStore.pem(lab.caPEM)
        } catch {
            throw CommandFailure(error.description, .unavailable)
        }
    }

    /// - Parameter interval: seconds between two looks at the same thing that is well.
    mutating func watch(every interval: Double) {
        poll.interval = interval
        poll.problemInterval = min(5, interval)
    }

    /// The same for one look that nobody watches: a machine that is busy must not make the lab look dead.
    var forOneLook: Engine.Plan {
        var plan = self
        plan.poll.confirmation = .once
        plan.timeout = max(timeout, .seconds(12))
        return plan
    }
}

/// The clock set to another time, running on from there.
struct ShiftedTime: TimeSource {
    private let shift: TimeInterval

    /// - Parameter start: the time that it is now.
    init(start: Date) { shift = start.timeIntervalSinceNow }

    var now: Date { Date().addingTimeInterval(shift) }

    func sleep(until moment: Date) async throws {
        try await SystemTime().sleep(until: moment.addingTimeInterval(-shift))
    }
}
