import Wire

// Whether items are on the portal, by their origins.
extension ManyWrite {
    mutating func lookUp(_ places: [Int], nowMS: UInt64) -> Action {
        var groups: [(fields: OriginFields, system: String, places: [Int])] = []
        var known: [String: Int] = [:]
        for place in places {
            guard let fields = items[place].fields, let origin = items[place].origin else { continue }
            let key = "\(fields.list) \(fields.entityTypeID ?? 0) \(origin.system)"
            if let group = known[key] {
                groups[group].places.append(place)
            } else {
                known[key] = groups.count
                groups.append((fields, origin.system, [place]))
            }
        }
        var commands: [BatchCommand] = []
        var asked: [LookUp] = []
        for group in groups {
            let control = control(of: group.fields, group.system)
            let idsMax = control == nil ? OriginFields.rowsMax : OriginFields.rowsMax - 1
            for start in stride(from: 0, to: group.places.count, by: idsMax) {
                let part = Array(group.places[start..<min(start + idsMax, group.places.count)])
                let ids = (part + (control.map { [$0] } ?? [])).compactMap { items[$0].origin?.id }
                commands.append(group.fields.lookUp("look-up \(asked.count)", system: group.system, ids))
                asked.append(LookUp(places: part, control: control))
            }
        }
        return send(commands, asked, nowMS: nowMS)
    }

    private func control(of fields: OriginFields, _ system: String) -> Int? {
        items.firstIndex { item in
            guard case .done = item.outcome else { return false }
            return item.fields == fields && item.origin?.system == system
        }
    }

    private mutating func send(_ commands: [BatchCommand], _ asked: [LookUp], nowMS: UInt64) -> Action {
        let perRequest = Batch.commandsPerRequestMax
        var requests: [BatchRequest] = []
        var sent: [[LookUp]] = []
        for start in stride(from: 0, to: commands.count, by: perRequest).prefix(policy.requestsMax) {
            let end = min(start + perRequest, commands.count)
            do throws(Failure) {
                requests.append(try BatchRequest(Array(commands[start..<end]), halt: false))
                sent.append(Array(asked[start..<end]))
            } catch {
                // An origin with text that portals replace cannot be asked for.
                for place in asked[start..<end].flatMap(\.places) { giveUp(place, error) }
            }
        }
        guard !requests.isEmpty else { return next(nowMS: nowMS) }
        round = .lookUps(sent, askedMS: nowMS)
        return .send(requests)
    }

    mutating func lookedUp(_ commands: [LookUp], _ answer: BatchAnswer, askedMS: UInt64, _ nowMS: UInt64) {
        switch answer {
        case .failed(let failure):
            for command in commands { failed(command.places, failure, nowMS) }
        case .reply(let reply):
            for (command, entry) in zip(commands, reply.entries) {
                let places = command.places
                switch entry.outcome {
                case .failed(let failure): failed(places, failure, nowMS)
                case .notRun: failed(places, unreadable("the answer to the batch does not mention it"), nowMS)
                case .result(let range):
                    let result = try? JSONValue(parsing: Array(reply.reply.bytes[range]))
                    found(command, result ?? .null, askedMS: askedMS, nowMS)
                }
            }
        }
    }

    private mutating func found(_ command: LookUp, _ result: JSONValue, askedMS: UInt64, _ nowMS: UInt64) {
        let places = command.places
        guard let fields = places.first.flatMap({ items[$0].fields }), let rows = fields.found(in: result) else {
            failed(places, unreadable("the look-up's answer is no list of records"), nowMS)
            return
        }
        let control = command.control.flatMap { items[$0].origin }
        let wanted = Set((places.map { items[$0].origin } + [control]).compactMap { $0?.folded })
        // A portal that does not filter by origin shows others: that an item is not among them proves nothing.
        guard rows.allSatisfy({ wanted.contains($0.origin.folded) }) else {
            for place in places { giveUp(place, unreadable("the portal does not filter by origin")) }
            return
        }
        lookUpFailures = 0
        var results: [RecordOrigin: JSONValue] = [:]
        for row in rows where results[row.origin] == nil { results[row.origin] = row.result }
        var isProgress = false
        for place in places {
            guard let origin = items[place].origin, let result = results[origin] else { continue }
            end(place, .done(result.encoded()))
            isProgress = true
        }
        let isCut = rows.count >= OriginFields.rowsMax
        let isBlind = !isCut && control.map { results[$0] == nil } ?? false
        for place in places where items[place].standing != .over {
            // Where origins occur more than once, the page may have ended before this one.
            if isBlind {
                giveUp(place, unreadable("records that were just added cannot be read"))
            } else if isCut {
                if !isProgress { giveUp(place, unreadable("more records have the origin than one page shows")) }
            } else {
                notFound(place, askedMS: askedMS)
            }
        }
    }

    private mutating func notFound(_ place: Int, askedMS: UInt64) {
        if items[place].standing == .unchecked {
            items[place].standing = .ready
        } else if !isSettled(place, nowMS: askedMS) {
            items[place].standing = .missing
        } else if items[place].sendings < policy.sendingsMax {
            sendAgain(place)
        } else if var failure = items[place].loss {
            failure.outcome = .nothingDone
            failure.retryable = true
            failure.hint =
                "It was sent \(items[place].sendings) times and is not on the portal: look what is wrong there."
            end(place, .failed(failure))
        }
    }

    /// The look-up itself failed: it is repeated where that may help.
    private mutating func failed(_ places: [Int], _ failure: Failure, _ nowMS: UInt64) {
        guard failure.retryable, lookUpFailures < policy.lookUpFailuresMax else {
            for place in places { giveUp(place, failure) }
            return
        }
        if holdUntilMS <= nowMS {
            lookUpFailures += 1
            hold(failure, nowMS: nowMS)
        }
    }

    private mutating func giveUp(_ place: Int, _ failure: Failure) {
        guard var known = items[place].loss else {
            end(place, .failed(failure.about(failure.method, access, part: ManyWrite.part(place)).unsent()))
            return
        }
        known.hint += " It could not be looked up: \(failure.sentence)."
        known.retryable = false
        end(place, .failed(known))
    }

    private func unreadable(_ message: String) -> Failure {
        Failure(
            code: "LOOK_UP", message: message, method: items.first?.fields?.list ?? method, status: 200,
            category: .unreadable, outcome: .unknown, access: .read)
    }
}

extension RecordOrigin {
    /// Portals compare texts without regard to letter case.
    fileprivate var folded: RecordOrigin { RecordOrigin(system: system.lowercased(), id: id.lowercased()) }
}

extension Failure {
    /// The trouble came before the write was sent.
    fileprivate func unsent() -> Failure {
        var failure = self
        failure.outcome = .nothingDone
        failure.hint = "Nothing was sent for it, as nobody could tell whether it is there: \(hint)"
        return failure
    }
}
