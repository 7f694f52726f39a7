import RondoKernels

/// The journal of one shell: begun with its first cell, in `.rondo/journal`, or in the state folder where that cannot be written.
package struct AuditTrail: Sendable {
    package let journal: Journal
    private let workingFolder: String
    private var isBegun = false
    private var isBroken = false

    /// - Parameter process: tells one shell from another that began at the same moment.
    package init(_ world: World, workingFolder: String, process: Int32) {
        self.workingFolder = workingFolder
        let moment = CivilCalendar.text(microseconds: world.now()).replacing(":", with: "-")
        let own = ".rondo/journal"
        let canWrite = DiskFiles.mayWrite([own, ".rondo", "."].first(where: world.files.exists) ?? ".")
        let folder = canWrite ? own : world.folder(.state).map { $0 + "/journal" } ?? own
        journal = Journal(path: "\(folder)/\(moment)-\(process).jsonl", world: world, author: world.environment["USER"])
    }

    /// Writes the first line, once; returns what to say when the journal cannot be kept.
    package mutating func begin() -> String? {
        guard !isBegun else { return nil }
        isBegun = true
        return keep { [workingFolder] in try $0.begin(baseFolder: workingFolder) }
    }

    /// Writes a cell with its verdict; returns what to say when the journal cannot be kept.
    package mutating func write(_ source: String, verdict: String) -> String? {
        if let trouble = begin() { return trouble }
        return keep { try $0.cell(source, verdict: verdict) }
    }

    /// Trouble is said once; the shell goes on.
    private mutating func keep(_ body: (Journal) throws -> Void) -> String? {
        guard !isBroken else { return nil }
        do {
            try body(journal)
            return nil
        } catch {
            isBroken = true
            return "cells are not being kept, because \((error as? Fault)?.message ?? "\(error)")"
        }
    }
}
