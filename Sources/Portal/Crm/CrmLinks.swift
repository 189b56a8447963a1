internal import Storage
internal import Wire

/// Contacts of a deal or lead, companies of a contact.
struct CrmLinks {
    let state: PortalState
    let ownerTypeID: Int
    let ownerID: Int
    /// 3 contacts, 4 companies.
    let targetTypeID: Int

    struct Link {
        var targetID: Int
        var sort: Int
        var roleID: Int
        var isPrimary: Bool
    }

    func all() throws(PortalFailure) -> [Link] {
        try state.query(
            """
            SELECT target_id, sort, role_id, is_primary FROM crm_link \
            WHERE owner_type_id = ? AND owner_id = ? AND target_type_id = ? ORDER BY sort, target_id
            """, [.integer(Int64(ownerTypeID)), .integer(Int64(ownerID)), .integer(Int64(targetTypeID))]
        ) { row in
            Link(targetID: row.int(0), sort: row.int(1), roleID: row.int(2), isPrimary: row.text(3) == "Y")
        }
    }

    /// Replaces the whole list; exactly one link is primary afterwards.
    func replace(_ links: [Link]) throws(PortalFailure) {
        try state.execute(
            "DELETE FROM crm_link WHERE owner_type_id = ? AND owner_id = ? AND target_type_id = ?",
            [.integer(Int64(ownerTypeID)), .integer(Int64(ownerID)), .integer(Int64(targetTypeID))])
        let primary = links.firstIndex(where: \.isPrimary) ?? 0
        for (index, link) in links.enumerated() {
            try state.execute(
                """
                INSERT OR REPLACE INTO crm_link (owner_type_id, owner_id, target_type_id, target_id, sort, \
                role_id, is_primary) VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .integer(Int64(ownerTypeID)), .integer(Int64(ownerID)), .integer(Int64(targetTypeID)),
                    .integer(Int64(link.targetID)), .integer(Int64(link.sort)), .integer(Int64(link.roleID)),
                    .text(index == primary ? "Y" : "N"),
                ])
        }
    }

    /// The list for plain ids: the first is primary, sorted by tens.
    static func links(_ ids: [Int]) -> [Link] {
        var seen: Set<Int> = []
        return ids.filter { $0 > 0 && seen.insert($0).inserted }.enumerated().map { index, id in
            Link(targetID: id, sort: (index + 1) * 10, roleID: 0, isPrimary: index == 0)
        }
    }
}
