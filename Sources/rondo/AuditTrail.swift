import Glibc
import RondoKernels
import RondoSession

/// The journal of one shell: begun with its first cell, in `.rondo/journal`, or in the state folder where that cannot be written.
struct AuditTrail {
    let journal: Journal
    private var isBegun = false
    private var isBroken = false
    private let workingFolder: String

    init(_ surroundings: Surroundings) {
        workingFolder = surroundings.workingFolder
        let moment = CivilCalendar.text(microseconds: surroundings.world.now()).replacing(":", with: "-")
        let folder = AuditTrail.folder(surroundings)
        journal = Journal(path: "\(folder)/\(moment)-\(getpid()).jsonl", world: surroundings.world, author: surroundings.environment["USER"])
    }

    /// Writes the first line, once.
    mutating func begin() {
        guard !isBegun else { return }
        isBegun = true
        let folder = workingFolder
        keep { try $0.begin(baseFolder: folder) }
    }

    /// Writes a cell with its verdict.
    mutating func write(_ source: String, verdict: String) {
        begin()
        keep { try $0.cell(source, verdict: verdict) }
    }

    /// Says once that the journal cannot be kept; the shell goes on.
    private mutating func keep(_ body: (Journal) throws -> Void) {
        guard !isBroken else { return }
        do {
            try body(journal)
        } catch {
            isBroken = true
            StandardStream.error.write("warning: cells are not being kept, because \((error as? Fault)?.message ?? "\(error)")\n")
        }
    }

    private static func folder(_ surroundings: Surroundings) -> String {
        let own = ".rondo/journal"
        let nearest = [own, ".rondo", "."].first { surroundings.world.files.exists($0) } ?? "."
        if access(nearest, W_OK | X_OK) == 0 { return own }
        return surroundings.folder("XDG_STATE_HOME", home: ".local/state").map { $0 + "/journal" } ?? own
    }
}
