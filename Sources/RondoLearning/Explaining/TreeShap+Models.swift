package import RondoKernels

extension TreeShap {
    private static let rowsTogether = 16

    init(_ ensemble: TreeEnsemble, outputs: Int) {
        let covers = ensemble.covers
        self.init(
            ensemble.nodes.enumerated().map { index, node in
                Node(
                    left: node.isLeaf ? -1 : ensemble.left(of: node), feature: Int(node.feature), cover: covers[index],
                    value: node.isLeaf ? Int(node.link) * ensemble.width : 0)
            }, roots: ensemble.roots, leafValues: ensemble.leafValues, width: ensemble.width, outputs: outputs,
            featureCount: ensemble.binned.bins.count)
    }

    /// `[output][feature][row]` of the sums over all trees, times a factor.
    func values(
        rowCount: Int, factor: Double, context: ComputeContext, goesLeft: (_ row: Int, _ node: Int) -> Bool
    ) throws -> [[[Double]]] {
        let size = outputs * featureCount
        let shares = leftShares
        let blocks = try Parallel.mapChunks(count: rowCount, chunkSize: Self.rowsTogether, context: context) { _, rows in
            var block = [Double](repeating: 0, count: rows.count * size)
            let walk = TreeShapWalk(self, shares: shares)
            try block.withUnsafeMutableBufferPointer { block in
                guard let start = block.baseAddress else { return }
                for row in rows {
                    try context.cancellation.check()
                    walk.add(to: start + (row - rows.lowerBound) * size) { goesLeft(row, $0) }
                }
            }
            return block
        }
        return (0..<outputs).map { output in
            (0..<featureCount).map { feature in
                (0..<rowCount).map { row in
                    factor * blocks[row / Self.rowsTogether][row % Self.rowsTogether * size + output * featureCount + feature]
                }
            }
        }
    }

    /// Shapley values of an ensemble.
    static func explain(
        _ ensemble: TreeEnsemble, _ features: Features, outputs: [String], unit: ShapValues.Unit, factor: Double, base: [Double],
        context: ComputeContext
    ) throws -> ShapValues {
        try features.requireNames(ensemble.binned.bins.map(\.name))
        let shap = TreeShap(ensemble, outputs: outputs.count)
        let codes = ensemble.binned.codes(features, rows: 0..<features.rowCount)
        let width = ensemble.binned.bins.count
        let values = try shap.values(rowCount: features.rowCount, factor: factor, context: context) { row, index in
            let node = ensemble.nodes[index]
            return ensemble.goesLeft(node, codes[row * width + Int(node.feature)])
        }
        return ShapValues(
            features: features.names, outputs: outputs, unit: unit, base: zip(base, shap.base).map { $0 + factor * $1 }, values: values)
    }

    /// What the outputs of a model of classes are called.
    static func outputNames(_ classNames: [String]) -> [String] {
        switch classNames.count {
        case 0: [""]
        case 2: [classNames[1]]
        default: classNames
        }
    }
}

extension AveragedTrees {
    func shapValues(_ features: Features, context: ComputeContext) throws -> ShapValues {
        let outputs = TreeShap.outputNames(classNames)
        return try TreeShap.explain(
            ensemble, features, outputs: outputs, unit: classNames.isEmpty ? .target : .share, factor: 1 / Double(ensemble.roots.count),
            base: [Double](repeating: 0, count: outputs.count), context: context)
    }
}

extension ForestModel: ShapModel {
    package func shapValues(_ features: Features, context: ComputeContext) throws -> ShapValues {
        try trees.shapValues(features, context: context)
    }
}

extension ExtraTreesModel: ShapModel {
    package func shapValues(_ features: Features, context: ComputeContext) throws -> ShapValues {
        try trees.shapValues(features, context: context)
    }
}

extension BoostingModel: ShapModel {
    package func shapValues(_ features: Features, context: ComputeContext) throws -> ShapValues {
        try TreeShap.explain(
            ensemble, features, outputs: TreeShap.outputNames(classNames), unit: link == .identity ? .target : .score, factor: 1,
            base: base, context: context)
    }
}

extension TreeModel: ShapModel {
    package func shapValues(_ features: Features, context: ComputeContext) throws -> ShapValues {
        try features.requireNames(self.features.map(\.name))
        let columns = zip(self.features, features.features).map { TreeColumn($0, $1) }
        let list = nodes.map { node in
            TreeShap.Node(
                left: node.isLeaf ? -1 : Int(node.link), feature: Int(node.feature), cover: Double(node.rows),
                value: node.isLeaf ? Int(node.link) * width : 0)
        }
        let outputs = TreeShap.outputNames(classNames)
        let shap = TreeShap(
            list, roots: [0], leafValues: leafValues, width: width, outputs: outputs.count, featureCount: self.features.count)
        let values = try shap.values(rowCount: features.rowCount, factor: 1, context: context) { row, index in
            goesLeft(nodes[index], row, columns[Int(nodes[index].feature)])
        }
        return ShapValues(
            features: features.names, outputs: outputs, unit: classNames.isEmpty ? .target : .share, base: shap.base, values: values)
    }
}
