import Evidence
import MTASTS

/// The CNAMEs of an answer, followed from the name that was asked.
struct AliasChain {
    /// Links followed before a chain is called endless, as libunbound has it.
    static let limit = 11

    /// The targets in order, as far as they can be written as host names.
    private(set) var targets: [DomainName] = []
    /// The last name of the chain; the name that was asked where there is none.
    private(set) var end: WireName

    /// Follows the chain in a message; fails when it loops or has too many links.
    init(_ message: DNSMessage) throws(AnswerError) {
        end = message.questionName
        var links: [WireName: WireName] = [:]
        for record in message.answers where record.type == DNSMessage.cname {
            var index = record.rdata.lowerBound
            if let target = WireName(message.bytes, at: &index) { links[record.owner] = target }
        }
        var length = 0
        while let target = links[end] {
            length += 1
            guard length <= Self.limit else { throw AnswerError(.aliasLoop) }
            end = target
            if let name = target.domainName { targets.append(name) }
        }
    }
}
