internal import Wire

/// Products and the sections they lie in.
enum Products {
    /// Number of the information block that is this portal's one product catalogue.
    static let catalogID = 23
    /// Unit code of "pieces", https://apidocs.bitrix24.com/api-reference/catalog/measure/index.html
    static let piecesCode = 796

    static let product = RecordKind(
        ProductTables.product, missing: PortalFailure("", "Product is not found")
    ) { state, userID, record, isNew throws(PortalFailure) in
        guard !record.text("NAME").isEmpty else { throw PortalFailure("", "The product name is not specified.") }
        record.fields["TIMESTAMP_X"] = .string(state.now)
        record.fields["MODIFIED_BY"] = .string(String(userID))
        guard isNew else { return }
        record.fields["CREATED_BY"] = .string(String(userID))
        record.fields["DATE_CREATE"] = .string(state.now)
        record.fields["CATALOG_ID"] = .string(String(catalogID))
        record.fill([
            ("ACTIVE", "Y"), ("SORT", "500"), ("VAT_INCLUDED", "N"), ("DESCRIPTION_TYPE", "text"), ("TYPE", "1"),
            ("AVAILABLE", "Y"), ("BUNDLE", "N"), ("CAN_BUY_ZERO", "Y"), ("QUANTITY", "0"), ("QUANTITY_TRACE", "N"),
            ("PREVIEW_TEXT_TYPE", "text"), ("QUANTITY_RESERVED", "0"), ("XML_ID", .string(String(record.id))),
            ("CURRENCY_ID", .string(state.settings.baseCurrency)),
        ])
    }

    static let section = RecordKind(
        ProductTables.section, missing: PortalFailure("", "Product section is not found")
    ) { _, _, record, isNew throws(PortalFailure) in
        guard !record.text("NAME").isEmpty else { throw PortalFailure("", "The section name is not specified.") }
        guard isNew else { return }
        record.fields["CATALOG_ID"] = .string(String(catalogID))
        record.fill([("SORT", "500"), ("ACTIVE", "Y"), ("DESCRIPTION_TYPE", "text")])
    }

    /// `crm.product.*` and `crm.productsection.*`: halted, and what the extraction tools still read.
    ///
    /// https://apidocs.bitrix24.com/api-reference/crm/outdated/products/index.html
    static let methods: [PortalMethod] =
        RecordMethods(
            prefix: "crm.product", kind: product, shown: ProductTables.classicProduct, isForAdministrators: true
        ).methods
        + RecordMethods(
            prefix: "crm.productsection", kind: section, shown: ProductTables.classicSection
        ).methods
}
