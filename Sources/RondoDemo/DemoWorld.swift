package import RondoFrame
package import RondoKernels

/// Demo tables that belong together: their keys fit one another.
package struct DemoWorld: Sendable {
    /// The word by which it is written to a folder, `town`.
    package let name: String
    /// One sentence on what it is about.
    package let summary: String
    /// Its tables.
    package let tables: [any DemoTable.Type]

    /// Every table at its own size, each with the name of the file it belongs in.
    package func files(seed: UInt64 = 1, context: ComputeContext = .quiet) throws -> [(fileName: String, frame: Frame)] {
        try tables.map { ("\($0.name).csv", try $0.make(rows: nil, seed: seed, context: context)) }
    }
}

/// The demo worlds.
package enum DemoWorlds {
    /// All worlds.
    package static let all: [DemoWorld] = [.town]

    /// The world of this name.
    package static func named(_ name: String) -> DemoWorld? { all.first { $0.name == name } }
}

/// Demo worlds as files.
package enum DemoFiles {
    /// Name and bytes of a CSV file for each table of a world.
    package static func csv(
        _ world: DemoWorld, seed: UInt64 = 1, context: ComputeContext = .quiet
    ) throws -> [(fileName: String, bytes: [UInt8])] {
        try world.files(seed: seed, context: context).map { ($0.fileName, try CSVWriter.bytes($0.frame, context: context)) }
    }
}
