import ArgumentParser
import RondoReport
import RondoSession
import RondoTerminal

/// `rondo run FILE`.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run a session file, stopping at the first cell that fails.",
        discussion: "Exit code 0: all cells ran; 1: a cell failed; 2: the file cannot be read or has faults, nothing ran; 130: interrupted."
    )

    @ArgumentParser.Argument(help: "The session, for example house_prices.rondo.", completion: .file(extensions: ["rondo"]))
    var file: String
    @Option(name: .customLong("set"), help: ArgumentHelp("Another value for a param of the session.", valueName: "name=value"))
    var values: [String] = []
    @Option(name: .customLong("report"), help: ArgumentHelp("Also draw the session as one page.", valueName: "out.html"))
    var report: String?
    @Option(help: "What standard output holds: text, jsonl, markdown.")
    var format = CellOutput.Format.text
    @OptionGroup var look: LookOptions

    func run() throws {
        let surroundings = Surroundings()
        let output = CellOutput(format, look.colour)
        let text = try surroundings.world.files.text(file)
        var session = surroundings.session(besides: file)
        session.givenParameters = try GivenParameters.read(values, for: text, grammar: session.registry.grammar)
        let outcome = surroundings.run(text, in: session) { report, session in output.show(report, numbers: session.numbers, echo: true) }
        var code = outcome.code
        if let report, code == 0 {
            var session = outcome.session
            let drawn = surroundings.draw(&session, to: report)
            if drawn.error != nil { output.show(drawn, numbers: session.numbers) }
            code = drawn.error == nil ? 0 : 1
        } else if report != nil, code == 1 {
            StandardStream.error.write("the report was not drawn, because a cell failed\n")
        }
        StandardStream.leave(code, holding: outcome.session)
    }
}
