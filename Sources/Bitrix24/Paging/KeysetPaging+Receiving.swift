extension KeysetPaging {
    /// - Returns: the pages whose turn has come.
    mutating func receive(_ replies: [Reply]) throws(Failure) -> Result<[Pager.Page], Trouble> {
        for (asked, reply) in zip(pending, replies) where stretches.indices.contains(asked.place) {
            if let trouble = try take(reply, at: asked.place, asked.request) { return .failure(trouble) }
        }
        pending = []
        return .success(givenOut())
    }

    private mutating func take(_ reply: Reply, at place: Int, _ request: BatchRequest?) throws(Failure) -> Trouble? {
        guard let request else {
            guard let page = scan.page(of: reply) else { throw Pager.notAList(query.method) }
            return takeSingle(page, reply, at: place)
        }
        let (batch, pages) = try scan.pages(of: reply, to: request)
        defer { limitChain(reply.time?.duration, commands: request.commands.count) }
        return isFirst ? try takeFirst(batch, pages, reply) : try takeChain(batch, pages, reply, for: place)
    }

    private mutating func givenOut() -> [Pager.Page] {
        var pages: [Pager.Page] = []
        while let first = stretches.first {
            pages += first.pages
            stretches[0].pages = []
            guard first.isComplete else { return pages }
            stretches.removeFirst()
        }
        isDone = top.map { (divided ?? .min) >= $0 } ?? true
        return pages
    }

    // -- Replies ------------------------------------------------------------------------------------------------------

    /// A page asked for alone: an empty one is the end of its stretch.
    private mutating func takeSingle(_ page: RowPage, _ reply: Reply, at place: Int) -> Trouble? {
        if let trouble = trouble(with: page, after: stretches[place].cursor) { return trouble }
        if let suspected = stretches[place].suspected, page.count > 0 { distrust(suspected) }
        isFirst = false
        stretches[place].suspected = nil
        stretches[place].mayBeOver = page.count < rowsPerPage
        accept(page, reply, at: place)
        let isAtBound = stretches[place].bound.map { $0 <= stretches[place].cursor ?? .min } ?? false
        stretches[place].isComplete = page.count == 0 || isAtBound
        return nil
    }

    /// The first page, and the last identifier where the portal can tell it.
    private mutating func takeFirst(
        _ batch: BatchReply, _ pages: [Int: RowPage], _ reply: Reply
    ) throws(Failure) -> Trouble? {
        if case .failed(let failure) = batch.entries[0].outcome { throw failure }
        guard case .result = batch.entries[0].outcome, let page = pages[0] else { throw Pager.notAList(query.method) }
        if let trouble = trouble(with: page, after: query.ownCursor) { return trouble }
        isFirst = false
        accept(page, reply, at: 0)
        rowsPerPage = max(rowsPerPage, page.count)
        guard case .result = batch.entries[1].outcome, let end = pages[1], end.count == 0 || end.isDescending,
            end.count > 0 || page.count == 0
        else {
            profile.keepsRanges = false
            stretches[0].mayBeOver = page.count < rowsPerPage
            return nil
        }
        top = end.firstID
        divided = stretches[0].cursor
        stretches[0].isComplete = true
        if let first = page.firstID, let last = page.lastID, page.count > 1 {
            learnThickness(rows: page.count - 1, from: first, to: last)
            if let top, last < top, page.count < rowsPerPage { rowsPerPage = page.count }
        }
        return nil
    }

    /// A stretch's last identifier, if it was asked for, and its pages.
    private mutating func takeChain(
        _ batch: BatchReply, _ pages: [Int: RowPage], _ reply: Reply, for stretch: Int
    ) throws(Failure) -> Trouble? {
        let before = (cursor: stretches[stretch].cursor, rows: rowCount)
        let firstPage = profile.keepsRanges ? 1 : 0
        var end: Int64?
        for (place, entry) in batch.entries.enumerated() {
            if case .failed(let failure) = entry.outcome, place <= firstPage { throw failure }
            guard case .result = entry.outcome, let page = pages[place] else {
                // The chain broke off: once more from here.
                if place <= firstPage { throw Pager.notAList(query.method) }
                break
            }
            if place < firstPage {
                guard page.count == 0 || page.isDescending else {
                    distrustRanges(from: stretch)
                    return nil
                }
                end = page.firstID
                if end == nil { break }
                continue
            }
            let isFirstPage = place == firstPage
            if let trouble = trouble(with: page, after: stretches[stretch].cursor) {
                if isFirstPage { return trouble }
                distrust(sent.reference)
                break
            }
            if let bound = stretches[stretch].bound, let last = page.lastID, last > bound {
                distrustRanges(from: stretch)
                return nil
            }
            if isFirstPage, page.count > 0, let suspected = stretches[stretch].suspected { distrust(suspected) }
            stretches[stretch].suspected = page.count == 0 && !isFirstPage ? sent.reference : nil
            accept(page, reply, at: stretch)
            if page.count != sent.rows {
                learnPageLength(page.count, isFirstPage: isFirstPage, isEnd: stretches[stretch].cursor == end)
                break
            }
        }
        try settle(stretch, end, from: before.cursor, rows: rowCount - before.rows)
        return nil
    }

    /// Whether a stretch is complete, and if not, whether it gets on.
    private mutating func settle(
        _ place: Int, _ end: Int64?, from before: Int64?, rows: Int
    ) throws(Failure) {
        let cursor = stretches[place].cursor
        guard profile.keepsRanges else {
            // A page that is not full, or none, may be the end: the next page, asked for alone, tells.
            stretches[place].mayBeOver = true
            return
        }
        let isLast = place == stretches.count - 1
        guard let end, cursor.map({ $0 < end }) ?? true else {
            stretches[place].isComplete = true
            stretches[place].suspected = nil
            if rows == 0 {
                isInGap = isLast
            } else if let before, let cursor {
                learnThickness(rows: rows, from: before, to: cursor)
            }
            return
        }
        guard rows > 0 else {
            stretches[place].stalls += 1
            guard stretches[place].stalls <= KeysetPaging.stallsMax else {
                throw Pager.broken(
                    query.method, "the portal names a last row that none of its pages brings: where it ends is unknown")
            }
            return
        }
        stretches[place].stalls = 0
        if let before, let cursor { learnThickness(rows: rows, from: before, to: cursor) }
        // What is left of the last stretch is divided anew.
        if isLast, stretches[place].suspected == nil {
            stretches[place].isComplete = true
            divided = cursor
        }
    }

    // -- One page -----------------------------------------------------------------------------------------------------

    /// Nil when each row comes after the one before it, in this page and across pages.
    private func trouble(with page: RowPage, after cursor: Int64?) -> Trouble? {
        guard page.count > 0 else { return nil }
        guard page.isAscending, let first = page.firstID else { return .unordered }
        if let cursor, first <= cursor { return .ignoresFilter }
        return nil
    }

    private mutating func accept(_ page: RowPage, _ reply: Reply, at place: Int) {
        guard page.count > 0, let rows = page.rows(from: 0, in: reply.bytes) else { return }
        stretches[place].pages.append(rows)
        stretches[place].cursor = page.lastID
        if pagesAccepted == 0 { firstPage = page }
        // From the second page on there is no way back to paging by offset.
        scan.keepsIdentities = false
        rowCount += page.count
        pagesAccepted += 1
        bytesPerRow = max(bytesPerRow, page.range.count / page.count)
    }

    // -- What is learnt -----------------------------------------------------------------------------------------------

    /// Identifiers may lie further apart than an `Int64` tells.
    private mutating func learnThickness(rows: Int, from first: Int64, to last: Int64) {
        identifiersPerRow = max(1, (Double(last) - Double(first)) / Double(max(1, rows)))
    }

    /// A portal with pages of another length: references count on it.
    private mutating func learnPageLength(_ count: Int, isFirstPage: Bool, isEnd: Bool) {
        if count > sent.rows || (isFirstPage && !isEnd && count > 0) { rowsPerPage = count }
    }

    /// What the portal makes of our references is not what we thought: first without the second condition, then
    /// without chains.
    private mutating func distrust(_ reference: KeysetReference) {
        switch reference {
        case .inText: profile.replacesInTexts = false
        case .plain: profile.chains = false
        }
    }

    /// Stretches cannot be told apart: from here on there is one, to the list's end.
    private mutating func distrustRanges(from place: Int) {
        profile.keepsRanges = false
        stretches.removeSubrange((place + 1)...)
        stretches[place].bound = nil
        stretches[place].isComplete = false
        top = nil
    }

    private mutating func limitChain(_ duration: Double?, commands: Int) {
        guard let duration, duration > 0, commands > 0 else { return }
        let perCommand = duration / Double(commands)
        guard perCommand * Double(commandsMax) > KeysetPaging.chainSeconds else { return }
        commandsMax = min(commandsMax, max(2, Int(KeysetPaging.chainSeconds / perCommand)))
    }
}
