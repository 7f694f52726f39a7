import RondoKernels
import RondoReport
import Synchronization

/// The bins of some training rows, made when first asked for: every fit on the same rows shares them, whatever its parameters.
final class SharedBins: Sendable {
    private let matrix = Mutex<BinnedMatrix?>(nil)

    /// - Parameter data: the rows that these bins belong to.
    /// - Throws: R0730 for sparse columns whose codes would not fit, `Interrupted` when cancelled.
    func matrix(of data: TrainingData, family: String, context: ComputeContext) throws -> BinnedMatrix {
        try matrix.withLock { matrix in
            if let matrix { return matrix }
            try data.features.requireRoomForCodes(of: family)
            let made = try BinnedMatrix(data, context: context)
            matrix = made
            return made
        }
    }
}

extension Features {
    /// Bytes that the codes of sparse features may take: 512 MiB.
    private static let codeLimit = denseLimit
    /// Copies of each code that training keeps.
    private static let copies = 2

    /// - Throws: R0730 with the size when the codes of sparse features would take more than `codeLimit`.
    fileprivate func requireRoomForCodes(of family: String) throws {
        let sparse = features.reduce(0) { $1.isSparse ? $0 + 1 : $0 }
        let (cells, overflow) = sparse.multipliedReportingOverflow(by: rowCount)
        guard overflow || cells > Features.codeLimit / Features.copies else { return }
        let size = NumberText.bytes(Double(sparse) * Double(rowCount) * Double(Features.copies))
        throw Fault(
            "R0730",
            "\(family) needs every value of \(NumberText.count(sparse)) sparse columns as a code: \(size) for \(NumberText.count(rowCount)) rows",
            remedy: "take fewer columns, with levels or rare of encode, or a family that takes them as they are: fit ridge, fit logistic",
            subject: family)
    }
}
