extension Sequence where Element: Hashable {
    /// The elements in order, each once, at its first place.
    package var withoutRepeats: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
