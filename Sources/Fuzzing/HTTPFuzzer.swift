import Evidence
import NIOCore
import NIOEmbedded
import OpenSSLTLS

@testable import Probing

/// The answer of a policy host, through the pipeline that stands above TLS.
enum HTTPFuzzer {
    static func run(_ input: [UInt8]) {
        let whole = answer(to: input, pieces: .max)
        judge(whole)
        let pieces = answer(to: input, pieces: 1 + Int(input.first ?? 0) % 7)
        judge(pieces)
        demand(whole.status == pieces.status, "the pieces do not change the status")
        demand(whole.body == pieces.body, "the pieces do not change the body")
        demand((whole.failure == nil) == (pieces.failure == nil), "the pieces do not change success")
    }

    private static func answer(to input: [UInt8], pieces: Int) -> PolicyAnswer {
        let loop = EmbeddedEventLoop()
        let promise = loop.makePromise(of: PolicyResult.self)
        let handler = PolicyFetchHandler(
            authority: "mta-sts.example", end: loop.now + .seconds(60), promise: promise)
        let channel = EmbeddedChannel(loop: loop)
        var answers: [PolicyAnswer] = []
        promise.futureResult.assumeIsolated().whenSuccess { answers.append($0.answer) }
        do {
            try HTTPSPolicyFetcher.fillAboveTLS(channel.pipeline.syncOperations, handler)
            try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 443)).wait()
        } catch {
            fatalError("the pipeline cannot be made: \(error)")
        }
        channel.pipeline.fireUserInboundEventTriggered(
            TLSHandshake(version: "TLSv1.3", cipher: "x", chain: CertificateChain(der: []), serverName: nil))
        var rest = input[...]
        while !rest.isEmpty, channel.isActive {
            // What a handler reports is an outcome already; what is thrown here is only its echo.
            _ = try? channel.writeInbound(ByteBuffer(bytes: rest.prefix(pieces)))
            rest = rest.dropFirst(pieces)
        }
        _ = try? channel.finish(acceptAlreadyClosed: true)
        guard let answer = answers.first, answers.count == 1 else {
            fatalError("broken promise: one answer for each connection, not \(answers.count)")
        }
        return answer
    }

    private static func judge(_ answer: PolicyAnswer) {
        demand(answer.step == .done, "an answer is finished")
        demand((answer.body == nil) == (answer.failure != nil), "a body or a failure")
        if let body = answer.body {
            demand(answer.status == 200, "a body comes with status 200 only")
            demand(body.count <= Limits.policyBody, "a body has at most 64 KiB")
        }
        demand(
            (answer.contentType?.unicodeScalars.count ?? 0) <= Limits.contentType,
            "the content type is cut to its limit")
        if case .redirect(let status, let location) = answer.failure {
            demand((300...399).contains(status), "a redirect has a status of one")
            demand(location.unicodeScalars.count <= Limits.location, "the location is cut to its limit")
        }
        if case .malformed(let reason) = answer.failure { demandPrintable(reason, "a failure") }
    }
}
