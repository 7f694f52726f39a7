import Glibc
import RondoKernels
import RondoLanguage

/// Files of the disk: mapped for reading, written whole to a temporary name and renamed.
package enum DiskFiles {
    package static let access = FileAccess(read: read, write: write, append: append, exists: exists, list: list)

    /// Maps a file; what cannot be mapped (an empty file, a pipe) is read.
    /// - Throws: `Fault` R0620 absent, R0621 a folder, R0622 not permitted, R0623 not readable.
    @Sendable package static func read(_ path: String) throws -> FileContent {
        let descriptor = try opened(path)
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw DiskFault.reading(path, errno) }
        if status.st_mode & S_IFMT == S_IFDIR { throw DiskFault.folder(path) }
        let size = Int(status.st_size)
        guard status.st_mode & S_IFMT == S_IFREG, size > 0 else { return FileContent(name: path, copying: try bytes(of: descriptor, path)) }
        guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
            return FileContent(name: path, copying: try bytes(of: descriptor, path))
        }
        nonisolated(unsafe) let mapped = start
        return FileContent(name: path, bytes: UnsafeRawBufferPointer(start: mapped, count: size)) { munmap(mapped, size) }
    }

    /// Writes beside the file, syncs and renames, so that a crash leaves the old file or the new one; its permissions stay.
    ///
    /// A symbolic link stays a link; devices and pipes are written as they are.
    /// - Throws: `Fault` R0621 a folder, R0624 not writable.
    @Sendable package static func write(_ path: String, _ bytes: [UInt8]) throws {
        let target =
            realpath(path, nil).map { resolved in
                defer { free(resolved) }
                return String(cString: resolved)
            } ?? path
        var status = stat()
        let isThere = stat(target, &status) == 0
        if isThere, status.st_mode & S_IFMT == S_IFDIR { throw DiskFault.folder(path) }
        guard !isThere || status.st_mode & S_IFMT == S_IFREG else {
            let descriptor = open(target, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw DiskFault.writing(path, errno) }
            defer { close(descriptor) }
            guard writeAll(bytes, to: descriptor) else { throw DiskFault.writing(path, errno) }
            return
        }
        let (folder, name) = split(target)
        let temporary = (folder.isEmpty ? "" : folder + "/") + ".\(name).\(getpid()).part"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o666)
        guard descriptor >= 0 else { throw DiskFault.writing(path, errno) }
        if isThere { fchmod(descriptor, status.st_mode & 0o7777) }
        let isComplete = writeAll(bytes, to: descriptor) && fsync(descriptor) == 0
        let reason = errno
        close(descriptor)
        guard isComplete, rename(temporary, target) == 0 else {
            let cause = isComplete ? errno : reason
            unlink(temporary)
            throw DiskFault.writing(path, cause)
        }
        sync(folder: folder)
    }

    /// Appends a line and syncs it; a line that a crash cut off is ended first.
    @Sendable package static func append(_ path: String, _ line: String) throws {
        makeFolders(of: path)
        let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DiskFault.writing(path, errno) }
        defer { close(descriptor) }
        var bytes = Array(line.utf8)
        bytes.append(10)
        let size = lseek(descriptor, 0, SEEK_END)
        var last: UInt8 = 10
        if size > 0, pread(descriptor, &last, 1, size - 1) == 1, last != 10 { bytes.insert(10, at: 0) }
        guard writeAll(bytes, to: descriptor), fdatasync(descriptor) == 0 else { throw DiskFault.writing(path, errno) }
    }

    @Sendable package static func exists(_ path: String) -> Bool { Glibc.access(path, F_OK) == 0 }

    /// Names in a folder, sorted, folders with a slash at the end; none when it cannot be read.
    @Sendable package static func list(_ folder: String) -> [String] {
        guard let stream = opendir(folder.isEmpty ? "." : folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            var status = stat()
            let isFolder = fstatat(dirfd(stream), name, &status, 0) == 0 && status.st_mode & S_IFMT == S_IFDIR
            names.append(isFolder ? name + "/" : name)
        }
        return names.sorted()
    }

    /// Whether files can be made in a folder.
    package static func mayWrite(_ folder: String) -> Bool { Glibc.access(folder, W_OK | X_OK) == 0 }

    /// Makes the folders that lead to a file, for this user only.
    package static func makeFolders(of path: String) {
        var folder = ""
        for (index, part) in path.split(separator: "/", omittingEmptySubsequences: false).dropLast().enumerated() {
            folder += index == 0 ? String(part) : "/" + part
            if !folder.isEmpty { mkdir(folder, 0o700) }
        }
    }

    /// The folder and the name that a path consists of; the folder is empty for the working folder.
    package static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return ("", path) }
        let folder = slash == path.startIndex ? "/" : String(path[..<slash])
        return (folder, String(path[path.index(after: slash)...]))
    }

    private static func opened(_ path: String) throws -> Int32 {
        // A pipe that nobody writes to must not hold the session.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor < 0 else {
            var status = stat()
            let isPipe = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
            if isPipe, !path.hasPrefix("/dev/"), !path.hasPrefix("/proc/") {
                close(descriptor)
                throw DiskFault.pipe(path)
            }
            _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
            return descriptor
        }
        let cause = errno
        if cause == ENOENT || cause == ENOTDIR { throw DiskFault.absent(path, beside: list(split(path).folder)) }
        throw DiskFault.reading(path, cause)
    }

    /// Most bytes that a pipe or device may give.
    private static let streamLimit = 1 << 32

    private static func bytes(of descriptor: Int32, _ path: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw DiskFault.reading(path, errno) }
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: buffer[..<count])
            guard bytes.count <= streamLimit else { throw DiskFault.endless(path, limit: streamLimit) }
        }
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var start = 0
        while start < bytes.count {
            let count = bytes.withUnsafeBytes { all in
                let rest = UnsafeRawBufferPointer(rebasing: all[start...])
                return Glibc.write(descriptor, rest.baseAddress, rest.count)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            start += count
        }
        return true
    }

    /// Makes a rename last; not every file system allows it, and then nothing is lost but that.
    private static func sync(folder: String) {
        let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}

