package import RondoKernels

extension TreeShap {
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
    ///
    /// - Parameter goesLeft: for each row of a block of `TreeShapWalk.rowCount` 1 if it goes left at an inner node; the last block may have
    ///   any rows behind its own.
    func values(
        rowCount: Int, factor: Double, context: ComputeContext, goesLeft: (_ block: Int, _ node: Int) -> TreeShapWalk.Rows
    ) throws -> [[[Double]]] {
        let size = outputs * featureCount
        let shares = leftShares
        let together = TreeShapWalk.rowCount
        let blocks = try Parallel.mapChunks(count: rowCount, chunkSize: together, context: context) { number, _ in
            var block = [TreeShapWalk.Rows](repeating: TreeShapWalk.Rows(), count: size)
            let walk = TreeShapWalk(self, shares: shares)
            try block.withUnsafeMutableBufferPointer { block in
                guard let start = block.baseAddress else { return }
                try walk.add(to: start, cancellation: context.cancellation) { goesLeft(number, $0) }
            }
            return block
        }
        return (0..<outputs).map { output in
            (0..<featureCount).map { feature in
                (0..<rowCount).map { factor * blocks[$0 / together][output * featureCount + feature][$0 % together] }
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
        let codes = CodeBlocks(ensemble.binned, features)
        let values = try shap.values(rowCount: features.rowCount, factor: factor, context: context) { block, index in
            codes.goesLeft(block, ensemble.nodes[index], of: ensemble)
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

extension AveragedTreesModel: ShapModel {
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
        let values = try shap.values(rowCount: features.rowCount, factor: 1, context: context) { block, index in
            let column = columns[Int(nodes[index].feature)]
            return TreeShapWalk.rows { isLeft in
                for place in 0..<TreeShapWalk.rowCount {
                    let row = min(block * TreeShapWalk.rowCount + place, features.rowCount - 1)
                    isLeft[place] = goesLeft(nodes[index], row, column) ? 1 : 0
                }
            }
        }
        return ShapValues(
            features: features.names, outputs: outputs, unit: classNames.isEmpty ? .target : .share, base: shap.base, values: values)
    }
}
