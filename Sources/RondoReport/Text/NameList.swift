/// Names in a sentence: a few, then how many others.
package enum NameList {
    /// `a, b, c and 47 others`; all of them where only one more than the limit would be left.
    package static func words(_ names: [String], limit: Int = 6) -> String {
        guard names.count > limit + 1 else { return names.joined(separator: ", ") }
        return names.prefix(limit).joined(separator: ", ") + " and \(NumberText.count(names.count - limit)) others"
    }
}
