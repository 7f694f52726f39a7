/// A piece of the workspace that cells read and write; stale marks follow from them.
package enum Dependency: Sendable, Hashable, Comparable {
    case table(String)
    case currentTable
    case model(String)
    case chosenModel
    case goal
    case parameter(String)
    case settings
    case notes
    case release(String)
    /// The experiments that a cell made.
    case runs(Int)

    private var order: String {
        switch self {
        case .table(let name): "a\(name)"
        case .currentTable: "b"
        case .model(let name): "c\(name)"
        case .chosenModel: "d"
        case .goal: "e"
        case .parameter(let name): "f\(name)"
        case .settings: "g"
        case .notes: "h"
        case .release(let name): "i\(name)"
        case .runs(let cell): "j\(cell)"
        }
    }
    package static func < (left: Self, right: Self) -> Bool { left.order < right.order }

    /// The piece in words.
    package var words: String {
        switch self {
        case .table(let name): "table \(name)"
        case .currentTable: "the current table"
        case .model(let name): "model \(name)"
        case .chosenModel: "the chosen model"
        case .goal: "the goal"
        case .parameter(let name): "$\(name)"
        case .settings: "settings"
        case .notes: "notes"
        case .release(let name): "release \(name)"
        case .runs(let cell): "the runs of cell \(cell)"
        }
    }
}
