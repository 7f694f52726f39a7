import GRDB

/// The tables of a workspace and how older ones become new: a migration that landed never changes.
enum WorkspaceSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 releases") { database in
            try database.create(table: "releases") { table in
                table.column("name", .text).notNull()
                table.column("version", .integer).notNull()
                table.column("digest", .text).notNull()
                table.column("label", .text).notNull()
                table.column("model", .text).notNull()
                table.column("family", .text).notNull()
                table.column("made_at", .integer).notNull()
                table.column("because", .text)
                table.primaryKey(["name", "version"])
                table.uniqueKey(["name", "digest"])
            }
            try database.create(table: "history") { table in
                table.autoIncrementedPrimaryKey("id")
                table.column("release", .text).notNull()
                table.column("version", .integer).notNull()
                table.column("event", .text).notNull()
                table.column("at", .integer).notNull()
                table.column("because", .text)
            }
        }
        return migrator
    }
}
