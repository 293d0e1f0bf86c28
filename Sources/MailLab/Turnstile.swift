import Synchronization

/// Lets one asynchronous piece of work through at a time, in the order of arrival.
final class Turnstile: Sendable {
    private let last = Mutex<Task<Void, Never>?>(nil)

    /// Runs `body` after everything that came before it has ended; its error is the caller's.
    func pass(_ body: @escaping @Sendable () async throws(LabError) -> Void) async throws(LabError) {
        let task = last.withLock { last -> Task<Result<Void, LabError>, Never> in
            let before = last
            let task = Task { () -> Result<Void, LabError> in
                await before?.value
                do throws(LabError) {
                    try await body()
                    return .success(())
                } catch {
                    return .failure(error)
                }
            }
            last = Task { _ = await task.value }
            return task
        }
        try await task.value.get()
    }
}
