/// One option of a verb: its spelling, the name of its value (nil for a switch) and what it means.
struct Option {
    let name: String
    let value: String?
    let repeats: Bool
    let doc: String

    /// An option with a value.
    init(_ name: String, _ value: String, repeats: Bool = false, _ doc: String) {
        self.name = name
        self.value = value
        self.repeats = repeats
        self.doc = doc
    }

    /// A switch.
    init(_ name: String, _ doc: String) {
        self.name = name
        value = nil
        repeats = false
        self.doc = doc
    }
}

/// A verb's words, read against its declared options. `--name value` and `--name=value` mean the same; `--` ends
/// the options.
struct Options {
    private(set) var operands: [String] = []
    private var values: [String: [String]] = [:]

    init(_ words: [String], _ declared: [Option], verb: String, operandsMax: Int = .max) throws(CommandLineFailure) {
        var index = 0
        var onlyOperands = false
        while index < words.count {
            let word = words[index]
            index += 1
            guard !onlyOperands, word.hasPrefix("-"), word != "-" else {
                operands.append(word)
                continue
            }
            if word == "--" {
                onlyOperands = true
                continue
            }
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let option = declared.first(where: { $0.name == parts[0] }) else {
                throw .usage("'\(verb)' has no option \(parts[0])", verb: verb)
            }
            let value: String
            switch (option.value, parts.count) {
            case (nil, 1): value = ""
            case (nil, _): throw .usage("\(option.name) takes no value", verb: verb)
            case (_, 2): value = parts[1]
            case (let name?, _):
                guard index < words.count else {
                    throw .usage("\(option.name) needs its value: \(option.name) \(name)", verb: verb)
                }
                value = words[index]
                index += 1
            }
            guard option.repeats || values[option.name] == nil else {
                throw .usage("\(option.name) is given twice", verb: verb)
            }
            values[option.name, default: []].append(value)
        }
        guard operands.count <= operandsMax else {
            throw .usage("'\(operands[operandsMax])' is one word too many", verb: verb)
        }
    }

    func has(_ name: String) -> Bool { values[name] != nil }
    func value(_ name: String) -> String? { values[name]?.last }
    func all(_ name: String) -> [String] { values[name] ?? [] }
}
