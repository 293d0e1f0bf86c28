import Evidence
import Testing

@testable import UnboundDNS

/// Bad settings are told at once, in one sentence that names the thing.
@Suite(.timeLimit(.minutes(5))) struct ResolverSetupTests {
    private func message(_ options: UnboundResolver.Options) -> String? {
        do throws(ResolverSetupError) {
            _ = try UnboundResolver(options)
            return nil
        } catch {
            return error.description
        }
    }

    private func options(anchors path: String) throws -> UnboundResolver.Options {
        .init(resolvers: [.init(address: try #require(IPAddress("127.0.0.1")), port: 9)], trustAnchorFiles: [path])
    }

    @Test func aMissingAnchorFileIsNamed() throws {
        let text = try #require(message(options(anchors: "/nonexistent/anchor")))
        #expect(text.contains("/nonexistent/anchor") && text.contains("No such file"))
    }

    @Test func anEmptyAnchorFileIsNamed() throws {
        let folder = try Folder()
        let file = try folder.file("empty", "; only a comment\n\n")
        #expect(try #require(message(options(anchors: file))).contains("\(file) holds no record"))
    }

    @Test(arguments: [
        "nonsense", "a.example. IN A 192.0.2.1", "a.example. IN DS 1 13 2 nothex", "a.example. IN DNSKEY 257 3 13 !!!",
        "a.example. IN DS 1 13", "a..example. IN DS 1 13 2 \(String(repeating: "00", count: 32))", "a.example. IN DS (",
    ])
    func aBrokenAnchorIsNamedByItsLine(record: String) throws {
        let folder = try Folder()
        let file = try folder.file("broken", "; anchors\n\(SignedZone.anchor)\n\n\(record)\n")
        let text = try #require(message(options(anchors: file)))
        #expect(text.contains("\(file) is broken in line 4"), "\(text)")
    }

    @Test func anchorsMayComeAsTheToolsWriteThem() throws {
        let words = SignedZone.anchor.split(separator: " ")
        let digest = String(words[6])
        let folder = try Folder()
        let file = try folder.file(
            "anchors",
            """
            ; from a tool
            signed.example.\t3600\tIN\tDS\t13752 13 2 ( \(digest.prefix(20)) ; first
                \(digest.dropFirst(20)) )
            . 86400 IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D
            """)
        let resolver = try UnboundResolver(options(anchors: file))
        #expect(resolver.anchored == ["signed.example", "."])
    }

    @Test func theSystemsServersAreRead() throws {
        let folder = try Folder()
        let file = try folder.file(
            "resolv.conf",
            "# comment\nsearch example\nnameserver 192.0.2.1\n nameserver\t2001:db8::1\r\nnameserver fe80::1%eth0\n"
                + "nameserver 192.0.2.4\n")
        #expect(try SystemResolvers(path: file).read() == ["192.0.2.1", "2001:db8::1", "fe80::1%eth0"])
    }

    @Test func aSystemWithoutServersIsTold() throws {
        let folder = try Folder()
        let file = try folder.file("resolv.conf", "search example\nnameserver\n")
        for path in [file, "/nonexistent/resolv.conf"] {
            let error = #expect(throws: ResolverSetupError.self) { try SystemResolvers(path: path).read() }
            #expect(error?.description.contains("--recursive") == true)
            #expect(error?.description.contains(path) == true)
        }
        let unusable = try folder.file("unusable", "nameserver nonsense\n")
        let blueprint = ContextBlueprint(upstream: .system(SystemResolvers(path: unusable)))
        #expect(throws: ResolverSetupError.self) { try blueprint.build() }
    }

    @Test func serversAreNamedWithTheirPortUnlessItIsTheUsualOne() {
        let upstream = ContextBlueprint.Upstream.servers(["192.0.2.1@53", "::1@5353", "192.0.2.2@53861"])
        #expect(upstream.description == "192.0.2.1, ::1@5353, 192.0.2.2@53861")
    }

    @Test func askingTheRootsNeedsNoServer() throws {
        #expect(message(.init(recursive: true)) == nil)
        #expect(message(.init(recursive: true, allowLoopback: true)) == nil)
    }
}
