import RondoFrame
import RondoKernels
import RondoLearning
import RondoRecipes

/// A release as one file: data only, checksummed, identical bytes for identical input.
///
///     "RONDO BUNDLE" version:u32 length:u64 archive sha256:32 bytes
package struct Bundle: Sendable {
    package static let formatVersion = 1
    private static let magic = Array("RONDO BUNDLE".utf8)

    package var release: String
    package var model: String
    package var family: String
    package var unit: String?
    package var goal: String
    package var predictor: Predictor
    /// Errors on rows it has not seen; nil for classes.
    package var errors: ErrorProfile?
    /// Which classes are possible beside the answer; nil for numbers, and without a stated level.
    package var classRange: ClassRange?
    package var profile: TrainingProfile
    /// The answer when there is none, in words.
    package var fallback: String?
    package var required: [String]
    /// Condition in the language; rows outside get the fallback.
    package var scope: String?
    /// Conditions of the training table's filters, in the language: rows that fail them are unlike what was trained on.
    package var conditions: [String]
    /// Checks with `expect 100%`: rows that fail get the fallback.
    package var strictConditions: [String]
    package var metrics: [Metric]
    /// Notes, marks and reasons that the card carries.
    package var card: [String]
    package var seed: UInt64
    package var trainingRows: Int
    /// All columns of the training table before its steps: names that a request may bring although the model does not use them.
    package var knownColumns: [String]

    package struct Metric: Sendable, Hashable {
        package let name: String
        package let value: Double

        package init(_ name: String, _ value: Double) {
            self.name = name
            self.value = value
        }
    }

    package init(
        release: String, model: String, family: String, unit: String?, goal: String, predictor: Predictor, errors: ErrorProfile?,
        profile: TrainingProfile, fallback: String?, required: [String], scope: String?, conditions: [String], strictConditions: [String],
        metrics: [Metric], card: [String], seed: UInt64, trainingRows: Int, knownColumns: [String]
    ) {
        self.release = release
        self.model = model
        self.family = family
        self.unit = unit
        self.goal = goal
        self.predictor = predictor
        self.errors = errors
        self.profile = profile
        self.fallback = fallback
        self.required = required
        self.scope = scope
        self.conditions = conditions
        self.strictConditions = strictConditions
        self.metrics = metrics
        self.card = card
        self.seed = seed
        self.trainingRows = trainingRows
        self.knownColumns = knownColumns
    }

    // MARK: Bytes

    package func bytes() throws -> [UInt8] {
        let content = archive().encoded()
        var bytes = Bundle.magic
        withUnsafeBytes(of: UInt32(Bundle.formatVersion).littleEndian) { bytes += $0 }
        withUnsafeBytes(of: UInt64(content.count).littleEndian) { bytes += $0 }
        bytes += content
        bytes += try bytes.withUnsafeBytes { try SHA256Digest.raw(of: $0) }
        return bytes
    }

    /// - Throws: `Fault` R0593 for bytes that are no bundle, R0594 for a newer version, R0591 for a damaged one.
    package init(bytes: UnsafeRawBufferPointer) throws {
        let head = Bundle.magic.count
        guard bytes.count >= head + 12 + 32, bytes[0..<head].elementsEqual(Bundle.magic) else {
            throw Fault("R0593", "this is no bundle of Rondo", remedy: "make one with deploy")
        }
        let version = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: head, as: UInt32.self))
        guard version == UInt32(Bundle.formatVersion) else {
            throw Fault(
                "R0594", "the bundle is of format \(version), this program reads \(Bundle.formatVersion)",
                remedy: "read it with a newer Rondo")
        }
        let length = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: head + 4, as: UInt64.self))
        let start = head + 12
        guard length == UInt64(bytes.count - start - 32) else { throw Bundle.damaged }
        let end = start + Int(length)
        let digest = try SHA256Digest.raw(of: UnsafeRawBufferPointer(rebasing: bytes[0..<end]))
        guard bytes[end...].elementsEqual(digest) else { throw Bundle.damaged }
        try self.init(archive: Archive(decoding: UnsafeRawBufferPointer(rebasing: bytes[start..<end])))
    }

    private static var damaged: Fault {
        Fault("R0591", "the bundle is damaged: its checksum does not fit", remedy: "take another copy, or deploy again")
    }

    // MARK: Archive

    private func archive() -> Archive {
        var archive = Archive()
        archive.set("release", release)
        archive.set("model", model)
        archive.set("family", family)
        archive["unit"] = .words(unit.map { [$0] } ?? [])
        archive.set("goal", goal)
        archive.set("predictor", predictor.archive())
        archive["errors"] = .archives(errors.map { [$0.archive()] } ?? [])
        if let classRange { archive.set("class_range", classRange.archive()) }
        archive.set("profile", profile.archive())
        archive["fallback"] = .words(fallback.map { [$0] } ?? [])
        archive["required"] = .words(required)
        archive["scope"] = .words(scope.map { [$0] } ?? [])
        archive["conditions"] = .words(conditions)
        archive["strict_conditions"] = .words(strictConditions)
        archive["metric_names"] = .words(metrics.map(\.name))
        archive["metric_values"] = .numbers(metrics.map(\.value))
        archive["card"] = .words(card)
        archive["seed"] = .integers([Int64(bitPattern: seed)])
        archive.set("training_rows", trainingRows)
        archive["known_columns"] = .words(knownColumns)
        return archive
    }

    private init(archive: Archive) throws {
        let names = try archive.words("metric_names")
        let values = try archive.numbers("metric_values")
        guard names.count == values.count, let seed = try archive.integers("seed").first else { throw Bundle.damaged }
        self.init(
            release: try archive.word("release"), model: try archive.word("model"), family: try archive.word("family"),
            unit: try archive.words("unit").first, goal: try archive.word("goal"),
            predictor: try Predictor(archive: archive.archive("predictor")),
            errors: try archive.archives("errors").first.map { try ErrorProfile(archive: $0) },
            profile: try TrainingProfile(archive: archive.archive("profile")), fallback: try archive.words("fallback").first,
            required: try archive.words("required"), scope: try archive.words("scope").first, conditions: try archive.words("conditions"),
            strictConditions: try archive.words("strict_conditions"), metrics: zip(names, values).map { Metric($0, $1) },
            card: try archive.words("card"), seed: UInt64(bitPattern: seed), trainingRows: try archive.integer("training_rows"),
            knownColumns: try archive.words("known_columns"))
        if archive["class_range"] != nil { classRange = try ClassRange(archive: archive.archive("class_range")) }
    }
}
