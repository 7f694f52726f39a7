import ArgumentParser
import RondoDemo
import RondoKernels
import RondoSession
import RondoTerminal

/// `rondo demo NAME FOLDER`.
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Write the tables of a demo world as CSV files.",
        discussion: "Worlds: " + DemoWorlds.all.map { "\($0.name) (\($0.summary))" }.joined(separator: "; ") + ".")

    @Argument(help: "The world.")
    var name: String
    @Argument(help: "The folder, made when it is not there.", completion: .directory)
    var folder: String

    func run() throws {
        guard let world = DemoWorlds.named(name) else {
            throw ValidationError("there is no demo world \(name); there are: \(DemoWorlds.all.map(\.name).joined(separator: ", "))")
        }
        let surroundings = Surroundings()
        let files = try surroundings.world.cancellation.whileInterruptible { try DemoFiles.csv(world, context: surroundings.world.compute) }
        surroundings.progress?.finish()
        DiskFiles.makeFolders(of: folder + "/")
        for file in files {
            try surroundings.world.files.write("\(folder)/\(file.fileName)", file.bytes)
            StandardStream.output.write("\(folder)/\(file.fileName): \(file.bytes.count) bytes\n")
        }
    }
}
