/// Every bound on what a peer may make us read, keep or wait for, with the reason beside the number.
enum Limits {
    // SMTP, in bytes and lines.

    /// RFC 5321 4.5.3.1.5 allows 512 bytes a reply line; four times that forgives every sloppy server in use.
    static let replyLine = 2_048
    /// The longest EHLO answers in use have some thirty lines.
    static let replyLines = 100
    /// All plain text of one connection, both sides of STARTTLS: a whole honest dialogue is under 4 KiB.
    static let connectionBytes = 64 * 1_024
    /// What is kept of a line, and how many lines (`SMTPDialogue` promises both).
    static let transcriptLine = 1_000
    static let transcriptLines = 200
    /// Plain text that came where TLS was due: enough to show the injected commands.
    static let injectedBytes = 2_048
    /// Characters of a reply's text in an outcome: fits a wide screen twice.
    static let quotedText = 300
    /// One read from an SMTP socket; a certificate chain takes two or three.
    static let smtpRead = 4 * 1_024

    // SMTP, in time.

    /// A SYN is sent again after 1, 3 and 7 seconds: three losses are forgiven.
    static let connect = Duration.seconds(10)
    /// Greet pauses of 5 to 6 seconds are usual, of 20 not unheard of.
    static let banner = Duration.seconds(25)
    /// For one complete reply, however slowly its bytes drip.
    static let reply = Duration.seconds(15)
    /// For a complete handshake.
    static let handshake = Duration.seconds(15)
    /// For the 221: waiting for it is a courtesy, nothing depends on it.
    static let quit = Duration.seconds(2)
    /// For the whole probe, a second attempt included.
    static let probe = Duration.seconds(30)

    // HTTPS.

    /// A policy over 64 KiB is refused (RFC 8461 3.3).
    static let policyBody = 64 * 1_024
    /// Bytes before the end of the final response's head, interim responses included.
    static let responseHead = 16 * 1_024
    static let responseHeaders = 100
    /// All bytes of a response: a body in the smallest chunks takes six bytes for one, so eight bodies' worth.
    static let responseBytes = 8 * policyBody
    /// Characters kept of a Content-Type.
    static let contentType = 200
    /// Characters kept of a Location.
    static let location = 1_000
    /// One read from an HTTPS socket: a full TLS record.
    static let httpsRead = 16 * 1_024
    /// One address may take this long to connect before the next is tried.
    static let policyConnect = Duration.seconds(5)
    /// Senders give up after a minute (RFC 8461 3.3).
    static let policyFetch = Duration.seconds(60)
    /// Addresses tried for one fetch: at five seconds each they fill the minute.
    static let policyAddresses = 12
}
