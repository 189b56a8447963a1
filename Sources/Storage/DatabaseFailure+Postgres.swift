extension DatabaseFailure {
    /// A failure the server reported: `words` are its primary message, in whatever language it speaks.
    ///
    /// Without a state the connection broke before the server could say anything.
    init(sqlState: String, _ words: String, doing sql: String) {
        let what = DatabaseFailure.excerpt(sql)
        guard !sqlState.isEmpty else {
            self.init(.connectionLost, "\(what): the server closed the connection without an answer.")
            return
        }
        let reason = DatabaseFailure.mayQuoteValues(sqlState) ? DatabaseFailure.dataWords(sqlState) : words
        self.init(Kind(sqlState: sqlState), sqlState: sqlState, "\(what): \(reason) (SQLSTATE \(sqlState))")
    }

    /// Messages of these classes quote the value that is wrong: data exceptions, and what functions raise. Those of
    /// broken rules quote it in their detail, which is not read.
    private static func mayQuoteValues(_ sqlState: String) -> Bool {
        ["22", "P0"].contains(sqlState.prefix(2))
    }

    private static func dataWords(_ sqlState: String) -> String {
        switch sqlState {
        case "22001": "a text is too long for its column"
        case "22003": "a number is out of its type's range"
        case "22012": "a division by zero"
        case "22021": "a text holds bytes that the database's encoding has no character for"
        case "22P02", "22P03": "a value has not the form of its type"
        default: "a value was refused"
        }
    }
}

extension DatabaseFailure.Kind {
    /// https://www.postgresql.org/docs/current/errcodes-appendix.html: the first two characters are the class.
    init(sqlState: String) {
        self =
            switch sqlState {
            case "55P03": .busy  // lock_timeout
            case "57014": .timedOut  // statement_timeout
            case "25006": .readOnly
            case "25P03", "57P01", "57P02", "57P03", "57P05": .connectionLost  // the server hangs up
            case "58030": .disk
            case "XX001", "XX002": .corrupt
            default:
                switch sqlState.prefix(2) {
                case "08": .connectionLost
                case "22": .type
                case "23": .constraint
                case "28": .cannotOpen
                case "40": .busy
                case "53": .disk
                case "54": .tooLarge
                default: .sql
                }
            }
    }
}
