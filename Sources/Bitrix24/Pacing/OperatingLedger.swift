/// The operating time of the methods of one portal: how much of it each method has used up, as the portal tells it, and
/// which of them have to wait until some of it is free again.
///
/// A portal lets one method work 480 s in ten minutes for each webhook or application. It sums the work up in ten
/// minutes, of which the oldest leaves as a whole, ten minutes after its first call. The sum is looked at before a call
/// is run, and only more than the limit refuses it: the call that crosses the limit still succeeds. So a method is held
/// back when its sum is above the limit, and no earlier.
/// Source: https://apidocs.bitrix24.com/limits.html
///
/// Portals account for the commands of a batch in one of two ways, and both are understood: to each command's method,
/// or to `batch`, which then is a method among others.
public struct OperatingLedger: Sendable {
    /// Whose time, and for what.
    public struct Key: Hashable, Sendable {
        /// A name of the webhook or application that is no secret: `Credential.holder`.
        public var holder: String
        /// In lower case.
        public var method: String

        public init(holder: String, method: String) {
            self.holder = holder
            self.method = method.asciiLowercased()
        }
    }

    /// What is known of one method, fit to be told to other processes.
    public struct Entry: Sendable, Equatable {
        /// Seconds used in the last ten minutes, when they were told.
        public var seconds: Double
        /// When the oldest minute leaves the sum, by our clock.
        public var resetNS: UInt64
        /// The method waits until then; 0 when it does not.
        public var blockedUntilNS: UInt64

        public init(seconds: Double, resetNS: UInt64, blockedUntilNS: UInt64) {
            self.seconds = seconds
            self.resetNS = resetNS
            self.blockedUntilNS = blockedUntilNS
        }
    }

    /// Work of one minute by the portal's clock.
    fileprivate struct Minute {
        var number: Int
        var leavesNS: UInt64
        var seconds: Double
    }

    fileprivate struct Account {
        var entry = Entry(seconds: 0, resetNS: 0, blockedUntilNS: 0)
        var minutes: [Minute] = []
    }

    /// Cloud portals; where a portal allows less, its refusals say so.
    public static let limitSeconds = 480.0
    static let windowSeconds = 600.0
    static let marginNS: UInt64 = 1_000_000_000
    /// Accounts kept; the catalog has some 1700 methods.
    static let accountsMax = 4096

    private let refusedWaitNSMin: UInt64
    private var accounts: [Key: Account] = [:]
    /// Methods with a wait that may not be over yet: a look-up when there are none costs nothing.
    private var blocked: [Key: UInt64] = [:]
    private var changed: Set<Key> = []
    /// Something was found out since `takeChanges`.
    public var hasChanges: Bool { !changed.isEmpty }
    /// A method was blocked since then, which others should know before they meet it.
    public private(set) var hasNewBlocks = false

    /// - Parameter refusedWaitMSMin: how long a method that was refused waits at least; the portal may tell no times.
    public init(refusedWaitMSMin: UInt64 = RetryPolicy().operatingWaitMSMin) {
        refusedWaitNSMin = refusedWaitMSMin * 1_000_000
    }

    /// When the method may be called again; nil when it may be now.
    public func blockedUntil(_ key: Key, nowNS: UInt64) -> UInt64? {
        guard !blocked.isEmpty, let until = blocked[key], until > nowNS else { return nil }
        return until
    }

    /// The methods that wait at this time, and until when.
    func blocks(nowNS: UInt64) -> [Key: UInt64] { blocked.isEmpty ? [:] : blocked.filter { $0.value > nowNS } }

