/// Paths of folders, worked out on their words alone.
package enum FolderPath {
    /// The way from one folder to another: `../sessions`; empty when they are the same.
    ///
    /// - Parameter working: what relative ones start from.
    package static func way(from start: String, to end: String, working: String) -> String {
        let (from, to) = (parts(start, working), parts(end, working))
        let shared = zip(from, to).prefix { $0 == $1 }.count
        return ([String](repeating: "..", count: from.count - shared) + to[shared...]).joined(separator: "/")
    }

    /// The folder of a file; empty for the working folder.
    package static func containing(_ path: String) -> String { DiskFiles.split(path).folder }

    /// A folder as seen from another one, `..` taken back where it can be; empty for the working folder.
    package static func folder(_ start: String, _ way: String) -> String {
        let whole = joined(start, way)
        return (whole.hasPrefix("/") ? "/" : "") + parts(whole, "").joined(separator: "/")
    }

    /// A relative path as seen from a folder.
    package static func joined(_ folder: String, _ path: String) -> String {
        if folder.isEmpty || path.hasPrefix("/") { return path }
        return path.isEmpty ? folder : folder + "/" + path
    }

    private static func parts(_ path: String, _ working: String) -> [String] {
        var parts: [String] = []
        for part in joined(working, path).split(separator: "/") where part != "." {
            if part == "..", parts.last.map({ $0 != ".." }) == true { parts.removeLast() } else { parts.append(String(part)) }
        }
        return parts
    }
}
