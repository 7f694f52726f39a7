import RondoKernels
import RondoLearning
import RondoReport
package import RondoSignature

/// Values of a family's parameters to try: every combination, or random draws.
package struct ParameterGrid: Sendable, Hashable {
    /// What is tried for one parameter.
    package enum Axis: Sendable, Hashable {
        case values([FamilyOptions.Value])
        /// Whole numbers from one to another, both included.
        case integers(Int64, Int64)
        /// Real numbers between two ends; drawn evenly over the logarithm when they span two powers of ten and more.
        case numbers(Double, Double)
    }
    package struct Parameter: Sendable, Hashable {
        package let name: String
        package let axis: Axis

        package init(_ name: String, _ axis: Axis) {
            self.name = name
            self.axis = axis
        }
    }
    package let parameters: [Parameter]
    /// Most combinations that are tried.
    package static let limit = 2_000

    package init(_ parameters: [Parameter]) { self.parameters = parameters }

    /// How many combinations there are; nil for intervals of real numbers, and beyond what can be counted.
    package var count: Int? {
        parameters.reduce(1) { total, parameter -> Int? in
            guard let total else { return nil }
            let size: Int?
            switch parameter.axis {
            case .values(let values): size = values.count
            case .integers(let low, let high):
                let (width, overflow) = high.subtractingReportingOverflow(low)
                size = overflow || width >= Int64(Int32.max) ? nil : Int(width) + 1
            case .numbers: size = nil
            }
            guard let size else { return nil }
            let (product, overflow) = total.multipliedReportingOverflow(by: size)
            return overflow ? nil : product
        }
    }

    /// Every combination; the last parameter changes fastest. Intervals are not walked through.
    /// - Throws: R0801 for an interval, R0802 for more combinations than `limit`.
    package func combinations() throws -> [FamilyOptions] {
        for parameter in parameters {
            guard case .values = parameter.axis else {
                throw Fault(
                    "R0801", "\(parameter.name) is given as a range: it says where to look, not which values to try",
                    remedy: "add random 20, or write a list: \(parameter.name) \(parameter.example)", subject: parameter.name)
            }
        }
        guard let count, count <= ParameterGrid.limit else {
            let size = count.map { "\(NumberText.count($0)) combinations" } ?? "more combinations than can be counted"
            throw Fault(
                "R0802", "the grid has \(size); at most \(NumberText.count(ParameterGrid.limit)) are tried",
                remedy: "add random 50, or give fewer values")
        }
        var result = [FamilyOptions()]
        for parameter in parameters {
            guard case .values(let values) = parameter.axis else { continue }
            result = result.flatMap { options in
                values.map { value in
                    var next = options
                    next.values[parameter.name] = value
                    return next
                }
            }
        }
        return result
    }

    /// Different combinations drawn at random; fewer than wanted when there are no more.
    /// - Parameter count: at most `limit`.
    package func draws(_ count: Int, seed: UInt64) -> [FamilyOptions] {
        if let all = self.count, all <= count, let every = try? walked.combinations() { return every }
        var stream = RandomStream(seed: seed, purpose: "tune")
        var seen: Set<FamilyOptions> = []
        var result: [FamilyOptions] = []
        var attempts = 0
        while result.count < count, attempts < count * 50 {
            attempts += 1
            var options = FamilyOptions()
            for parameter in parameters { options.values[parameter.name] = parameter.draw(from: &stream) }
            if seen.insert(options).inserted { result.append(options) }
        }
        return result
    }

    /// Intervals of whole numbers written out.
    private var walked: ParameterGrid {
        ParameterGrid(
            parameters.map { parameter in
                guard case .integers(let low, let high) = parameter.axis, low <= high else { return parameter }
                return Parameter(parameter.name, .values((low...high).map { .integer($0) }))
            })
    }
}

extension ParameterGrid.Parameter {
    /// A list inside the axis, as it would be typed.
    var example: String {
        switch axis {
        case .values(let values): "[\(values.map(\.text).joined(separator: ", "))]"
        case .integers(let low, let high): "[\(low), \(low &+ (high &- low) / 2), \(high)]"
        case .numbers(let low, let high):
            "[\(Scalar(low).plainText), \(Scalar(low + (high - low) / 2).plainText), \(Scalar(high).plainText)]"
        }
    }

    fileprivate func draw(from stream: inout RandomStream) -> FamilyOptions.Value {
        switch axis {
        case .values(let values): return values[stream.uniform(below: values.count)]
        case .integers(let low, let high):
            let width = UInt64(bitPattern: high &- low)
            return .integer(low &+ Int64(bitPattern: stream.uniform(below: width &+ 1)))
        case .numbers(let low, let high):
            if low > 0, high / low >= 100 {
                let logarithm = Elementary.log(low) + stream.uniform() * (Elementary.log(high) - Elementary.log(low))
                return .number(ParameterGrid.shortened(Elementary.exp(logarithm), within: low, high))
            }
            return .number(ParameterGrid.shortened(low + stream.uniform() * (high - low), within: low, high))
        }
    }
}

extension ParameterGrid {
    /// Drawn numbers are kept to six significant digits, so that they can be typed again.
    fileprivate static func shortened(_ value: Double, within low: Double, _ high: Double) -> Double {
        min(max(CellDigest.rounded(value), low), high)
    }
}
