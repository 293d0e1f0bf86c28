import Evidence
import FoundationEssentials
import MTASTS

/// Gathers one HTTP response to what `PolicyFetch` keeps of it (RFC 8461 3.3); no sockets inside.
struct PolicyAnswer: Sendable {
    /// What is being waited for; the raw value is the word for it in a failure.
    enum Step: String, Sendable {
        case tls = "TLS handshake"
        case head = "headers"
        case body
        case done
    }

    private(set) var step = Step.tls
    private(set) var failure: PolicyFetchFailure?
    private(set) var status: Int?
    private(set) var contentType: String?
    private(set) var serverDate: Date?
    private var gathered: [UInt8] = []
    /// Neither a length nor chunks tell the end of the body: the end of the connection does (RFC 9112 6.3).
    private var endsWithConnection = false

    init() {}

    /// The body when all of it was had.
    var body: [UInt8]? { step == .done && failure == nil ? gathered : nil }

    mutating func secured() {
        if step == .tls { step = .head }
    }

    /// The head of the final response, names in any case.
    mutating func head(status: Int, headers: some Sequence<(name: String, value: String)>) {
        guard step == .head else { return }
        step = .body
        self.status = status
        var length: Int?
        var location = ""
        var (isEncoded, isChunked) = (false, false)
        for (name, value) in headers {
            switch name.lowercased() {
            case "content-type": contentType = contentType ?? Self.bounded(value, Limits.contentType)
            case "date": serverDate = serverDate ?? HTTPDate.parse(value)
            case "location": location = Self.bounded(value, Limits.location)
            case "content-length": length = Int(value)
            case "transfer-encoding": isChunked = true
            case "content-encoding": isEncoded = isEncoded || !Self.isIdentity(value)
            default: break
            }
        }
        endsWithConnection = length == nil && !isChunked
        switch status {
        case 200 where isEncoded: fail(.malformed("compressed body"))
        case 200: if let length, length > Limits.policyBody { fail(.tooLarge) }
        case 300...399: fail(.redirect(status: status, location: location))
        default: fail(.status(status))
        }
    }

    mutating func body(_ bytes: some Collection<UInt8>) {
        guard step == .body else { return }
        guard gathered.count + bytes.count <= Limits.policyBody else { return fail(.tooLarge) }
        gathered.append(contentsOf: bytes)
    }

    mutating func end() {
        if step == .body { step = .done }
    }

    /// TLS broke, in words.
    mutating func tlsFailed(_ reason: String) {
        fail(.tls(reason))
    }

    /// The connection ended before the answer did.
    mutating func closed() {
        switch step {
        case .tls: fail(.tls("the connection was closed in the handshake"))
        case .head: fail(.malformed("the connection was closed before the end of the headers"))
        // TLS was not closed as it should be: most clients take the body for whole all the same.
        case .body where endsWithConnection: step = .done
        case .body: fail(.malformed("the connection was closed before the end of the body"))
        case .done: break
        }
    }

    mutating func timedOut() {
        fail(.timeout(step.rawValue))
    }

    /// Nothing that follows changes the answer.
    mutating func fail(_ failure: PolicyFetchFailure) {
        guard step != .done else { return }
        self.failure = failure
        step = .done
    }

    /// A field's value as printable ASCII (RFC 9110 5.5), cut to `limit` characters; other bytes are told as `\xNN`.
    private static func bounded(_ value: String, _ limit: Int) -> String {
        let kept = String(String.UnicodeScalarView(value.unicodeScalars.prefix(limit)))
        return String(VisibleText.printable(kept, limit: .max).prefix(limit))
    }

    private static func isIdentity(_ coding: String) -> Bool {
        let word = coding.lowercased()
        return word == "identity" || word.isEmpty
    }
}
