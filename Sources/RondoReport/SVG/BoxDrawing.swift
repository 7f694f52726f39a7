import RondoKernels

/// Boxes that lie along the x axis, one a group, with the groups' names on the left and their numbers of rows on the right.
struct BoxDrawing: ChartDrawing {
    private static let most = 30
    private static let step = 26.0
    private static let top = 12.0
    private let chart: ChartBlock
    private let boxes: [ChartBlock.Box]
    private let x: ChartExtent
    private let numbers: NumberText

    init?(_ chart: ChartBlock, boxes: [ChartBlock.Box], numbers: NumberText) {
        guard let x = ChartExtent(boxes.flatMap(\.bounds)) else { return nil }
        self.chart = chart
        self.boxes = boxes
        self.x = chart.xAxis == .number ? x.rounded() : x.high > x.low ? x : x.rounded()
        self.numbers = numbers
    }

    private var shown: Int { min(boxes.count, BoxDrawing.most) }

    var height: Double { BoxDrawing.top + Double(shown) * BoxDrawing.step + 52 + (boxes.count > shown ? 18 : 0) }

    private func words(_ value: Double) -> String { AxisTicks.text(value, axis: chart.xAxis, numbers: numbers) }

    var gist: String {
        boxes.prefix(6).map { box in
            let name = box.name.isEmpty ? "" : box.name + ": "
            return "\(name)median \(words(box.median)), middle half \(words(box.q25)) to \(words(box.q75)), "
                + "all \(words(box.least)) to \(words(box.greatest))"
        }.joined(separator: "; ") + "."
    }

    func draw(into builder: inout HTMLBuilder) {
        let names = boxes.prefix(shown).map { ChartCanvas.cut($0.name, 20) }
        let counts = boxes.prefix(shown).map { numbers.text(Scalar($0.count), .count) }
        let isNamed = boxes.contains { !$0.name.isEmpty }
        let bottom = BoxDrawing.top + Double(shown) * BoxDrawing.step
        let room = Double(counts.map { DisplayWidth.of($0) }.max() ?? 0) * ChartCanvas.letter + 16
        var canvas = ChartCanvas(x: x, y: x, height: bottom + 46, yLabels: isNamed ? names : [""], hasLegend: false)
        canvas.top = BoxDrawing.top
        canvas.right = ChartCanvas.width - room
        let ticks = AxisTicks(from: x.low, to: x.high, axis: chart.xAxis, wanted: 5)
        grid(canvas, ticks, into: &builder)
        var axis = chart
        axis.yLabel = ""
        canvas.axes(axis, ticks, AxisTicks(from: 1, to: 0), into: &builder)
        for (index, box) in boxes.prefix(shown).enumerated() {
            let middle = BoxDrawing.top + (Double(index) + 0.5) * BoxDrawing.step
            if isNamed { ChartCanvas.label(names[index], canvas.left - 7, middle + 4, "end", "tick strong", into: &builder) }
            ChartCanvas.label(counts[index], ChartCanvas.width - 4, middle + 4, "end", into: &builder)
            draw(box, middle, canvas, into: &builder)
        }
        if boxes.count > shown {
            ChartCanvas.label("and \(boxes.count - shown) more, in the numbers below", canvas.left, height - 6, "start", into: &builder)
        }
    }

    private func grid(_ canvas: ChartCanvas, _ ticks: AxisTicks, into builder: inout HTMLBuilder) {
        let lines = ticks.values.map { value in
            "M\(ChartCanvas.text(canvas.across(value))) \(ChartCanvas.text(canvas.top))V\(ChartCanvas.text(canvas.bottom))"
        }
        builder.shape("path", [.class("grid"), .init("d", lines.joined())])
    }

    private func draw(_ box: ChartBlock.Box, _ middle: Double, _ canvas: ChartCanvas, into builder: inout HTMLBuilder) {
        func place(_ value: Double) -> String { ChartCanvas.text(canvas.across(value)) }
        func row(_ shift: Double) -> String { ChartCanvas.text(middle + shift) }
        let colour = ChartDrawings.colour(0)
        var whiskers = "M\(place(box.low)) \(row(0))H\(place(box.q25))M\(place(box.q75)) \(row(0))H\(place(box.high))"
        whiskers += "M\(place(box.low)) \(row(-4))V\(row(4))M\(place(box.high)) \(row(-4))V\(row(4))"
        builder.shape("path", [.class("box \(colour)"), .init("d", whiskers)])
        builder.shape(
            "path",
            [
                .class("fill pale \(colour)"),
                .init("d", "M\(place(box.q25)) \(row(-8))H\(place(box.q75))V\(row(8))H\(place(box.q25))z"),
            ])
        builder.shape("path", [.class("middle"), .init("d", "M\(place(box.median)) \(row(-8))V\(row(8))")])
        guard !box.outliers.isEmpty else { return }
        let rings = box.outliers.map { "M\(ChartCanvas.text(canvas.across($0) - 2)) \(row(0))a2 2 0 1 0 4 0a2 2 0 1 0-4 0" }
        builder.shape("path", [.class("ring \(colour)"), .init("d", rings.joined())])
    }
}
