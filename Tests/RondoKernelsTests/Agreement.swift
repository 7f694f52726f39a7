/// Relative difference of a computed value from a known one; absolute where the known one is 0.
func relativeError(_ computed: Double, _ known: Double) -> Double {
    if computed == known { return 0 }
    if computed.isNaN != known.isNaN { return .infinity }
    return (computed - known).magnitude / (known == 0 ? 1 : known.magnitude)
}

/// How many representable numbers lie between two doubles.
func distanceInUlps(_ a: Double, _ b: Double) -> UInt64 {
    func ordered(_ x: Double) -> Int64 {
        let bits = Int64(bitPattern: x.bitPattern)
        return bits < 0 ? Int64.min - bits : bits
    }
    let difference = ordered(a).subtractingReportingOverflow(ordered(b))
    return difference.overflow ? .max : difference.partialValue.magnitude
}
