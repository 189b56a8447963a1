// Failures are built out of line, so that the scanner's loops stay small.
extension JSONScanner {
    /// What an empty buffer points to; never read.
    @usableFromInline static var nowhere: UnsafePointer<UInt8> {
        UnsafePointer(bitPattern: 1).unsafelyUnwrapped
    }

    @usableFromInline
    static func tooLong(_ bytes: Int, _ limits: JSONLimits) -> JSONFailure {
        JSONFailure(
            kind: .size, message: "\(bytes) bytes are more than bytesMax, \(limits.bytesMax)", offset: 0)
    }

    @usableFromInline
    func failure(_ kind: JSONFailure.Kind, _ message: String, at: Int) -> JSONFailure {
        JSONFailure(kind: kind, message: message, offset: at)
    }

    @usableFromInline
    func truncated() -> JSONFailure { truncated(at: count) }

    func truncated(at: Int) -> JSONFailure {
        failure(.truncated, count == 0 ? "the text is empty" : "the text ends in the middle of a value", at: at)
    }

    @usableFromInline
    func unexpected(_ expected: StaticString) -> JSONFailure {
        failure(.syntax, "\(expected) was expected", at: position)
    }

    @usableFromInline
    func trailing() -> JSONFailure { failure(.syntax, "something follows the value", at: position) }

    @usableFromInline
    func tooDeep() -> JSONFailure { failure(.depth, "nested deeper than depthMax, \(depthMax)", at: position) }

    /// The text ends before the word can: `nul` is cut short, `nux` is wrong.
    @usableFromInline
    func cutWord() -> JSONFailure {
        let rest = (position..<count).map { base[$0] }
        let words: [StaticString] = ["true", "false", "null"]
        let isPrefix = words.contains { word in
            rest.elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: rest.count))
        }
        return isPrefix ? truncated() : unexpected("true, false or null")
    }

    func notUTF8(at: Int) -> JSONFailure { failure(.encoding, "not valid UTF-8", at: at) }
}
