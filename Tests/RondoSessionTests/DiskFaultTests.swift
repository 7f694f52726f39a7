import Foundation
import RondoKernels
import RondoSession
import Testing

/// Files of the disk that are no files: folders, pipes, full devices.
@Suite struct DiskFaultTests {
    private func code(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch { return (error as? Fault)?.code }
    }

    @Test func readingAndWriting() throws {
        var template = Array((NSTemporaryDirectory() + "/rondo-disk.XXXXXX").utf8CString)
        let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(mkfifo(folder + "/pipe", 0o600) == 0)
        #expect(code { _ = try DiskFiles.read(folder + "/pipe") } == "R0623")
        #expect(code { _ = try DiskFiles.read(folder) } == "R0621")
        #expect(code { _ = try DiskFiles.read(folder + "/nothing") } == "R0620")
        // A file that nobody may read, not even an administrator.
        let closed = "/proc/sys/vm/drop_caches"
        if FileManager.default.fileExists(atPath: closed) { #expect(code { _ = try DiskFiles.read(closed) } == "R0622") }
        #expect(code { try DiskFiles.write("/dev/full", [1, 2, 3]) } == "R0624")
        #expect(code { try DiskFiles.write(folder, [1]) } == "R0621")
        #expect(code { try DiskFiles.write(folder + "/x/y.csv", [1]) } == "R0624")
    }
}
