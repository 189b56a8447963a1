import Testing

@testable import Storage

@Suite("Parameters as PostgreSQL counts them")
struct PlaceholderTests {
    @Test(
        "a question mark is a parameter outside quotes and comments only",
        arguments: [
            ("", ""), ("select 1", "select 1"), ("?", "$1"), ("(?,?, ?)", "($1,$2, $3)"), ("ü?", "ü$1"),
            ("'?' ?", "'?' $1"), ("'a''?' ?", "'a''?' $1"), (#"'\' ?"#, #"'\' $1"#), (#"E'\'?' ?"#, #"E'\'?' $1"#),
            (#"e'a''\'?' ?"#, #"e'a''\'?' $1"#), (#"like'\' ?"#, #"like'\' $1"#), (#"'\\' ?"#, #"'\\' $1"#),
            (#""a?""b" ?"#, #""a?""b" $1"#), ("-- ?\n?", "-- ?\n$1"), ("? -- ?", "$1 -- ?"), ("?-?", "$1-$2"),
            ("/* ? /* ? */ ? */ ?", "/* ? /* ? */ ? */ $1"), ("/*? ", "/*? "), ("?/?", "$1/$2"),
            ("$$ ? $$ ?", "$$ ? $$ $1"), ("$a$ ? $b$ ? $a$ ?", "$a$ ? $b$ ? $a$ $1"), ("a$b$?", "a$b$$1"),
            ("$1$ ?", "$1$ $1"), ("$a ?", "$a $1"), ("$", "$"), ("'?", "'?"), ("$$?", "$$?"),
        ])
    func rewriting(sql: String, expected: String) {
        #expect(PostgresPlaceholders.numbered(sql) == expected)
    }
}
