/// A line editor for tests: its events are given beforehand.
package final class ScriptedEditor: LineEditor {
    private var events: [EditorEvent]
    private var next = 0
    /// The prompts that were shown, in order.
    package private(set) var prompts: [EditorPrompt] = []

    /// An editor that hands on these cells, then the end of the input.
    package convenience init(_ cells: [String]) {
        self.init(events: cells.map(EditorEvent.cell))
    }

    /// An editor that hands on these events, then the end of the input.
    package init(events: [EditorEvent]) {
        self.events = events
    }

    package func readCell(prompt: EditorPrompt) -> EditorEvent {
        prompts.append(prompt)
        guard events.indices.contains(next) else { return .endOfInput }
        defer { next += 1 }
        return events[next]
    }
}
