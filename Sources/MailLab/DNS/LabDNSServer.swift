public import Evidence
import NIOCore
import NIOPosix

/// A scripted authoritative DNS server on loopback, UDP and TCP on one port, that signs its zones itself.
///
/// Not a resolver: it knows its zones and refuses all else. Zones and faults may change while it runs.
public final class LabDNSServer: Sendable {
    public let address: IPAddress
    public let port: Int
    private let book: SharedBook
    private let datagrams: any Channel
    private let streams: Listener

    private init(_ address: IPAddress, _ port: Int, _ book: SharedBook, _ datagrams: any Channel, _ streams: Listener) {
        self.address = address
        self.port = port
        self.book = book
        self.datagrams = datagrams
        self.streams = streams
    }

    /// Makes the keys and opens both sockets.
    /// - Parameters:
    ///   - port: zero for one that nobody uses.
    ///   - faults: spoils each datagram, and gives each connection what spoils it.
    public static func start(
        _ zones: [LabZone], at address: IPAddress? = nil, port wanted: Int = 0, faults: LabFaults? = nil
    ) async throws(LabError) -> LabDNSServer {
        let address = address ?? LabAddresses.names
        let book = SharedBook()
        try book.edit { book throws(LabError) in try book.set(zones) }
        // The port that UDP is given may be taken for TCP; one that is wanted is tried once.
        for _ in 0..<(wanted == 0 ? 50 : 1) {
            let datagrams = try await bind(address, wanted, book, faults)
            guard let port = datagrams.localAddress?.port else { continue }
            let streams = try Listener(address, port: port) { channel in
                if let fault = faults?.next() { try channel.pipeline.syncOperations.addHandler(fault) }
                try channel.pipeline.syncOperations.addHandler(DNSStreamHandler(book))
            }
            do throws(LabError) {
                try await streams.open()
                return LabDNSServer(address, port, book, datagrams, streams)
            } catch {
                try? await datagrams.close()
                if wanted != 0 { throw error }
            }
        }
        throw LabError("No port is free for the lab's name server on \(address): end other labs.")
    }

    private static func bind(
        _ address: IPAddress, _ port: Int, _ book: SharedBook, _ faults: LabFaults?
    ) async throws(LabError) -> any Channel {
        do {
            return try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.socketOption(.so_rcvbuf), value: 1 << 20)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(DNSDatagramHandler(book, faults: faults))
                    }
                }
                .bind(host: address.description, port: port).get()
        } catch {
            throw LabError("The lab's name server cannot listen on \(address) (\(error)).")
        }
    }

    /// The zones as they are now.
    public var zones: [LabZone] { book.read(\.zones) }

    /// Puts these zones in the place of all others, before it returns; a zone keeps the key that its name had.
    public func set(_ zones: [LabZone]) throws(LabError) {
        try book.edit { book throws(LabError) in try book.set(zones) }
    }

    /// Changes one zone; nothing where there is none of that name.
    public func edit(_ name: String, _ change: (inout LabZone) -> Void) throws(LabError) {
        try book.edit { book throws(LabError) in
            var zones = book.zones
            for index in zones.indices where zones[index].name == name { change(&zones[index]) }
            try book.set(zones)
        }
    }

    /// Lets the questions of a scope be answered by a fault; nil ends it.
    public func set(_ scope: LabDNSScope, _ fault: LabDNSFault?) throws(LabError) {
        try book.edit { $0.set(scope, fault) }
    }

    /// These faults, and no other.
    public func setFaults(_ faults: [LabDNSScope: LabDNSFault]) throws(LabError) {
        try book.edit { $0.setFaults(faults) }
    }

    /// How often a question came.
    public func count(_ name: String, _ type: UInt16) -> Int {
        book.read { $0.counts[ZoneBook.Question(name: DNSWire.key(name), type: type)] ?? 0 }
    }

    /// The DS record of a signed zone, as a trust anchor file has it; nil for any other zone.
    public func trustAnchor(of zone: String) -> String? { book.read { $0.key(zone)?.anchor } }

    /// Closes both sockets and every connection.
    public func stop() async {
        try? await datagrams.close()
        await streams.stop()
    }
}
