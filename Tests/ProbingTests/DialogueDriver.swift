import Evidence

@testable import Probing

/// Plays a script to a `ProbeDialogue` the way a channel would, and notes what it does.
final class DialogueDriver {
    enum Event: Sendable {
        /// Bytes from the socket: plain text, or records while a handshake is awaited.
        case server(String)
        case bytes([UInt8])
        /// TLS finished its handshake.
        case secured
        case tlsError(String)
        case closed
        case timedOut
        case failed(String)
    }

    private var dialogue = ProbeDialogue(helo: "probe.example")
    private(set) var sent: [String] = []
    private(set) var tlsBytes: [UInt8] = []
    private(set) var tlsStarts = 0
    private(set) var reports: [ProbeReport] = []
    private(set) var closes = 0

    init() {}

    var step: ProbeDialogue.Step { dialogue.step }

    /// - Parameter pieces: how many bytes of the socket arrive at once.
    func play(_ events: [Event], pieces: Int = .max) {
        for event in events { play(event, pieces: pieces) }
    }

    func play(_ event: Event, pieces: Int) {
        switch event {
        case .server(let text): read(Array(text.utf8), pieces: pieces)
        case .bytes(let bytes): read(bytes, pieces: pieces)
        case .secured: note(dialogue.handshakeCompleted())
        case .tlsError(let reason): note(dialogue.tlsFailed(reason))
        case .closed: note(dialogue.closed())
        case .timedOut: note(dialogue.timedOut())
        case .failed(let reason): note(dialogue.failed(reason))
        }
    }

    private func read(_ bytes: [UInt8], pieces: Int) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = rest.prefix(pieces)
            rest = rest.dropFirst(pieces)
            if dialogue.step == .handshake {
                let (tls, actions) = dialogue.screen(piece)
                tlsBytes += tls
                note(actions)
            } else {
                note(dialogue.received(piece))
            }
        }
    }

    private func note(_ actions: [ProbeDialogue.Action]) {
        for action in actions {
            switch action {
            case .send(let bytes): sent.append(String(decoding: bytes, as: UTF8.self))
            case .startTLS: tlsStarts += 1
            case .finish(let report): reports.append(report)
            case .close: closes += 1
            }
        }
    }
}
