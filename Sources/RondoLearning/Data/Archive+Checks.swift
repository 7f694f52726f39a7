import RondoKernels

extension Archive {
    /// The numbers of a name, which must be `count` many; throws R0590 otherwise.
    func numbers(_ name: String, count: Int) throws -> [Double] {
        let values = try numbers(name)
        try require(values.count == count, name)
        return values
    }

    /// Throws R0590 unless the condition holds of what is kept under a name.
    func require(_ condition: Bool, _ name: String) throws {
        guard condition else { throw Archive.damaged(name) }
    }

    /// What is kept under a name cannot be used.
    static func damaged(_ name: String) -> Fault {
        Fault(
            "R0590", "the saved data under \(name) does not fit the rest",
            remedy: "the file is damaged or of another version: deploy or save it again")
    }
}
