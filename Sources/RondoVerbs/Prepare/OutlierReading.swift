import RondoLanguage
import RondoRecipes
import RondoSession

/// Reads the method and limits of an `outliers` cell, and says what is wrong with them.
enum OutlierReading {
    static let quantiles = (low: 0.01, high: 0.99)
    static let score = 3.5
    static let forestScore = 0.6

    static func method(_ call: Call) -> OutlierMethod {
        let number = number(call)
        let ends = ends(call)
        switch call[OutliersVerb.method]?.value {
        case "quantile":
            if let number { return .fences(number) }
            return .quantile(low: ends?.low ?? quantiles.low, high: ends?.high ?? quantiles.high)
        case "forest": return .forest(above: number ?? forestScore)
        default:
            if let ends { return .robust(low: ends.low, high: ends.high) }
            return .robust(low: -(number ?? score), high: number ?? score)
        }
    }

    private static func number(_ call: Call) -> Double? {
        if case .literal(let literal)? = call[OutliersVerb.limits] { return literal.value.number }
        return nil
    }

    /// Whether the limits are shares.
    private static func hasShares(_ call: Call) -> Bool {
        guard case .interval(let interval)? = call[OutliersVerb.limits], case .percent = interval.low.value else { return false }
        return true
    }

    private static func ends(_ call: Call) -> (low: Double, high: Double)? {
        guard case .interval(let interval)? = call[OutliersVerb.limits], let low = interval.low.value.number,
            let high = interval.high.value.number
        else { return nil }
        return (low, high)
    }

    static func faults(of call: Call) -> [Diagnostic] {
        let columns = call[OutliersVerb.columns].map { ArgumentText.written(.columns($0)) } ?? "sqft"
        let method = call[OutliersVerb.method]?.value ?? "robust"
        var faults = forestFaults(call, columns, method)
        if call[OutliersVerb.limits] != nil, !isFit(call, method) {
            // Shares are meant for quantiles.
            let meant = method == "robust" && hasShares(call) ? "quantile" : method
            let limits = meant == method ? example(method).example : call[OutliersVerb.limits].map { ArgumentText.written($0) } ?? "1%..99%"
            faults.append(
                Diagnostic(
                    "R0714", "limits of \(method) must be \(example(method).what)", span: call.span(OutliersVerb.limits),
                    remedy: "outliers \(columns) \(meant) limits \(limits)",
                    mend: meant == method ? call.span(OutliersVerb.limits).map { Mend($0, "limits \(limits)") } : nil))
        }
        if let span = call.span(SharedClauses.part), call[OutliersVerb.action]?.value != "drop" {
            faults.append(
                Diagnostic(
                    "R0237", "only action drop works on rows: the other actions learn from train by themselves", span: span,
                    remedy: "outliers \(columns) \(method)"))
        }
        return faults
    }

    private static func forestFaults(_ call: Call, _ columns: String, _ method: String) -> [Diagnostic] {
        guard method == "forest" else { return [] }
        var faults: [Diagnostic] = []
        if call[OutliersVerb.action]?.value == "cap", let span = call.span(OutliersVerb.action) {
            faults.append(
                Diagnostic(
                    "R0237", "forest judges whole rows: no value of its own could be capped", span: span,
                    remedy: "outliers \(columns) forest action mark", mend: Mend(span, "action mark")))
        }
        if let span = call.span(SharedClauses.by) {
            faults.append(
                Diagnostic(
                    "R0237", "forest judges whole rows and takes no groups: name their columns among the others", span: span,
                    remedy: "outliers \(columns) robust by type"))
        }
        return faults
    }

    private static func isFit(_ call: Call, _ method: String) -> Bool {
        if let number = number(call) {
            return method == "forest" ? number > 0 && number < 1 : number > 0 && number <= 1_000
        }
        guard let ends = ends(call), method != "forest", ends.low < ends.high, method != "robust" || !hasShares(call) else { return false }
        return method == "quantile" ? ends.low >= 0 && ends.high <= 1 : ends.low.isFinite && ends.high.isFinite
    }

    private static func example(_ method: String) -> (what: String, example: String) {
        switch method {
        case "quantile": ("two quantiles from 0% to 100%, or one number above 0 (quartile distances)", "1%..99%")
        case "forest": ("a score between 0 and 1", "0.6")
        default: ("a number above 0, or the lower and the upper z score", "3.5")
        }
    }
}
