import RondoKernels
import RondoLanguage

/// Faults outside any cell: an unreadable file, a damaged report.
enum UsageFault {
    /// The fault as people read it; nil for errors of the argument parser.
    static func words(_ error: any Error) -> String? {
        switch error {
        case let fault as Fault: "error \(fault.code): \(fault.message)\n  try: \(fault.remedy)"
        case let fault as Diagnostic: "error \(fault.code): \(fault.message)\n  try: \(fault.remedy)"
        case let faults as Diagnostics: faults.all.map { "error \($0.code): \($0.message)\n  try: \($0.remedy)" }.joined(separator: "\n")
        case let missing as SystemLibraryMissing: "error: \(missing)"
        default: nil
        }
    }
}
