import ArgumentParser
import Glibc
import RondoKernels
import RondoSession
import RondoTerminal

/// Where the program begins: the version at once, everything else through the argument parser.
@main struct Main {
    static func main() {
        if CommandLine.arguments.count == 2, CommandLine.arguments[1] == "--version" {
            StandardStream.output.write(Version.line + "\n")
            return
        }
        do {
            var command = try RondoCommand.parseAsRoot()
            try command.run()
        } catch {
            leave(error)
        }
    }

    /// Ends with the exit codes of Rondo: 2 for wrong use, where the argument parser has 64.
    private static func leave(_ error: any Error) -> Never {
        if let words = UsageFault.words(error) {
            StandardStream.error.write(words)
            exit(error is Interrupted ? 130 : 2)
        }
        if RondoCommand.exitCode(for: error) == .validationFailure {
            StandardStream.error.write(RondoCommand.fullMessage(for: error) + "\n")
            exit(2)
        }
        RondoCommand.exit(withError: error)
    }
}

/// The program's name, version and the libraries of the system that it uses.
enum Version {
    static let number = "0.1.0"
    static let line =
        "rondo \(number) (sessions 1; uses libedit, libsqlite3, and on first need libopenblas, libcrypto, libpcre2-8, libcmark-gfm, libz, libzstd,"
        + " libxml2, libpq, libcurl)"
}
