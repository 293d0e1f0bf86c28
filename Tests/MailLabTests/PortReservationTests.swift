import Evidence
import NIOCore
import NIOPosix
import Testing

@testable import MailLab

@Suite(.timeLimit(.minutes(2))) struct PortReservationTests {
    private let places: [IPAddress]

    init() throws {
        places = [try address("127.79.0.1"), try address("127.79.0.2")]
    }

    private func listen(_ place: IPAddress, _ port: Int) async throws -> any Channel {
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: place.description, port: port).get()
    }

    @Test func `a reserved port refuses, and a listener opens beside the reservation`() async throws {
        let held = try PortReservation.take(places)
        for place in places {
            await #expect(throws: (any Error).self) { try await TalkClient.connect(place, held.port) }
            for _ in 0..<2 {
                let listener = try await listen(place, held.port)
                let client = try await TalkClient.connect(place, held.port)
                await client.close()
                try await listener.close()
            }
            await #expect(throws: (any Error).self) { try await TalkClient.connect(place, held.port) }
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
