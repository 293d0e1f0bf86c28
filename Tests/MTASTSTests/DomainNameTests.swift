import MTASTS
import Testing

@Suite("Domain names") struct DomainNameTests {
    @Test(
        "a host name has letters, digits and inner hyphens",
        arguments: [
            ("a.example", true), ("a-b.c--d.example", true), ("1.2-3.example", true), ("a", true),
            ("-a.example", false),
            ("a.-b.example", false), ("a-.example", false), ("a.b-.example", false), ("a.example-", false),
            ("-", false),
            ("_a.example", false), ("a.b_c.example", false), ("a.example_", false),
        ])
    func hostNames(_ text: String, _ isHostName: Bool) throws {
        #expect(try #require(DomainName(text)).isHostName == isHostName)
    }
}
