/// Named arrays of plain data: the form in which everything learned is kept in a bundle. Data only, nothing is executed.
public struct Archive: Sendable, Hashable {
    public enum Value: Sendable, Hashable {
        case numbers([Double])
        case integers([Int64])
        case codes([Int32])
        case bytes([UInt8])
        case words([String])
        case archives([Archive])
    }
    public var values: [String: Value]

    public init(_ values: [String: Value] = [:]) { self.values = values }

    public subscript(name: String) -> Value? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// The entry of this name and type; throws R0590 when the archive lacks it.
    public func numbers(_ name: String) throws -> [Double] {
        if case .numbers(let array)? = values[name] { return array }
        throw Archive.lacks(name)
    }
    public func integers(_ name: String) throws -> [Int64] {
        if case .integers(let array)? = values[name] { return array }
        throw Archive.lacks(name)
    }
    public func codes(_ name: String) throws -> [Int32] {
        if case .codes(let array)? = values[name] { return array }
        throw Archive.lacks(name)
    }
    public func bytes(_ name: String) throws -> [UInt8] {
        if case .bytes(let array)? = values[name] { return array }
        throw Archive.lacks(name)
    }
    public func words(_ name: String) throws -> [String] {
        if case .words(let array)? = values[name] { return array }
        throw Archive.lacks(name)
    }
    public func archives(_ name: String) throws -> [Archive] {
        if case .archives(let array)? = values[name] { return array }
        throw Archive.lacks(name)
    }

    /// The single number, integer or word kept under a name.
    public func number(_ name: String) throws -> Double { try first(numbers(name), name) }
    public func integer(_ name: String) throws -> Int { Int(try first(integers(name), name)) }
    public func word(_ name: String) throws -> String { try first(words(name), name) }
    public func archive(_ name: String) throws -> Archive { try first(archives(name), name) }

    public mutating func set(_ name: String, _ value: Double) { values[name] = .numbers([value]) }
    public mutating func set(_ name: String, _ value: Int) { values[name] = .integers([Int64(value)]) }
    public mutating func set(_ name: String, _ value: String) { values[name] = .words([value]) }
    public mutating func set(_ name: String, _ value: Archive) { values[name] = .archives([value]) }

    private func first<Element>(_ array: [Element], _ name: String) throws -> Element {
        guard let value = array.first else { throw Archive.lacks(name) }
        return value
    }

    static func lacks(_ name: String) -> Fault {
        Fault("R0590", "the saved data lacks \(name)", remedy: "the file is damaged or of another version: deploy or save it again")
    }
}
