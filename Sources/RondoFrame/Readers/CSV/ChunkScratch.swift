/// What reading a chunk needs beside its results, used for one chunk after the other.
final class ChunkScratch {
    var window = FieldWindow()
    /// By column; nil for columns that are no texts.
    var dictionaries: [ByteDictionary?]

    init(_ kinds: [FieldKind]) { dictionaries = kinds.map { $0 == .text ? ByteDictionary() : nil } }

    deinit {
        window.deallocate()
        for dictionary in dictionaries { dictionary?.deallocate() }
    }
}
