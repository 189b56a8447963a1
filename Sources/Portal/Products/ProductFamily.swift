/// The catalogue and what records sell of it.
enum ProductFamily {
    static let family = PortalFamily(
        "products",
        schema: ProductTables.product.schema + ProductTables.section.schema + ProductRows.schema,
        methods: Products.methods + CatalogMethods.methods + ProductRowMethods.methods + ClassicProductRows.methods)
}
