import Foundation
import Testing

/// Source files of the package.
enum PackageSources {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Swift and C files below a folder of the package, as paths from its root.
    static func files(_ folder: String) throws -> [String] {
        let start = root.appendingPathComponent(folder)
        let all = try #require(FileManager.default.enumerator(atPath: start.path))
        let names = all.compactMap { $0 as? String }.filter { name in [".swift", ".c", ".h"].contains { name.hasSuffix($0) } }
        return names.map { folder + "/" + $0 }.sorted()
    }

    static func text(_ file: String) throws -> String { try String(contentsOf: root.appendingPathComponent(file), encoding: .utf8) }
}

@Suite("Layers")
struct LayersTests {
    /// The rows of the design: a target imports only from lower ones. RondoStore's are named because it is an edge too.
    private static let layers: [String: Int] = [
        "CEditline": 0, "CSystemLibraries": 0, "RondoSignature": 0, "RondoKernels": 0,
        "RondoFrame": 1, "RondoLanguage": 1, "RondoReport": 1, "RondoExpressions": 2, "RondoLearning": 3, "RondoRecipes": 4,
        "RondoLifecycle": 5, "RondoDemo": 5, "RondoSession": 6,
        "RondoVerbs": 7, "RondoStore": 7, "RondoServing": 7, "RondoTerminal": 7, "rondo": 8, "RondoBenchmarks": 8,
    ]
    /// Leaves that one module wraps for all others.
    private static let wrapped = ["CEditline": ["RondoTerminal"], "GRDB": ["RondoStore"], "ArgumentParser": ["rondo"]]

    @Test("every target has its layer, and imports from lower ones only")
    func imports() throws {
        let pattern = #"^(@\w+ )?((package|public|internal|private|fileprivate) )?import "#
        for file in try PackageSources.files("Sources") where file.hasSuffix(".swift") {
            let target = String(file.split(separator: "/")[1])
            let own = try #require(Self.layers[target], "\(target) has no layer: give it one here and in the design")
            for line in try PackageSources.text(file).split(separator: "\n") {
                guard let range = line.range(of: pattern, options: .regularExpression) else { continue }
                let module = String(line[range.upperBound...].split(separator: " ").last?.split(separator: ".").first ?? "")
                if let users = Self.wrapped[module] { #expect(users.contains(target), "\(file) imports \(module)") }
                guard let other = Self.layers[module] else { continue }
                let isLeafOfLeaf = target == "RondoKernels" && module == "CSystemLibraries"
                #expect(other < own || isLeafOfLeaf, "\(file) imports \(module), which is not below \(target)")
            }
        }
    }

    @Test("nothing but the executable prints")
    func printing() throws {
        for file in try PackageSources.files("Sources") where file.hasSuffix(".swift") {
            let target = file.split(separator: "/")[1]
            if target == "rondo" || target == "RondoBenchmarks" { continue }
            for (index, line) in try PackageSources.text(file).split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                let code = line.prefix { $0 != "/" || !line.contains("//") }
                #expect(
                    code.range(of: #"(^|[^\w.])(debugPrint|print)\("#, options: .regularExpression) == nil, "\(file):\(index + 1) prints")
            }
        }
    }

    @Test("the visible top level holds the agreed names only")
    func topLevel() throws {
        let agreed: Set<String> = ["Package.swift", "README.md", "Sources", "Tests", "sessions", "tutorials"]
        let ignored: Set<String> = ["Package.resolved"]
        let names = try FileManager.default.contentsOfDirectory(atPath: PackageSources.root.path).filter { !$0.hasPrefix(".") }
        #expect(Set(names).subtracting(agreed).subtracting(ignored).isEmpty)
    }
}

@Suite("File sizes")
struct FileSizeTests {
    /// Files that may be longer than 400 lines, each with the reason.
    private static let reasons: [String: String] = [:]

    @Test("no file has more than 800 lines, and each above 400 has a reason")
    func sizes() throws {
        for file in try PackageSources.files("Sources") + PackageSources.files("Tests") {
            let lines = try PackageSources.text(file).utf8.count { $0 == 10 }
            #expect(lines <= 800, "\(file) has \(lines) lines")
            #expect(lines <= 400 || Self.reasons[file] != nil, "\(file) has \(lines) lines: make two files of it, or give a reason here")
        }
    }

    /// Command line and wiring: lines that are neither blank nor a comment.
    @Test("the command line stays under 400 lines of code")
    func wiring() throws {
        let lines = try PackageSources.files("Sources/rondo").flatMap { try PackageSources.text($0).split(separator: "\n") }
        let code = lines.map { $0.drop { $0 == " " } }.filter { !$0.isEmpty && !$0.hasPrefix("//") }
        #expect(code.count < 400)
    }
}
