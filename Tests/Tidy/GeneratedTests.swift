import Testing

@Suite("Generated files are up to date")
struct GeneratedTests {
    /// `tools/catalog.py --check` compares byte by byte; this needs no Python, so that it holds on a fresh machine too.
    @Test("the embedded catalog has the rows of catalog/methods.tsv")
    func catalog() throws {
        let facts = try Repository.text("catalog/methods.tsv").split(separator: "\n").dropFirst().map(withoutEmptyEnd)
        let generated = try Repository.text("Sources/Bitrix24/Catalog/Catalog.gen.swift")
        let literal = try #require(generated.firstMatch(of: /#"""\n([^"]*)\n"""#/)?.output.1)
        let rows = literal.split(separator: "\n").map(String.init)
        #expect(facts.count == rows.count)
        let differing = zip(facts, rows).first { $0 != $1 }
        #expect(differing == nil, "run tools/catalog.py")
    }

    private func withoutEmptyEnd(_ row: Substring) -> String {
        var row = row
        while row.last == "\t" { row.removeLast() }
        return String(row)
    }
}
