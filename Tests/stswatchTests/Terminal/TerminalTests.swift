import Testing

/// The built program as a user meets it: on a terminal, by keys and signals, seen on the screen.
@Suite(
    "Terminal", .enabled(if: TerminalPane.isPossible, "tmux is not installed (bash .ci/install --tests)"),
    .timeLimit(.minutes(5)))
struct TerminalTests {}
