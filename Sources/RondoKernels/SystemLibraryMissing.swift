/// A library of the system that is opened on first use could not be found.
public struct SystemLibraryMissing: Error, Hashable, Sendable, CustomStringConvertible {
    /// What the library is called, for example `OpenBLAS`.
    public let name: String
    /// The Debian package that brings it.
    public let package: String

    /// The error for a library and the package that brings it.
    public init(name: String, package: String) {
        self.name = name
        self.package = package
    }

    /// What is wrong and what to type instead.
    public var description: String { "the library \(name) is not installed; on Debian and Ubuntu: sudo apt-get install \(package)" }

    /// OpenBLAS with LAPACK: factorisations of large matrices.
    public static let openBLAS = SystemLibraryMissing(name: "OpenBLAS", package: "libopenblas0")
    /// libcrypto of OpenSSL: SHA-256.
    public static let crypto = SystemLibraryMissing(name: "libcrypto", package: "libssl3")
    /// PCRE2: regular expressions with limits.
    public static let regularExpressions = SystemLibraryMissing(name: "PCRE2", package: "libpcre2-8-0")
    /// cmark-gfm: Markdown of notes in reports.
    public static let markdown = SystemLibraryMissing(name: "cmark-gfm", package: "libcmark-gfm-extensions-dev")
    /// zlib: gzip.
    public static let gzip = SystemLibraryMissing(name: "zlib", package: "zlib1g")
    /// libzstd: Zstandard.
    public static let zstandard = SystemLibraryMissing(name: "libzstd", package: "libzstd1")
    /// libxml2: XML.
    public static let xml = SystemLibraryMissing(name: "libxml2", package: "libxml2")
    /// libpq: PostgreSQL.
    public static let postgres = SystemLibraryMissing(name: "libpq", package: "libpq5")
    /// libcurl: files of the web.
    public static let web = SystemLibraryMissing(name: "libcurl", package: "libcurl4")
}
