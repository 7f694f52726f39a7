package import RondoLifecycle

/// What happened outside the workspace and cannot be taken back: seals broken, looks taken, files and releases made.
///
/// Undo does not touch it. Its counters are never dependencies of a cell.
package struct EffectLog: Sendable {
    package struct Effect: Sendable, Hashable {
        package enum Kind: String, Sendable, Hashable { case sealOpened, fileWritten, released, other }
        package let kind: Kind
        /// The cell's source.
        package let source: String
        /// In words: `the test part of sales was opened`.
        package let words: String

        package init(kind: Kind, source: String, words: String) {
            self.kind = kind
            self.source = source
            self.words = words
        }
    }
    package private(set) var effects: [Effect] = []
    /// How often the test part was opened, by seal.
    private var openings: [Identity: Int] = [:]
    /// How often the validation part was looked at.
    private var looks: [Identity: Int] = [:]

    /// Every experiment ever made in this session, undone ones too.
    package private(set) var runs: [ModelRun] = []

    package init() {}

    package mutating func append(_ effect: Effect) { effects.append(effect) }
    package mutating func openSeal(of seal: Identity) { openings[seal, default: 0] += 1 }
    package mutating func lookAtValidation(of split: Identity) { looks[split, default: 0] += 1 }
    package mutating func append(_ made: [ModelRun]) { runs += made }
    package func openings(of seal: Identity) -> Int { openings[seal] ?? 0 }
    package func looks(of split: Identity) -> Int { looks[split] ?? 0 }
}
