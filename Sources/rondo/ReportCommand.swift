import ArgumentParser
import RondoKernels
import RondoLanguage
import RondoReport
import RondoSession
import RondoTerminal

/// `rondo report FILE.rondo [OUT.html]`.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Run a session in a scratch workspace and draw it as one page.",
        discussion: "Files and releases that the session makes are not kept; the page is. Without OUT it lies beside the session.")

    @ArgumentParser.Argument(help: "The session.", completion: .file(extensions: ["rondo"]))
    var file: String
    @ArgumentParser.Argument(help: ArgumentHelp("The page: .html, .md or .ipynb.", valueName: "out"))
    var page: String?
    @OptionGroup var look: LookOptions

    func run() throws {
        let surroundings = Surroundings()
        let output = CellOutput(.text, look.colour)
        let start = surroundings.session(besides: file, inScratch: true)
        let outcome = surroundings.run(try surroundings.world.files.text(file), in: start) { report, session in
            if report.error != nil { output.show(report, numbers: session.numbers, echo: true) }
        }
        if outcome.code != 0 { throw ExitCode(outcome.code) }
        var session = outcome.session
        let stem = file.hasSuffix(".rondo") ? String(file.dropLast(6)) : file
        let drawn = surroundings.draw(&session, to: page ?? stem + ".html")
        output.show(drawn, numbers: session.numbers)
        if drawn.error != nil { throw ExitCode(1) }
    }
}

/// `rondo predict RELEASE FILE [OUT.csv]`.
struct PredictCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict", abstract: "Answer for every row of a file with a release of this folder.",
        discussion: "Writes the rows with prediction, lower, upper, confidence, warning, release; without OUT it shows them.")

    @ArgumentParser.Argument(help: "The release, for example house_price or house_price@3.")
    var release: String
    @ArgumentParser.Argument(help: "The rows.", completion: .file())
    var file: String
    @ArgumentParser.Argument(help: ArgumentHelp("Where the answers go.", valueName: "out.csv"))
    var answers: String?
    @OptionGroup var look: LookOptions

    func run() throws {
        let surroundings = Surroundings()
        var session = surroundings.session()
        let target = answers.map { " to " + TextLiteral.written($0) } ?? ""
        let cell = "predict \(releaseName) from \(TextLiteral.written(file))\(target)"
        let report = surroundings.world.cancellation.whileInterruptible { surroundings.enter(cell, in: &session) }
        surroundings.progress?.finish()
        CellOutput(.text, look.colour).show(report, numbers: session.numbers)
        if surroundings.world.cancellation.isCancelled { throw ExitCode(130) }
        if report.error != nil { throw ExitCode(1) }
    }

    /// The name as cells write it, a version behind it.
    private var releaseName: String {
        let name = release.prefix { $0 != "@" }
        return NameText.written(String(name)) + release.dropFirst(name.count)
    }
}
