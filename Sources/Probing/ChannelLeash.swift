import NIOCore
import Synchronization

/// Lets a cancelled task pull down the channel that works for it, at whatever moment it comes to exist.
final class ChannelLeash: Sendable {
    private struct State {
        var channel: (any Channel)?
        var isCut = false
    }

    private let state = Mutex(State())

    /// Closes the channel at once when the leash was cut before.
    func attach(_ channel: any Channel) {
        let isCut = state.withLock { state in
            state.channel = channel
            return state.isCut
        }
        if isCut { channel.close(promise: nil) }
    }

    /// Closes what is attached now and whatever will be.
    func cut() {
        let channel = state.withLock { state in
            state.isCut = true
            return state.channel
        }
        channel?.close(promise: nil)
    }
}
