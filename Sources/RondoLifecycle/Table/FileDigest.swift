package import RondoKernels

/// The SHA-256 digest of a file that was read, as hexadecimal text.
///
/// Another thread makes it while the session goes on; whoever asks first waits for it. A run that asks for no record never waits.
package struct FileDigest: Sendable, Hashable {
    private enum Source: Sendable {
        case known(String)
        case coming(BackgroundWork<String>)
    }
    private let source: Source

    package init(_ hex: String) { source = .known(hex) }

    /// Begins the work; with one thread it is done at once, so that nobody hashes other bytes than were read.
    package init(context: ComputeContext, _ work: @escaping @Sendable () throws -> String) throws {
        source = context.threads.value > 1 ? .coming(BackgroundWork(context: context, work)) : .known(try work())
    }

    /// Empty when the bytes could not be read any more.
    package var hex: String {
        switch source {
        case .known(let hex): hex
        case .coming(let work): (try? work.value()) ?? ""
        }
    }

    package static func == (left: FileDigest, right: FileDigest) -> Bool { left.hex == right.hex }
    package func hash(into hasher: inout Hasher) { hasher.combine(hex) }
}
