import Testing

/// One place that breaks a rule of the house.
struct Finding: Equatable, CustomStringConvertible {
    var path: String
    /// From 1; 0 when the whole file is meant.
    var line: Int
    var message: String

    var description: String { line > 0 ? "\(path):\(line): \(message)" : "\(path): \(message)" }
}

/// Reports each finding as a failure of its own, so that one run shows them all.
func report(_ findings: [Finding], sourceLocation: SourceLocation = #_sourceLocation) {
    for finding in findings {
        Issue.record("\(finding)", sourceLocation: sourceLocation)
    }
}
