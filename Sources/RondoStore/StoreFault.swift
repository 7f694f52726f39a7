import GRDB
import RondoKernels
import RondoSession

/// Faults of a workspace, worded once.
enum StoreFault {
    static func unknown(_ name: String, _ version: Int?, known: [ReleaseRecord], all: [String]) -> Fault {
        let versions = known.map { "\(name)@\($0.version)" }.joined(separator: ", ")
        let names = Set(all).sorted().joined(separator: ", ")
        let remedy =
            if !versions.isEmpty { "versions: \(versions)" } else if !names.isEmpty { "releases: \(names)" } else {
                "deploy MODEL as \(name) makes one"
            }
        return Fault("R0205", "there is no release \(name)\(version.map { "@\($0)" } ?? "")", remedy: remedy, subject: name)
    }

    static func lost(_ record: ReleaseRecord, path: String) -> Fault {
        Fault(
            "R0550", "the bundle of \(record.name)@\(record.version) is gone: \(path)",
            remedy: "bring the file back, or make the release again with deploy",
            subject: record.name)
    }

    static func damaged(_ record: ReleaseRecord, path: String) -> Fault {
        Fault(
            "R0551", "the bundle of \(record.name)@\(record.version) is damaged: \(path) does not have the digest it was released with",
            remedy: "remove that file and deploy the model again, or bring the file back from a copy", subject: record.name)
    }

    static func wrongDigest(_ record: ReleaseRecord) -> Fault {
        Fault(
            "R0551", "the digest of \(record.name) is not that of its bundle", remedy: "make the release again, with deploy",
            subject: record.name)
    }

    static func newer(_ path: String) -> Fault {
        Fault("R0552", "\(path) was written by a newer Rondo", remedy: "take that version of Rondo, or work in another folder")
    }

    static func database(_ path: String, _ error: DatabaseError) -> Fault {
        let remedy =
            switch error.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED: "another Rondo is writing here: repeat the cell when it has finished"
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: "the file is damaged: move it away; the bundles in models stay"
            case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: "work in a folder that you may write to"
            case .SQLITE_FULL: "make room on the disk, then repeat the cell"
            default: "repeat the cell; if it stays, move the file away"
            }
        return Fault("R0554", "\(path) cannot be used: \(error.message ?? error.resultCode.description)", remedy: remedy)
    }
}
