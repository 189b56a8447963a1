// Fields of the catalogue, in the order Bitrix24 prints them. The classic name is `crm.product.*`'s, the other
// `catalog.product.*`'s: one product in two views.
//
// https://apidocs.bitrix24.com/api-reference/catalog/data-types.html
enum ProductTables {
    static let product = RecordTable(
        "crm_product",
        spec: """
            ID = integer ro
            CATALOG_ID iblockId integer fixed
            PRICE - double
            CURRENCY_ID - string
            NAME = string req
            CODE = string
            DESCRIPTION detailText string
            DESCRIPTION_TYPE detailTextType string
            ACTIVE = char
            SECTION_ID iblockSectionId integer
            SORT = integer
            VAT_ID = integer
            VAT_INCLUDED = char
            MEASURE = integer
            XML_ID = string
            PREVIEW_PICTURE = file
            DETAIL_PICTURE = file
            DATE_CREATE = datetime ro
            TIMESTAMP_X = datetime ro
            MODIFIED_BY = integer ro
            CREATED_BY = integer ro
            TYPE = integer ro
            AVAILABLE = char ro
            BUNDLE = char ro
            CAN_BUY_ZERO = char
            QUANTITY = double
            QUANTITY_RESERVED = double
            QUANTITY_TRACE = char
            PURCHASING_PRICE = double
            PURCHASING_CURRENCY = string
            PREVIEW_TEXT = string
            PREVIEW_TEXT_TYPE = string
            WEIGHT = double
            LENGTH = double
            WIDTH = double
            HEIGHT = double
            DATE_ACTIVE_FROM = datetime
            DATE_ACTIVE_TO = datetime
            """)

    /// What `crm.product.*` shows of a product.
    static let classicProduct: [String] = product.fields.prefix { $0.name != "TYPE" }.map(\.name)

    static let section = RecordTable(
        "crm_product_section",
        spec: """
            ID = integer ro
            CATALOG_ID iblockId integer fixed
            SECTION_ID iblockSectionId integer
            NAME = string req
            XML_ID = string
            CODE = string
            SORT = integer
            ACTIVE = char
            DESCRIPTION = string
            DESCRIPTION_TYPE = string
            """)

    /// What `crm.productsection.*` shows of a section.
    static let classicSection: [String] = section.fields.prefix { $0.name != "SORT" }.map(\.name)

    static let row = RecordTable(
        "crm_product_row",
        spec: """
            ID = integer ro
            OWNER_ID = integer fixed
            OWNER_TYPE = string fixed
            PRODUCT_ID = integer
            PRODUCT_NAME = string
            PRICE = double
            PRICE_ACCOUNT = double ro
            PRICE_EXCLUSIVE = double ro
            PRICE_NETTO = double ro
            PRICE_BRUTTO = double ro
            QUANTITY = double
            DISCOUNT_TYPE_ID = integer
            DISCOUNT_RATE = double
            DISCOUNT_SUM = double
            TAX_RATE = double
            TAX_INCLUDED = char
            TAX_NAME = string
            CUSTOMIZED = char ro
            MEASURE_CODE = integer
            MEASURE_NAME = string ro
            SORT = integer
            XML_ID = string ro
            TYPE = integer ro
            STORE_ID = integer ro
            """)
}
