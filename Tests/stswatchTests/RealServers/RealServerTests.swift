import Testing

/// The built program against Postfix, Exim, nginx and an authoritative DNS server, with DNSSEC validated by itself.
@Suite(
    "Real servers",
    .enabled(if: TestbedRunning.isPossible, "the servers are not installed (bash .ci/install --tests)"),
    .testbed, .timeLimit(.minutes(5)))
struct RealServerTests {}
