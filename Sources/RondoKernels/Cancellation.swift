import CSystemLibraries

/// Thrown by work that was asked to stop.
public struct Interrupted: Error, Hashable, Sendable, CustomStringConvertible {
    /// The one value of this error.
    public init() {}

    /// What happened, for people.
    public var description: String { "interrupted" }
}

/// A flag that asks long work to stop; it can be raised from any thread and from a signal handler.
public final class CancellationToken: Sendable {
    // The C flag is atomic and lives exactly as long as this object.
    private nonisolated(unsafe) let flag: OpaquePointer?

    /// A token that nobody has cancelled yet.
    public init() { flag = rondo_flag_new() }

    deinit { rondo_flag_free(flag) }

    /// Whether somebody asked to stop.
    public var isCancelled: Bool { rondo_flag_is_raised(flag) != 0 }

    /// Asks everybody who holds this token to stop.
    public func cancel() { rondo_flag_raise(flag) }

    /// Takes the request back, so that the next piece of work can use the same token.
    public func reset() { rondo_flag_lower(flag) }

    /// Throws `Interrupted` once the token is cancelled.
    public func check() throws {
        if isCancelled { throw Interrupted() }
    }

    /// Runs `body` while an interrupt signal (Ctrl-C) cancels this token instead of ending the program.
    ///
    /// One such region can be open in a process at a time; an inner one leaves the outer one in charge.
    public func whileInterruptible<Result>(_ body: () throws -> Result) rethrows -> Result {
        let begun = rondo_interrupt_begin(flag) == 0
        defer { if begun { rondo_interrupt_end() } }
        return try body()
    }
}
