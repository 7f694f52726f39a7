import GRDB
import RondoSession

/// Releases as rows of the database.
enum ReleaseRow {
    /// All versions by name and version, or those of one name.
    static func of(_ name: String?, in database: Database) throws -> [ReleaseRecord] {
        let condition = name == nil ? "" : "WHERE name = ?"
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT name, version, digest, label, model, family, made_at, because FROM releases \(condition) ORDER BY name, version",
            arguments: StatementArguments(name.map { [$0] } ?? []))
        return rows.map { row in
            ReleaseRecord(
                name: row["name"], version: row["version"], digest: row["digest"], label: row["label"], model: row["model"],
                family: row["family"],
                madeAt: row["made_at"], because: row["because"])
        }
    }

    /// Adds a version, and the line of history that says so.
    static func insert(_ record: ReleaseRecord, in database: Database) throws {
        try database.execute(
            sql: "INSERT INTO releases (name, version, digest, label, model, family, made_at, because) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                record.name, record.version, record.digest, record.label, record.model, record.family, record.madeAt, record.because,
            ])
        try database.execute(
            sql: "INSERT INTO history (release, version, event, at, because) VALUES (?, ?, 'deployed', ?, ?)",
            arguments: [record.name, record.version, record.madeAt, record.because])
    }
}
