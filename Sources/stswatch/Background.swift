import Glibc
import NIOCore
import NIOPosix

/// Work that gives way to the thread that draws: a sweep may keep all cores busy, and a key must not wait for it.
enum Background {
    /// The priority of the engine's tasks.
    static let priority = TaskPriority.utility

    /// Lets the threads that do the network's work give way too; niceness is a thread's own on Linux.
    static func giveWay(_ group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton) {
        for loop in group.makeIterator() {
            // Zero is the calling thread; where it is refused everything runs as before.
            loop.execute { _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10) }
        }
    }
}