/// Faults of files on the disk, worded once.
enum DiskFault {
    static func absent(_ path: String, beside names: [String]) -> Fault {
        let (folder, name) = DiskFiles.split(path)
        let all = names.filter { !$0.hasSuffix("/") && !$0.hasPrefix(".") }
        let ending = name.split(separator: ".").dropFirst().last.map { "." + $0 }
        let alike = all.filter { file in ending.map { file.hasSuffix($0) } ?? true }
        let files = alike.isEmpty ? (all.count > 20 ? [] : all) : alike
        let place = folder.isEmpty ? "here" : "in \(folder)"
        let remedy: String
        if let nearest = NearestWord.suggestion(for: name, among: files) {
            remedy = "did you mean \"\(nearest)\"?"
        } else if files.isEmpty {
            remedy = "look at the name and the folder; there are no such files \(place)"
        } else {
            let shown = files.prefix(8).joined(separator: ", ") + (files.count > 8 ? " and \(files.count - 8) more" : "")
            remedy = "look at the name; files \(place): \(shown)"
        }
        return Fault("R0620", "there is no file \(path)", remedy: remedy, subject: name)
    }

    static func pipe(_ path: String) -> Fault {
        Fault(
            "R0623", "\(path) cannot be read: it is a pipe, not a file",
            remedy: "write it into a file first, or load \"-\" for standard input",
            subject: DiskFiles.split(path).name)
    }

    static func folder(_ path: String) -> Fault {
        Fault("R0621", "\(path) is a folder, not a file", remedy: "name a file in it", subject: DiskFiles.split(path).name)
    }

    static func reading(_ path: String, _ cause: Int32) -> Fault {
        let subject = DiskFiles.split(path).name
        if cause == EACCES || cause == EPERM {
            return Fault(
                "R0622", "\(path) may not be read", remedy: "ask for permission to read it, or copy it to a folder of yours",
                subject: subject)
        }
        return Fault("R0623", "\(path) cannot be read: \(words(cause))", remedy: "look at the disk and the name", subject: subject)
    }

    static func endless(_ path: String, limit: Int) -> Fault {
        Fault(
            "R0625", "\(path) gave more than \(limit >> 30) GiB and did not end", remedy: "write it into a file first, then load the file",
            subject: DiskFiles.split(path).name)
    }

    static func writing(_ path: String, _ cause: Int32) -> Fault {
        let remedy =
            switch cause {
            case ENOENT, ENOTDIR: "make the folder first, or write to another one"
            case ENOSPC, EDQUOT: "make room on the disk, then repeat the cell"
            default: "write to a folder of yours"
            }
        return Fault("R0624", "\(path) cannot be written: \(words(cause))", remedy: remedy, subject: DiskFiles.split(path).name)
    }

    private static func words(_ cause: Int32) -> String { strerror(cause).map { String(cString: $0) } ?? "error \(cause)" }
}
