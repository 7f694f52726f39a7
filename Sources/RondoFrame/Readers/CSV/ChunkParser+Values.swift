import RondoKernels

/// Fields that take more than the common form of their column: quotes, blanks, missing marks, long numbers, zones.
extension ChunkParser {
    @inline(__always)
    mutating func text(_ sink: UnsafeMutablePointer<ColumnSink>, _ row: Int, _ field: FieldSpan) {
        let codes = sink.pointee.values.assumingMemoryBound(to: Int32.self)
        let length = field.end - field.start
        guard length > 0 else {
            sink.pointee.marks[MissingMarks.empty] += 1
            (codes + row).initialize(to: -1)
            return
        }
        let bytes = base + field.start
        let code: Int32?
        if field.escaped {
            code = sink.pointee.dictionary?.code(unescaping: bytes, length, escape: field.quoted ? scanner.quote : scanner.escape)
            if !field.quoted { sink.pointee.flags.insert(.unquoted) }
        } else if field.quoted {
            code = sink.pointee.dictionary?.code(bytes, length, quotedMark: marks.automatic && isMark(bytes, length))
        } else {
            code = sink.pointee.dictionary?.code(bytes, length)
            sink.pointee.flags.insert(.unquoted)
        }
        (codes + row).initialize(to: code ?? -1)
        sink.pointee.present += 1
    }

    /// Whether a field is a mark but for blanks around it.
    func isMark(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        var (start, end) = (0, length)
        while start < end, bytes[start] == ASCII.blank || bytes[start] == ASCII.tab { start += 1 }
        while end > start, bytes[end - 1] == ASCII.blank || bytes[end - 1] == ASCII.tab { end -= 1 }
        return start < end && marks.match(bytes + start, end - start) != nil
    }

    /// A value of any kind but text.
    mutating func value(_ sink: UnsafeMutablePointer<ColumnSink>, _ row: Int, _ bytes: UnsafePointer<UInt8>, _ count: Int) {
        let fits: Bool
        switch sink.pointee.active {
        case .integer, .number: fits = numeric(sink, row, DecimalNumber.parse(bytes, count))
        case .truth:
            let truth = FieldKind.truth(bytes, count)
            if let truth {
                (sink.pointee.values.assumingMemoryBound(to: UInt8.self) + row).initialize(to: truth.value ? 1 : 0)
                sink.pointee.flags.insert(FieldFlags(rawValue: truth.style))
            }
            fits = truth != nil
        case .isoDate:
            let days = WrittenMoment.isoDate(bytes, count)
            if let days { (sink.pointee.values.assumingMemoryBound(to: Int32.self) + row).initialize(to: days) }
            fits = days != nil
        case .numericDate:
            let packed = WrittenMoment.numericDate(bytes, count)
            if let packed {
                (sink.pointee.values.assumingMemoryBound(to: Int32.self) + row).initialize(to: packed)
                if packed >> 5 & 31 > 12 { sink.pointee.flags.insert(.firstIsDay) }
                if packed & 31 > 12 { sink.pointee.flags.insert(.secondIsDay) }
            }
            fits = packed != nil
        case .time: fits = time(sink, row, bytes, count)
        case .skip, .unknown, .text: fits = false
        }
        guard !fits else {
            sink.pointee.present += 1
            return
        }
        let (kind, target) = (sink.pointee.kind, FieldKind.classify(bytes, count))
        // A value that the kind should hold but does not (a whole number beyond a double) stays as it is written.
        sink.pointee.deviate(FieldKind.join(kind, target) == kind ? .text : target)
    }

    func numeric(_ sink: UnsafeMutablePointer<ColumnSink>, _ row: Int, _ parsed: DecimalNumber) -> Bool {
        guard parsed.form == .integer || parsed.form == .number else { return false }
        if let mark = marks.match(number: parsed.number) {
            sink.pointee.marks[mark] += 1
            sink.pointee.putMissing(row)
            return true
        }
        if parsed.plus { sink.pointee.flags.insert(.plus) }
        if parsed.number < 0 { sink.pointee.flags.insert(.minus) }
        if sink.pointee.active == .integer {
            guard parsed.form == .integer else { return false }
            (sink.pointee.values.assumingMemoryBound(to: Int64.self) + row).initialize(to: parsed.integer)
            return true
        }
        // A whole number that a double does not hold exactly would change.
        guard parsed.form == .number || parsed.integer.magnitude <= 1 << 53 else { return false }
        (sink.pointee.values.assumingMemoryBound(to: Double.self) + row).initialize(to: parsed.number)
        return true
    }

    func time(_ sink: UnsafeMutablePointer<ColumnSink>, _ row: Int, _ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        let values = sink.pointee.values.assumingMemoryBound(to: Int64.self)
        if let time = WrittenMoment.time(bytes, count) {
            (values + row).initialize(to: time.microseconds)
            sink.pointee.flags.insert(time.zoned ? .zoned : .unzoned)
            return true
        }
        guard let days = WrittenMoment.isoDate(bytes, count) else { return false }
        (values + row).initialize(to: Int64(days) * CivilCalendar.microsecondsPerDay)
        sink.pointee.flags.insert(.dateOnly)
        return true
    }
}
