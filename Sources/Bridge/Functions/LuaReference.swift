import CLua
import Synchronization

/// A Lua function that the host keeps, such as a handler given to `on`. Letting go of it only notes the slot; the run
/// frees it the next time it is entered.
public final class LuaReference {
    let slot: Int32
    let queue: ReferenceQueue

    init(slot: Int32, queue: ReferenceQueue) {
        self.slot = slot
        self.queue = queue
        LiveObjects.add(1)
    }

    deinit {
        queue.release(slot)
        LiveObjects.add(-1)
    }
}

/// Slots that nobody holds any more. A reference may die on any thread; the run's owner empties this.
final class ReferenceQueue: Sendable {
    private let slots = Mutex<[Int32]>([])

    func release(_ slot: Int32) { slots.withLock { $0.append(slot) } }

    func free(in state: LuaState) {
        let released = slots.withLock { slots in
            defer { slots.removeAll(keepingCapacity: true) }
            return slots
        }
        for slot in released { clua_unref(state, slot) }
    }
}
