import MTASTS

extension TLSConnection {
    enum Role {
        case client(serverName: DomainName?)
        case server
    }

    enum Side { case us, peer }

    enum State {
        case idle
        case handshaking
        case active
        /// One side's close_notify has passed.
        case closing(by: Side)
        case closed
        case failed(TLSError)
    }

    /// What a step of the handshake led to.
    enum HandshakeStep {
        case needsInput
        case done(TLSHandshake)
        case failed(TLSError)
    }

    /// What a try to read application data led to.
    enum ReadStep {
        case data
        case needsInput
        /// The peer's close_notify was read.
        case ended
        case failed(TLSError)
    }
}
