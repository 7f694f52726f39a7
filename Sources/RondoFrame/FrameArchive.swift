package import RondoKernels

extension Frame {
    /// The table as plain data, bit for bit.
    package func archive() -> Archive {
        var archive = Archive(["names": .words(names), "columns": .archives(columns.map { $0.archive() })])
        archive.set("rows", rowCount)
        return archive
    }

    /// Reads a table back; throws R0582 when names, lengths or codes do not fit together.
    package init(archive: Archive) throws {
        let names = try archive.words("names")
        let columns = try archive.archives("columns").map { try Column(archive: $0) }
        let rows = try archive.integer("rows")
        guard names.count == columns.count, Set(names).count == names.count, rows >= 0, columns.allSatisfy({ $0.count == rows }) else {
            throw Column.damaged
        }
        self.init(rowCount: rows)
        for (name, column) in zip(names, columns) { try set(name, column) }
    }
}

extension Column {
    static var damaged: Fault { Fault("R0582", "a saved table is damaged", remedy: "make it again, with deploy or save") }

    /// The column as plain data, bit for bit.
    package func archive() -> Archive {
        var archive = Archive(["type": .words([type.rawValue])])
        switch storage {
        case .number(let values): archive["values"] = .numbers(values)
        case .integer(let values, let missing):
            archive["values"] = .integers(values)
            if let missing { archive["missing"] = .bytes(missing.map { $0 ? 1 : 0 }) }
        case .truth(let values): archive["values"] = .bytes(values)
        case .text(let codes, let levels), .category(let codes, let levels):
            archive["values"] = .codes(codes)
            archive["levels"] = .words(levels.words)
        case .date(let values): archive["values"] = .codes(values)
        case .time(let values), .duration(let values): archive["values"] = .integers(values)
        case .sparse(let sparse):
            archive["type"] = .words(["sparse"])
            archive["rows"] = .codes(sparse.rows)
            archive["values"] = .numbers(sparse.values)
            archive.set("count", sparse.count)
        }
        return archive
    }

    /// Reads a column back; throws R0582 when lengths or codes do not fit together.
    package init(archive: Archive) throws {
        let word = try archive.word("type")
        if word == "sparse" {
            self.init(.sparse(try Column.sparse(archive)))
            return
        }
        guard let type = ColumnType(rawValue: word) else { throw Column.damaged }
        switch type {
        case .number:
            let values = try archive.numbers("values")
            guard !values.contains(where: \.isInfinite) else { throw Column.damaged }
            self.init(.number(values))
        case .integer:
            let values = try archive.integers("values")
            let missing = archive["missing"] == nil ? nil : try archive.bytes("missing").map { $0 != 0 }
            guard missing.map({ $0.count == values.count }) ?? true else { throw Column.damaged }
            self.init(.integer(values, missing: missing))
        case .truth:
            let values = try archive.bytes("values")
            guard values.allSatisfy({ $0 <= Column.missingTruth }) else { throw Column.damaged }
            self.init(.truth(values))
        case .text, .category:
            let levels = Levels(try archive.words("levels"))
            let codes = try archive.codes("values")
            guard codes.allSatisfy({ $0 >= -1 && Int($0) < levels.count }) else { throw Column.damaged }
            self.init(type == .text ? .text(codes, levels) : .category(codes, levels))
        case .date: self.init(.date(try archive.codes("values")))
        case .time: self.init(.time(try archive.integers("values")))
        case .duration: self.init(.duration(try archive.integers("values")))
        }
    }

    private static func sparse(_ archive: Archive) throws -> SparseNumbers {
        let (rows, values, count) = (try archive.codes("rows"), try archive.numbers("values"), try archive.integer("count"))
        guard rows.count == values.count, count >= 0, values.allSatisfy(\.isFinite) else { throw damaged }
        var last: Int32 = -1
        for row in rows {
            guard row > last, Int(row) < count else { throw damaged }
            last = row
        }
        return SparseNumbers(count: count, rows: rows, values: values)
    }
}
