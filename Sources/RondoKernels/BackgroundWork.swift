import Dispatch

/// Work that another thread does meanwhile, whose result is asked for later; with one thread it is done when asked for.
public final class BackgroundWork<Value: Sendable>: @unchecked Sendable {
    // Written by the one block of the group, read after the group has ended.
    private var result: Result<Value, any Error>?
    private let group = DispatchGroup()
    // Let go of once it has run, with everything it holds.
    private var body: (@Sendable () throws -> Value)?

    /// Begins the work.
    public init(context: ComputeContext, _ body: @escaping @Sendable () throws -> Value) {
        self.body = body
        guard context.threads.value > 1 else { return }
        DispatchQueue.global(qos: .userInitiated).async(group: group) { self.run() }
    }

    /// The result, or what the work threw; waits until there is one.
    public func value() throws -> Value {
        group.wait()
        run()
        guard let result else { throw Interrupted() }
        return try result.get()
    }

    private func run() {
        guard let body else { return }
        result = Result { try body() }
        self.body = nil
    }
}
