import RondoKernels

/// Names of files with `*` for any letters and `?` for one.
enum FilePattern {
    /// Whether a text is a pattern rather than a name.
    static func isPattern(_ text: String) -> Bool { text.contains { $0 == "*" || $0 == "?" } }

    /// The files that a pattern stands for, sorted by name; hidden files and folders never.
    /// - Throws: R0658 when there is none, or when the folder is a pattern.
    static func files(_ pattern: String, list: (String) -> [String]) throws -> [String] {
        let (folder, name) = DiskFiles.split(pattern)
        guard !isPattern(folder) else {
            throw Fault("R0658", "\(pattern) has signs in its folder", remedy: "write * in the name of the file only", subject: pattern)
        }
        let wanted = Array(name.unicodeScalars)
        let found = list(folder).filter { file in
            !file.hasSuffix("/") && !file.hasPrefix(".") && matches(Array(file.unicodeScalars), wanted)
        }
        guard !found.isEmpty else {
            let known = list(folder).filter { !$0.hasSuffix("/") && !$0.hasPrefix(".") }.prefix(5).joined(separator: ", ")
            throw Fault(
                "R0658", "no file is called \(pattern)",
                remedy: known.isEmpty ? "look at the folder: it has no files" : "look at the name; files there: \(known)", subject: pattern)
        }
        return found.sorted().map { folder.isEmpty ? $0 : (folder.hasSuffix("/") ? folder + $0 : folder + "/" + $0) }
    }

    /// Greedy with one step back to the last `*`: linear in practice, quadratic at worst.
    static func matches(_ text: [UnicodeScalar], _ pattern: [UnicodeScalar]) -> Bool {
        var (place, wanted) = (0, 0)
        var star: (pattern: Int, text: Int)?
        while place < text.count {
            if wanted < pattern.count, pattern[wanted] == "*" {
                star = (wanted, place)
                wanted += 1
            } else if wanted < pattern.count, pattern[wanted] == "?" || pattern[wanted] == text[place] {
                place += 1
                wanted += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                (wanted, place) = (last.pattern + 1, last.text + 1)
            } else {
                return false
            }
        }
        return pattern[wanted...].allSatisfy { $0 == "*" }
    }
}
