extension ShapValues {
    /// The values of the columns that features were made from: those of all their features added up.
    package func summed(_ groups: [FeatureGroup]) -> ShapValues {
        ShapValues(
            features: groups.map(\.name), outputs: outputs, unit: unit, base: base,
            values: values.map { output in
                groups.map { group in
                    let members = group.features.filter { output.indices.contains($0) }
                    guard let first = members.first else { return [] }
                    return members.dropFirst().reduce(into: output[first]) { sums, member in
                        for row in sums.indices { sums[row] += output[member][row] }
                    }
                }
            })
    }

    package var rowCount: Int { values.first?.first?.count ?? 0 }

    /// Base and values of a row together: the output of the model.
    package func sum(output: Int, row: Int) -> Double { values[output].reduce(base[output]) { $0 + $1[row] } }
}
