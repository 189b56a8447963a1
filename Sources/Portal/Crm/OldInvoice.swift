internal import Wire

/// What is particular to the halted invoices: fields that must be there, products inside the record, payment.
///
/// https://apidocs.bitrix24.com/api-reference/crm/outdated/invoice/crm-invoice-add.html
struct OldInvoice {
    let state: PortalState
    let userID: Int

    /// - Parameter before: the invoice as it was; nil for a new one.
    func settle(_ record: inout StoredRecord, before: StoredRecord?) throws(PortalFailure) {
        for name in ["ORDER_TOPIC", "PAY_SYSTEM_ID", "PERSON_TYPE_ID"] where record.text(name).isEmpty {
            throw PortalFailure("ERROR_CORE", "The field \(name) is required.<br>")
        }
        let editor = JSONValue.string(String(userID))
        if before == nil {
            record.fields["LID"] = "s1"
            record.fields["PAYED"] = "N"
            record.fields["CURRENCY"] = .string(state.settings.baseCurrency)
            record.fill([("DATE_BILL", .string(midnight)), ("DATE_INSERT", .string(state.now))])
        }
        if before == nil || record.fields["STATUS_ID"] != before?.fields["STATUS_ID"] {
            record.fields["DATE_STATUS"] = .string(state.now)
            record.fields["EMP_STATUS_ID"] = editor
            let isPaid = record.fields["STATUS_ID"] == "P"
            record.fields["PAYED"] = isPaid ? "Y" : "N"
            record.fields["DATE_PAYED"] = isPaid ? .string(state.now) : .null
            record.fields["EMP_PAYED_ID"] = isPaid ? editor : .null
        }
        settleProducts(&record)
    }

    private var midnight: String {
        let today = state.local(state.clock.unixSeconds).date
        return state.iso8601(state.instant(local: .init(date: today, time: .midnight)))
    }

    private func settleProducts(_ record: inout StoredRecord) {
        var rows: [JSONValue] = []
        var (price, tax) = (0.0, 0.0)
        for (index, item) in (record.fields["PRODUCT_ROWS"] ?? .null).phpList.enumerated() {
            var row = item.objectValue ?? JSONObject()
            let unit = row["PRICE"]?.lenientDouble ?? 0
            let quantity = row["QUANTITY"]?.lenientDouble ?? 1
            let rate = row["VAT_RATE"]?.lenientDouble ?? 0
            let isIncluded = row["VAT_INCLUDED"]?.isTruthy ?? true
            price += unit * quantity * (isIncluded ? 1 : 1 + rate)
            tax += unit * quantity * (isIncluded ? rate / (1 + rate) : rate)
            if (row["ID"]?.lenientInteger ?? 0) == 0 { row["ID"] = .integer(Int64(record.id * 1000 + index + 1)) }
            rows.append(.object(row))
        }
        record.fields["PRODUCT_ROWS"] = .array(rows)
        record.fields["PRICE"] = .string(FieldValue.money(price.isFinite ? price : 0))
        record.fields["TAX_VALUE"] = .string(FieldValue.money(tax.isFinite ? tax : 0))
    }
}
