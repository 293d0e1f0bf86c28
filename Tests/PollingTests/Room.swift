import Testing

@testable import Polling
