import Testing

@testable import MTASTS
