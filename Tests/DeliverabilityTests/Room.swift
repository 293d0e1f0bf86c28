import Testing

@testable import Deliverability
