import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle

/// One row typed in place.
enum PredictInputs {
    /// The row with columns in the types of training; what a value had to be taken for is noted.
    static func frame(_ inputs: [Input], bundle: Bundle, source: String) throws -> (frame: Frame, notes: [String]) {
        var frame = Frame(rowCount: 1)
        var notes: [String] = []
        var faults: [Diagnostic] = []
        let wanted = bundle.predictor.inputs.map(\.name)
        for input in inputs {
            let name = input.name.value
            guard let place = wanted.firstIndex(of: name) else {
                if bundle.knownColumns.contains(name) {
                    notes.append("\(name) is not used by the model")
                    try? frame.set(name, .scalars([LiteralScalar.scalar(input.value.value)], type: type(of: input.value.value)))
                } else {
                    faults.append(unknown(input.name, bundle: bundle))
                }
                continue
            }
            let type = bundle.predictor.inputs[place].type
            let scalar = LiteralScalar.scalar(input.value.value)
            guard let fitted = fit(scalar, to: type) else {
                faults.append(
                    Diagnostic(
                        "R0528", "\(name) should be \(type.rawValue)", span: input.value.span,
                        remedy: "write \(NameText.written(name)) = \(example(type))",
                        mend: Mend(input.value.span, example(type))))
                continue
            }
            if case .text = scalar, !type.isText { notes.append("\(name) taken as \(type.rawValue)") }
            try frame.set(name, .scalars([fitted], type: type))
        }
        if let all = Diagnostics(faults) { throw all }
        if frame.columnCount == 0 { try frame.set("row", .scalars([.integer(1)], type: .integer)) }
        return (frame, notes)
    }

    private static func unknown(_ name: Name, bundle: Bundle) -> Diagnostic {
        let known = bundle.predictor.inputs.map(\.name)
        let near = NearestWord.suggestion(for: name.value, among: known)
        return Diagnostic(
            "R0527", "\(bundle.release) takes no \(name.value)", span: name.span, note: near.map { "did you mean \($0)?" },
            remedy: "name one that it takes: \(known.map(NameText.written).joined(separator: ", "))")
    }

    /// The value in the type of the column; text that reads wholly as that type is taken as such, and the reverse.
    static func fit(_ scalar: Scalar, to type: ColumnType) -> Scalar? {
        if scalar.isMissing { return .missing }
        let column = Column.scalars([scalar], type: columnType(of: scalar))
        if columnType(of: scalar) == type { return scalar }
        guard let cast = try? column.cast(to: type), cast.failures == 0 else { return nil }
        return cast.column[0]
    }

    private static func columnType(of scalar: Scalar) -> ColumnType {
        switch scalar {
        case .missing, .text: .text
        case .number: .number
        case .integer: .integer
        case .truth: .truth
        case .date: .date
        case .time: .time
        case .duration: .duration
        }
    }

    private static func type(of literal: Literal) -> ColumnType { columnType(of: LiteralScalar.scalar(literal)) }

    private static func example(_ type: ColumnType) -> String {
        switch type {
        case .number: "1.5"
        case .integer: "3"
        case .truth: "true"
        case .text, .category: "\"word\""
        case .date: "2024-03-01"
        case .time: "2024-03-01T12:00"
        case .duration: "3 days"
        }
    }
}
