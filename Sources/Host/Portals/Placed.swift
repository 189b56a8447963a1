/// What came of one of several things done at once, and which of them it was.
struct Placed<Value: Sendable>: Sendable {
    let place: Int
    let value: Value

    init(_ place: Int, _ value: Value) {
        self.place = place
        self.value = value
    }
}
