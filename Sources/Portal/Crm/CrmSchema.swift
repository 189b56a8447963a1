// The tables of the CRM.
enum CrmSchema {
    static let statements: [String] =
        [
            """
            CREATE TABLE IF NOT EXISTS crm_type (id INTEGER PRIMARY KEY AUTOINCREMENT, \
            entity_type_id INTEGER NOT NULL UNIQUE, title TEXT NOT NULL, code TEXT NOT NULL DEFAULT '', \
            created_time TEXT NOT NULL, created_by INTEGER NOT NULL)
            """,
            """
            CREATE TABLE IF NOT EXISTS crm_userfield (id INTEGER PRIMARY KEY AUTOINCREMENT, \
            entity_type_id INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, multiple TEXT NOT NULL, \
            label TEXT NOT NULL, UNIQUE (entity_type_id, name))
            """,
            """
            CREATE TABLE IF NOT EXISTS crm_category (entity_type_id INTEGER NOT NULL, id INTEGER NOT NULL, \
            name TEXT NOT NULL, sort INTEGER NOT NULL, is_default TEXT NOT NULL, \
            PRIMARY KEY (entity_type_id, id))
            """,
            """
            CREATE TABLE IF NOT EXISTS crm_status (id INTEGER PRIMARY KEY AUTOINCREMENT, \
            entity_id TEXT NOT NULL, status_id TEXT NOT NULL, name TEXT NOT NULL, name_init TEXT NOT NULL, \
            sort INTEGER NOT NULL, system TEXT NOT NULL, category_id INTEGER, color TEXT NOT NULL DEFAULT '', \
            semantics TEXT NOT NULL DEFAULT '', UNIQUE (entity_id, status_id))
            """,
            """
            CREATE TABLE IF NOT EXISTS crm_multi (id INTEGER PRIMARY KEY AUTOINCREMENT, \
            entity_type_id INTEGER NOT NULL, entity_id INTEGER NOT NULL, type_id TEXT NOT NULL, \
            value_type TEXT NOT NULL, value TEXT NOT NULL, digits TEXT NOT NULL)
            """,
            "CREATE INDEX IF NOT EXISTS crm_multi_entity ON crm_multi (entity_type_id, entity_id)",
            "CREATE INDEX IF NOT EXISTS crm_multi_value ON crm_multi (type_id, value COLLATE NOCASE)",
            "CREATE INDEX IF NOT EXISTS crm_multi_digits ON crm_multi (type_id, digits)",
            """
            CREATE TABLE IF NOT EXISTS crm_link (owner_type_id INTEGER NOT NULL, owner_id INTEGER NOT NULL, \
            target_type_id INTEGER NOT NULL, target_id INTEGER NOT NULL, sort INTEGER NOT NULL, \
            role_id INTEGER NOT NULL DEFAULT 0, is_primary TEXT NOT NULL, \
            PRIMARY KEY (owner_type_id, owner_id, target_type_id, target_id)) WITHOUT ROWID
            """,
            "CREATE INDEX IF NOT EXISTS crm_link_target ON crm_link (target_type_id, target_id)",
            """
            CREATE TABLE IF NOT EXISTS crm_stage_history (id INTEGER PRIMARY KEY AUTOINCREMENT, \
            entity_type_id INTEGER NOT NULL, type_id INTEGER NOT NULL, owner_id INTEGER NOT NULL, \
            created INTEGER NOT NULL, category_id INTEGER NOT NULL, semantic TEXT NOT NULL, \
            stage_id TEXT NOT NULL)
            """,
        ] + CrmType.builtIn.flatMap(records)

    /// The table of one kind of object, with indexes on what integrations search by.
    static func records(of type: CrmType) -> [String] {
        let indexed = [
            type.stageField ?? "", "ASSIGNED_BY_ID", "COMPANY_ID", "CONTACT_ID", "ORIGIN_ID", type.modifiedField,
        ]
        return type.table.schema + indexed.map(type.table.index).filter { !$0.isEmpty }
    }
}
