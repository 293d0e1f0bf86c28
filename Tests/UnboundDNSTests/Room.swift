import Testing

@testable import UnboundDNS
