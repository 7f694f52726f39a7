package import RondoFrame
package import RondoKernels
package import RondoLearning

/// Turns the columns after all steps into the features of a model: which columns, in which order, with which levels.
///
/// Learned once on training rows; new rows are mapped by level name, and a level that was not there is missing and remarked.
package struct FittedDesign: Sendable {
    package struct Feature: Sendable, Hashable {
        package enum Kind: Sendable, Hashable {
            /// Truth is 0 or 1, dates are days, times and durations seconds.
            case numbers(ColumnType)
            case categories(levels: [String])
        }
        package let name: String
        package let kind: Kind
    }
    package let features: [Feature]

    package var names: [String] { features.map(\.name) }
    /// Features that are dates and times, taken as points on a line of numbers.
    package var moments: [String] {
        features.filter { if case .numbers(let type) = $0.kind { type.isMoment } else { false } }.map(\.name)
    }

    /// Learns the levels of text and categories from these rows of a table (nil: all rows).
    package init(learningFrom frame: Frame, features names: [String], rows: [Int32]?, context: ComputeContext) throws {
        features = try names.map { name in
            try context.cancellation.check()
            let type = try frame.required(name).type
            guard type.isText else { return Feature(name: name, kind: .numbers(type)) }
            return Feature(name: name, kind: .categories(levels: try LevelCodes(try frame.learning(name, rows), name: name).occurring))
        }
    }

    /// The features of these rows of a table (nil: all rows), in the order learned.
    /// - Throws: R0350 for a column that is not there, R0351 for one of another type than in training.
    package func features(of frame: Frame, rows: [Int32]? = nil, remarks: inout StepRemarks, context: ComputeContext) throws -> Features {
        var result: [Features.Feature] = []
        let places = rows.flatMap { frame.rowPlaces($0) }
        for feature in features {
            try context.cancellation.check()
            let column = try frame.learning(feature.name, rows, places: places)
            result.append(Features.Feature(feature.name, try FittedDesign.values(column, of: feature, remarks: &remarks)))
        }
        return Features(result, rowCount: rows?.count ?? frame.rowCount)
    }

    private static func values(_ column: Column, of feature: Feature, remarks: inout StepRemarks) throws -> Features.Values {
        func mismatch(_ learned: String) -> Fault {
            typeFault(
                feature.name, column.type, needs: "in training it was \(learned)",
                remedy: "give \(feature.name) the type it had in training, for example with cast")
        }
        switch feature.kind {
        case .numbers(let type):
            if case .sparse(let sparse) = column.storage { return .sparse(sparse) }
            let fits = type == column.type || (!type.isMoment && (column.isCountable || column.type == .duration))
            if fits { return .numbers(column.numbers()) }
            // A column without a single value has no type of its own.
            guard column.missingCount == column.count else { throw mismatch(type.phrase) }
            return .numbers(Array(repeating: .nan, count: column.count))
        case .categories(let levels):
            guard column.type.isText else {
                guard column.missingCount == column.count else { throw mismatch("text") }
                return .categories(Array(repeating: -1, count: column.count), levels: levels)
            }
            let codes = try LevelCodes(column, name: feature.name)
            let places = codes.places(in: levels)
            remarks.note(.unseenLevel, column: feature.name, rows: codes.unlisted(places))
            return .categories(codes.codes.map { $0 < 0 ? -1 : places[Int($0)] }, levels: levels)
        }
    }

    package func archive() -> Archive {
        Archive([
            "features": .archives(
                features.map { feature in
                    var archive = Archive(["name": .words([feature.name])])
                    switch feature.kind {
                    case .numbers(let type): archive.set("type", type.rawValue)
                    case .categories(let levels): archive["levels"] = .words(levels)
                    }
                    return archive
                })
        ])
    }

    /// Reads a design back; throws R0581 when it is damaged.
    package init(archive: Archive) throws {
        features = try archive.archives("features").map { archive in
            let name = try archive.word("name")
            if archive["levels"] != nil { return Feature(name: name, kind: .categories(levels: try archive.words("levels"))) }
            guard let type = ColumnType(rawValue: try archive.word("type")) else { throw StepArchive.damaged("design") }
            return Feature(name: name, kind: .numbers(type))
        }
    }
}
