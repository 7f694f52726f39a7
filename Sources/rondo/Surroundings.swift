import ArgumentParser
@preconcurrency import Glibc
import RondoKernels
import RondoSession
import RondoStore
import RondoTerminal
import RondoVerbs

/// `--color`.
enum ColourOption: String, CaseIterable, ExpressibleByArgument {
    case always, never, auto

    var choice: ColourChoice { ColourChoice(rawValue: rawValue) ?? .auto }
}

/// The process: its environment, its streams, and the world made of them.
struct Surroundings {
    let environment: [String: String]
    let capabilities: TerminalCapabilities
    /// Shows how far a cell is; only where standard error is a terminal.
    let progress: ProgressLine?
    let world: World

    init(_ colour: ColourOption) {
        environment = Surroundings.readEnvironment()
        capabilities = .detected()
        let files = DiskFiles.access
        let isShown = capabilities.isErrorTerminal && !capabilities.isDumb
        let world = World.disk(environment: environment, releases: WorkspaceStore(files: files).releases)
        let line = isShown
            ? ProgressLine(
                width: { TerminalSize.current().columns }, unicode: capabilities.showsUnicode, clock: world.elapsed,
                write: { StandardStream.error.write($0) }) : nil
        var shown = world
        if let line { shown.progress = { line.update($0.label, done: $0.done, total: $0.total) } }
        progress = line
        self.world = shown
    }

    /// A session whose relative paths start from the folder of a file.
    func session(besides file: String? = nil, in world: World? = nil) -> Session {
        Session(registry: StandardVerbs.registry, world: world ?? self.world, baseFolder: file.map(Surroundings.folder) ?? "")
    }

    /// The folder of a file as relative paths need it: empty for the working folder.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The folder the program was started in.
    var workingFolder: String {
        guard let folder = getcwd(nil, 0) else { return "." }
        defer { free(folder) }
        return String(cString: folder)
    }

    /// A folder of the XDG rules: the variable, else a folder in the home folder; nil without a home.
    func folder(_ variable: String, home: String) -> String? {
        if let folder = environment[variable], folder.hasPrefix("/") { return folder + "/rondo" }
        return environment["HOME"].flatMap { $0.hasPrefix("/") ? "\($0)/\(home)/rondo" : nil }
    }

    private static func readEnvironment() -> [String: String] {
        var result: [String: String] = [:]
        var entry = environ
        while let pointer = entry.pointee {
            let text = String(cString: pointer)
            if let equals = text.firstIndex(of: "="), result[String(text[..<equals])] == nil {
                result[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            entry += 1
        }
        return result
    }
}
