import RondoKernels
import RondoLanguage

/// Faults outside any cell, as the command line says them: an unreadable file, a damaged report.
package enum UsageFault {
    /// The fault as people read it; nil for errors of other kinds.
    package static func words(_ error: any Error) -> String? {
        switch error {
        case let fault as Fault: words(fault.code, fault.message, fault.remedy)
        case let fault as Diagnostic: words(fault.code, fault.message, fault.remedy)
        case let faults as Diagnostics: faults.all.map { words($0.code, $0.message, $0.remedy) }.joined()
        case let missing as SystemLibraryMissing: "error: \(missing)\n"
        case is Interrupted: "interrupted\n"
        default: nil
        }
    }

    private static func words(_ code: String, _ message: String, _ remedy: String) -> String {
        "error \(code): \(message)\n  try: \(remedy)\n"
    }
}
