import Bitrix24

extension PortalConnection {
    /// Waits until the call may go out, or came back in a pack; nil when `RetryPolicy.waitMSMax` is over.
    ///
    /// - Parameter startNS: since when it counts.
    func turn(
        _ call: Call, _ options: DispatchOptions, _ run: RunTicket, at portal: String, since startNS: UInt64
    ) async -> CallPump.Turn? {
        run.waits.begin()
        var endNS: UInt64?
        defer { run.waits.end(nowNS: endNS ?? MonotonicClock.nowNS()) }
        let turn: CallPump.Turn?
        if let waitMSMax = retryPolicy.waitMSMax {
            turn = await pump.turn(call, options, at: portal, untilNS: startNS + waitMSMax * 1_000_000)
        } else {
            turn = await pump.turn(call, options, at: portal)
        }
        if case .settled(_, _, let sentNS)? = turn { endNS = sentNS }
        return turn
    }
}

extension CallPump {
    /// The same for no longer than `untilNS`; nil when that is over.
    fileprivate func turn(
        _ call: Call, _ options: DispatchOptions, at portal: String, untilNS: UInt64
    ) async -> Turn? {
        await withTaskGroup(of: Turn?.self) { group in
            group.addTask { await self.turn(call, options, at: portal) }
            group.addTask {
                let nowNS = MonotonicClock.nowNS()
                guard untilNS > nowNS else { return nil }
                do {
                    try await Task.sleep(for: .nanoseconds(Int64(clamping: untilNS - nowNS)))
                } catch {
                    return .failed(.cancelled)
                }
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            if let first { return first }
            // A turn that came at the last moment is taken: the budget has counted a request for it.
            for await late in group {
                if let late, !late.isCancelled { return late }
            }
            return nil
        }
    }
}

extension CallPump.Turn {
    fileprivate var isCancelled: Bool {
        if case .failed(.cancelled) = self { return true }
        return false
    }
}
