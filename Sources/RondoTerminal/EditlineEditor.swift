import CEditline
import Glibc
import RondoKernels

/// Editing of whole cells at a terminal, with libedit.
///
/// Enter hands a complete cell on, and starts an indented line of one that is not; on a blank line it always ends the cell. Alt-Enter
/// starts another line. A paste may hold several cells, which come one after another. Up and Down move in the cell, then through earlier
/// cells that begin with what was typed. A combined emoji or accent may be drawn at the wrong width; the text itself is right.
///
/// The user's `.editrc` is read; besides libedit's functions it may bind `rondo-up`, `rondo-down`, `rondo-new-line`, `rondo-complete`,
/// `rondo-line-start`, `rondo-line-end`, `rondo-search-back` and `rondo-search-on`:
///
///     rondo:bind -v
///     rondo:bind ^X rondo-new-line
///     rondo:bind "\e[5~" ed-move-to-beg
///
/// Standard input and output must both be terminals. `readCell` blocks its thread and is called from one thread at a time. Ctrl-C,
/// Ctrl-Z and a new window size are noticed whichever thread that is.
package final class EditlineEditor: LineEditor {
    private let behaviour: EditorBehaviour
    private let historyFile: HistoryFile?
    private var library: OpaquePointer?
    private var walk: HistoryWalk
    private var pending: [String] = []
    private var listing: [CompletionList.Candidate] = []

    /// An editor; nil where the streams are no terminals or libedit cannot be started. Without a history file nothing is kept.
    package init?(program: String = "rondo", behaviour: EditorBehaviour, historyFile: HistoryFile? = nil) {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { return nil }
        _ = rondo_locale_prepare()
        self.behaviour = behaviour
        self.historyFile = historyFile
        walk = HistoryWalk(entries: historyFile?.load() ?? [])
        let context = Unmanaged.passUnretained(self).toOpaque()
        library = rondo_editline_open(program, { EditlineEditor.keyWasPressed($0, $1) }, context)
        guard library != nil else { return nil }
        for entry in walk.entries { rondo_editline_remember(library, entry) }
    }

    deinit {
        rondo_editline_close(library)
    }

    package func readCell(prompt: EditorPrompt) -> EditorEvent {
        if !pending.isEmpty {
            let cell = pending.removeFirst()
            show(cell, after: prompt)
            return .cell(cell)
        }
        setPrompts(prompt)
        while true {
            walk.reset()
            let outcome = rondo_editline_read(library)
            if outcome == Int32(RONDO_OUTCOME_INTERRUPTED.rawValue) { return .interrupted }
            if outcome != Int32(RONDO_OUTCOME_TEXT.rawValue) { return .endOfInput }
            let lines = currentText().text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            var cells = CellAssembler.cells(of: lines.joined(separator: "\n"))
            guard !cells.isEmpty else { continue }
            remember(cells)
            let first = cells.removeFirst()
            pending = cells
            if lines.count > 1 { showAgain(first, after: prompt) }
            return .cell(first)
        }
    }

    @discardableResult
    package func dropPendingCells() -> Int {
        defer { pending = [] }
        return pending.count
    }

    private func remember(_ cells: [String]) {
        let new = cells.map { SecretText.masked($0) ?? $0 }.filter { walk.remember($0) }
        for cell in new { rondo_editline_remember(library, cell) }
        historyFile?.append(new)
    }

    /// Shows the first cell of an accepted block as it stands in a transcript, in place of the block, so that its answer follows it
    /// and both can be copied and pasted again. A block taller than the screen stays.
    private func showAgain(_ cell: String, after prompt: EditorPrompt) {
        if rondo_editline_erase_block(library) == 1 || !pending.isEmpty { show(cell, after: prompt) }
    }

    private func show(_ cell: String, after prompt: EditorPrompt) {
        let text = prompt.transcript(of: cell)
        rondo_output_write(text, text.utf8.count)
    }

    private func setPrompts(_ prompt: EditorPrompt) {
        let left = prompt.markedLeft.unicodeScalars.map(\.value)
        let right = prompt.markedRight.unicodeScalars.map(\.value)
        rondo_editline_set_prompts(library, left, left.count, right, right.count)
    }

    // MARK: Keys

    private static func keyWasPressed(_ context: UnsafeMutableRawPointer?, _ key: Int32) -> Int32 {
        guard let context else { return Answer.nothing.code }
        let editor = Unmanaged<EditlineEditor>.fromOpaque(context).takeUnretainedValue()
        return editor.answer(rondo_key(rawValue: UInt32(key))).code
    }

    private func answer(_ key: rondo_key) -> Answer {
        let content = currentText()
        switch key {
        case RONDO_KEY_ENTER: return enter(content)
        case RONDO_KEY_NEW_LINE: return insert("\n" + content.indentation)
        case RONDO_KEY_COMPLETE: return complete(content)
        case RONDO_KEY_LIST: return list()
        case RONDO_KEY_UP: return up(content)
        case RONDO_KEY_DOWN: return down(content)
        case RONDO_KEY_PASTE: return paste(content)
        case RONDO_KEY_LINE_START: return move(to: content.lineStart)
        case RONDO_KEY_LINE_END: return move(to: content.lineEnd)
        default: return .beep
        }
    }

    private func enter(_ content: EditedText) -> Answer {
        guard let cell = CellAssembler.cells(of: content.text).last, !cell.hasPrefix("#"), !content.lastLineIsBlank else { return .accept }
        return behaviour.needsMoreInput(cell) ? insert("\n" + content.indentation) : .accept
    }

    private func complete(_ content: EditedText) -> Answer {
        let list = behaviour.complete(content.text, content.cursor)
        let range = list.replacement.clamped(to: 0..<content.scalars.count)
        guard !list.candidates.isEmpty else { return .beep }
        let typed = String(String.UnicodeScalarView(content.scalars[range]))
        let prefix = list.commonPrefix
        if prefix != typed, list.candidates.count == 1 || prefix.hasPrefix(typed) {
            replace(range, by: prefix)
            return .refresh
        }
        if list.candidates.count == 1 { return .nothing }
        listing = list.candidates
        return .list
    }

    private func list() -> Answer {
        guard !listing.isEmpty else { return .beep }
        let size = TerminalSize.current()
        let lines = CompletionDisplay.lines(listing, width: size.columns, rows: size.rows - 3)
        listing = []
        let text = lines.map { $0 + "\r\n" }.joined()
        rondo_editline_write_below(library, text, text.utf8.count)
        return .nothing
    }

    private func up(_ content: EditedText) -> Answer {
        if let position = content.positionAbove { return move(to: position) }
        guard let entry = walk.earlier(text: content.text, beforeCursor: content.textBeforeCursor) else { return .beep }
        return replaceAll(content, by: entry)
    }

    private func down(_ content: EditedText) -> Answer {
        if let position = content.positionBelow { return move(to: position) }
        guard let entry = walk.later(text: content.text) else { return .beep }
        return replaceAll(content, by: entry)
    }

    private func paste(_ content: EditedText) -> Answer {
        var count = 0
        guard let block = rondo_editline_read_paste(library, &count) else { return .nothing }
        defer { free(block) }
        let pasted = EditedText.string(UnsafeBufferPointer(start: block, count: count))
        let isPartOfLine = !content.scalars.isEmpty && !pasted.contains(where: \.isNewline)
        return insert(isPartOfLine ? PastedText.withoutControls(pasted) : behaviour.cleanPaste(pasted))
    }

    // MARK: The text in the editor

    private func currentText() -> EditedText {
        var count = 0
        var cursor = 0
        let start = rondo_editline_text(library, &count, &cursor)
        return EditedText(UnsafeBufferPointer(start: start, count: count), cursor: cursor)
    }

    private func insert(_ text: String) -> Answer {
        let cursor = currentText().cursor
        replace(cursor..<cursor, by: text)
        return .refresh
    }

    private func replaceAll(_ content: EditedText, by text: String) -> Answer {
        replace(0..<content.scalars.count, by: text)
        return .refresh
    }

    private func replace(_ range: Range<Int>, by text: String) {
        let scalars = text.unicodeScalars.map(\.value)
        rondo_editline_replace(library, range.lowerBound, range.upperBound, scalars, scalars.count)
    }

    private func move(to position: Int) -> Answer {
        rondo_editline_move(library, position)
        return .refresh
    }

    private enum Answer {
        case nothing, refresh, beep, accept, list

        var code: Int32 {
            let answer =
                switch self {
                case .nothing: RONDO_ANSWER_NOTHING
                case .refresh: RONDO_ANSWER_REFRESH
                case .beep: RONDO_ANSWER_BEEP
                case .accept: RONDO_ANSWER_ACCEPT
                case .list: RONDO_ANSWER_LIST
                }
            return Int32(answer.rawValue)
        }
    }
}
