import Evidence
import NIOCore
import NIOPosix
import Testing

@testable import MailLab

@Suite(.timeLimit(.minutes(5))) struct PortReservationTests {
    private let places: [IPAddress]

    init() throws {
        places = [try address("127.79.0.1"), try address("127.79.0.2")]
    }

    /// Nobody listens, once no process that is being started has a copy of the listener any more.
    private func refuses(_ place: IPAddress, _ port: Int) async -> Bool {
        for _ in 0..<1_000 {
            guard let client = try? await TalkClient.connect(place, port) else { return true }
            await client.close()
        }
        return false
    }

    @Test func `a reserved port refuses, and a listener opens beside the reservation`() async throws {
        let held = try PortReservation.take(places)
        for place in places {
            #expect(await refuses(place, held.port))
            let listener = try Listener(place, port: held.port) { _ in }
            for _ in 0..<2 {
                try await listener.open()
                let client = try await TalkClient.connect(place, held.port)
                await client.close()
                try await listener.close()
            }
            #expect(await refuses(place, held.port))
        }
        #expect(held.addresses == places)
    }

    @Test func `no two reservations share a port on an address`() throws {
        let second = [places[1], places[0]]
        let held = try (0..<40).map { try PortReservation.take($0 % 2 == 0 ? places : second) }
        #expect(Set(held.map(\.port)).count == held.count)
    }

    @Test func `an address that is not ours is an error with a remedy`() throws {
        // 240.0.0.1 is reserved: no machine has it, and nothing is sent by binding.
        let foreign = [try address("240.0.0.1")]
        let error = #expect(throws: LabError.self) { try PortReservation.take(foreign) }
        #expect(error?.description.contains("240.0.0.1") == true)
    }
}
