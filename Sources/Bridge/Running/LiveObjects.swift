import Synchronization

/// Counts the boxes that Lua can keep alive, for the tests that prove none is lost.
package enum LiveObjects {
    private static let counter = Atomic<Int>(0)

    package static var count: Int { counter.load(ordering: .relaxed) }
    static func add(_ change: Int) { counter.add(change, ordering: .relaxed) }
}
