/// What the user said about colour on the command line.
package enum ColourChoice: String, CaseIterable, Sendable {
    /// Colour even into a file.
    case always
    /// No colour.
    case never
    /// As environment and terminal say.
    case auto

    /// Whether to colour one stream.
    ///
    /// The first that speaks decides: this choice; `FORCE_COLOR` (`0` and `false` say no) and `CLICOLOR_FORCE` (unless `0`); a `NO_COLOR`
    /// that is not empty (no-color.org); `CLICOLOR=0`; a dumb terminal; whether the stream is a terminal.
    package func usesColour(isTerminal: Bool, environment: (String) -> String?) -> Bool {
        switch self {
        case .always: return true
        case .never: return false
        case .auto: break
        }
        if let force = environment("FORCE_COLOR"), !force.isEmpty { return force != "0" && force != "false" }
        if let force = environment("CLICOLOR_FORCE"), !force.isEmpty, force != "0" { return true }
        if let no = environment("NO_COLOR"), !no.isEmpty { return false }
        if environment("CLICOLOR") == "0" { return false }
        if TerminalCapabilities.isDumb(environment: environment) { return false }
        return isTerminal
    }

    /// Whether to colour one stream of this process.
    package func usesColour(isTerminal: Bool) -> Bool {
        usesColour(isTerminal: isTerminal, environment: ProcessEnvironment.value)
    }
}