    /// To be told of every success that came with its timing.
    public mutating func note(_ key: Key, _ time: Timing, nowNS: UInt64) {
        guard let operating = time.operating else { return }
        makeRoom(nowNS)
        var account = accounts[key] ?? Account()
        account.minutes.removeAll { $0.leavesNS <= nowNS }
        if let seconds = time.duration, seconds > 0, let start = time.start ?? time.finish {
            let number = Int(exactly: (start / 60).rounded(.down)) ?? 0
            if let last = account.minutes.indices.last, account.minutes[last].number >= number {
                account.minutes[last].seconds += seconds
            } else {
                let startedNS = nowNS - min(nowNS, UInt64(min(seconds, Self.windowSeconds) * 1e9))
                account.minutes.append(
                    Minute(number: number, leavesNS: startedNS + UInt64(Self.windowSeconds * 1e9), seconds: seconds))
            }
        }
        account.entry.seconds = operating
        if let reset = time.operatingResetAt, let finish = time.finish {
            // Both by the portal's clock: their distance is what counts here.
            account.entry.resetNS = nowNS + UInt64(min(max(0, reset - finish), Self.windowSeconds) * 1e9)
        }
        account.entry.blockedUntilNS = 0
        if operating > Self.limitSeconds { account.entry.blockedUntilNS = account.freeNS(nowNS) }
        set(key, account)
    }

    /// The portal refused the method with `OPERATION_TIME_LIMIT`; such an answer tells no times.
    public mutating func refused(_ key: Key, nowNS: UInt64) {
        makeRoom(nowNS)
        var account = accounts[key] ?? Account()
        account.minutes.removeAll { $0.leavesNS <= nowNS }
        account.entry.blockedUntilNS = max(account.freeNS(nowNS), nowNS + refusedWaitNSMin)
        set(key, account)
    }

    /// What another process found out.
    public mutating func learn(_ key: Key, _ entry: Entry, nowNS: UInt64) {
        makeRoom(nowNS)
        var account = accounts[key] ?? Account()
        guard entry != account.entry, !changed.contains(key) else { return }
        account.entry = entry
        accounts[key] = account
        blocked[key] = entry.blockedUntilNS > nowNS ? entry.blockedUntilNS : nil
    }

    /// What was found out since the last time, for other processes.
    public mutating func takeChanges() -> [(key: Key, entry: Entry)] {
        guard !changed.isEmpty else { return [] }
        defer {
            changed.removeAll(keepingCapacity: true)
            hasNewBlocks = false
        }
        return changed.compactMap { key in accounts[key].map { (key, $0.entry) } }
    }

    private mutating func set(_ key: Key, _ account: Account) {
        accounts[key] = account
        blocked[key] = account.entry.blockedUntilNS > 0 ? account.entry.blockedUntilNS : nil
        changed.insert(key)
        if account.entry.blockedUntilNS > 0 { hasNewBlocks = true }
    }

    /// Lets go of what is older than ten minutes, and of everything should that not be enough: what is forgotten is
    /// learnt again from the next answer.
    private mutating func makeRoom(_ nowNS: UInt64) {
        guard accounts.count >= Self.accountsMax else { return }
        accounts = accounts.filter { max($0.value.entry.resetNS, $0.value.entry.blockedUntilNS) > nowNS }
        if accounts.count >= Self.accountsMax { accounts.removeAll() }
        blocked = blocked.filter { accounts[$0.key] != nil }
        changed = changed.filter { accounts[$0] != nil }
    }
}

extension OperatingLedger.Account {
    /// When the sum is at the limit again, and a margin. The portal tells when the oldest minute leaves; what leaves
    /// with it is what we saw of that minute, and what others did.
    fileprivate func freeNS(_ nowNS: UInt64) -> UInt64 {
        let seen = minutes.reduce(0) { $0 + $1.seconds }
        // Our durations hold more than work at times: then they are shares of the sum.
        let scale = seen > entry.seconds && seen > 0 ? entry.seconds / seen : 1
        var leaving = minutes.map { (atNS: $0.leavesNS, seconds: $0.seconds * scale) }
        if entry.resetNS > nowNS { leaving.append((entry.resetNS, max(0, entry.seconds - seen * scale))) }
        leaving.sort { $0.atNS < $1.atNS }
        var sum = entry.seconds
        for (atNS, seconds) in leaving {
            sum -= seconds
            if sum <= OperatingLedger.limitSeconds { return atNS + OperatingLedger.marginNS }
        }
        return (leaving.last?.atNS ?? nowNS) + OperatingLedger.marginNS
    }
}
