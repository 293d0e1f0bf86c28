import Glibc

/// A thread for one piece of work that blocks.
struct HookThread {
    private final class Work {
        let body: () -> Void

        init(_ body: @escaping () -> Void) {
            self.body = body
        }
    }

    private let work: Work

    init(_ body: @escaping @Sendable () -> Void) {
        work = Work(body)
    }

    /// Runs the work; where no thread can be had it runs here.
    func start() {
        var thread = pthread_t()
        let retained = Unmanaged.passRetained(work)
        let status = pthread_create(
            &thread, nil,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body()
                return nil
            }, retained.toOpaque())
        if status == 0 {
            pthread_detach(thread)
        } else {
            retained.takeRetainedValue().body()
        }
    }

    static func error(_ number: Int32) -> String { String(cString: strerror(number)) }
}
