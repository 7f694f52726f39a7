import ArgumentParser
import RondoTerminal

/// `rondo`: the shell when nothing else is said.
struct RondoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rondo", abstract: "A notebook shell for the machine-learning lifecycle.",
        discussion: "Without a subcommand it starts the shell; cells may also come through a pipe. In the shell, help lists the verbs.",
        version: Version.line,
        subcommands: [ShellCommand.self, RunCommand.self, ReplayCommand.self, ReportCommand.self, PredictCommand.self, DemoCommand.self],
        defaultSubcommand: ShellCommand.self)
}

/// `rondo [shell]`.
struct ShellCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "shell", abstract: "Type cells, or send them through a pipe.")

    @Flag(name: .customLong("no-init"), help: "Do not run init.rondo of the configuration folder first.")
    var skipsInit = false
    @OptionGroup var look: LookOptions

    func run() throws {
        var shell = Shell(Surroundings(), output: CellOutput(.text, look.colour))
        let code = shell.surroundings.capabilities.canEdit ? shell.converse(readsInit: !skipsInit) : shell.readPipe()
        if code != 0 { throw ExitCode(code) }
    }
}
