import Bitrix24
import Testing
import Wire

@testable import Host

/// What the inbox is made of: events as portals post them, lanes, redeliveries, identifiers, echoes.
@Suite struct EventPartsTests {
    @Test(
        "A portal's form becomes an event in upper case, without its tokens",
        arguments: [
            ("event=onCrmDealAdd&data[FIELDS][ID]=7&ts=1", "ONCRMDEALADD", #"{"FIELDS":{"ID":"7"}}"#),
            (
                "event=ONTASKUPDATE&data[FIELDS_BEFORE]=undefined&data[FIELDS_AFTER][ID]=3&ts=1", "ONTASKUPDATE",
                #"{"FIELDS_BEFORE":"undefined","FIELDS_AFTER":{"ID":"3"}}"#
            ),
            (
                "code=my_robot&event_token=t.1&properties[sum]=100&ts=1", "robot:my_robot",
                #"{"code":"my_robot","event_token":"t.1","properties":{"sum":"100"}}"#
            ),
            ("event=ONAPPTEST&event_handler_id=4&ts=1", "ONAPPTEST", "{}"),
        ])
    func forms(form: String, name: String, data: String) throws {
        let decoded = try Form.decode(form + "&auth[access_token]=SECRET&auth[application_token]=apptoken1")
        let event = try #require(PortalEvent(decoded, portal: "acme"))
        #expect(event.name == name)
        #expect(String(decoding: event.data, as: UTF8.self) == data)
        #expect(event.applicationToken == Secret("apptoken1"))
        #expect(!String(decoding: event.data, as: UTF8.self).contains("SECRET"))
    }

    @Test(
        "A form that names no event is none", arguments: ["", "data[FIELDS][ID]=7", "event=", "event=a%20b", "code=x"])
    func noEvent(form: String) throws {
        #expect(PortalEvent(try Form.decode(form), portal: "acme") == nil)
    }

    @Test("Events of one record share a lane, those of others do not")
    func lanes() {
        func lane(_ portal: String, _ event: String, _ data: JSONValue) -> Int64 {
            RecordLane.of(portal: portal, event: event, data: data)
        }
        let deal: JSONValue = ["FIELDS": ["ID": "7"]]
        let first = lane("acme", "ONCRMDEALADD", deal)
        #expect(first != 0)
        #expect(lane("acme", "ONCRMDEALUPDATE", deal) == first)
        #expect(lane("acme", "ONCRMDEALMOVETOCATEGORY", deal) == first)
        #expect(lane("other", "ONCRMDEALADD", deal) != first)
        #expect(lane("acme", "ONCRMLEADADD", deal) != first)
        #expect(lane("acme", "ONCRMDEALADD", ["FIELDS": ["ID": "8"]]) != first)
        #expect(lane("acme", "ONTASKADD", ["FIELDS_AFTER": ["ID": "3"]]) != 0)
        #expect(
            lane("acme", "ONTASKUPDATE", ["FIELDS_BEFORE": "undefined", "FIELDS_AFTER": ["ID": "3"]])
                == lane("acme", "ONTASKADD", ["FIELDS_AFTER": ["ID": "3"]]))
        #expect(
            lane("acme", "ONCRMDYNAMICITEMADD", ["FIELDS": ["ID": "1", "ENTITY_TYPE_ID": "31"]])
                != lane("acme", "ONCRMDYNAMICITEMADD", ["FIELDS": ["ID": "1", "ENTITY_TYPE_ID": "147"]]))
        #expect(lane("acme", "ONAPPTEST", ["QUERY": [:]]) == 0)
    }

    @Test("A redelivery is known for its span, and the oldest are forgotten first")
    func redeliveries() {
        var known = Redeliveries()
        var results: [Bool] = []
        for digest in 1...5 { results.append(known.add(UInt64(digest), nowMS: 0, spanMS: 100, max: 3)) }
        // Still known; forgotten, as three are kept; and known no more when its span is over.
        results.append(known.add(5, nowMS: 100, spanMS: 100, max: 3))
        results.append(known.add(1, nowMS: 100, spanMS: 100, max: 3))
        results.append(known.add(5, nowMS: 201, spanMS: 100, max: 3))
        known.remove(5)
        results.append(known.add(5, nowMS: 201, spanMS: 100, max: 3))
        #expect(results == [true, true, true, true, true, false, true, true, true])
    }

    @Test("Identifiers grow, also when the clock jumps back, and read back from their text")
    func identifiers() throws {
        var last = TimeOrderedID.next(nowMS: 1_800_000_000_000)
        for step in 0..<1_000 {
            let next = TimeOrderedID.next(nowMS: 1_800_000_000_000 - Int64(step * 3_600_000))
            #expect(next > last)
            #expect(TimeOrderedID(next.description) == next)
            #expect(next.description > last.description)
            last = next
        }
        for text in ["", "abc", "0000000000000x", "uuuuuuuuuuuuu", "zzzzzzzzzzzzz"] {
            #expect(TimeOrderedID(text) == nil, "\(text)")
        }
    }

    @Test("A write of ours lets one event of its record pass as an echo, and no other")
    func echoes() {
        let echoes = EchoGuard()
        func event(_ name: String, _ id: String) -> StoredEvent {
            let data: JSONValue = ["FIELDS": ["ID": .string(id)]]
            return StoredEvent(
                id: TimeOrderedID.next(nowMS: 1), portal: "acme", name: name, recipe: nil, source: .portal,
                lane: RecordLane.of(portal: "acme", event: name, data: data), digest: nil, receivedMS: 1, dueMS: 1,
                data: data.encoded())
        }
        echoes.wrote([("crm.deal.update", ["id": 7], true)], portal: "acme", nowMS: 0)
        echoes.wrote([("crm.lead.add", ["fields": [:]], 12)], portal: "acme", nowMS: 0)
        #expect(!echoes.consume(event("ONCRMDEALUPDATE", "8"), nowMS: 1))
        #expect(!echoes.consume(event("ONCRMDEALADD", "7"), nowMS: 1))
        #expect(echoes.consume(event("ONCRMDEALUPDATE", "7"), nowMS: 1))
        #expect(!echoes.consume(event("ONCRMDEALUPDATE", "7"), nowMS: 1), "somebody else's change")
        #expect(echoes.consume(event("ONCRMLEADADD", "12"), nowMS: 1))
        echoes.wrote([("crm.deal.update", ["ID": "7"], true)], portal: "acme", nowMS: 0)
        #expect(!echoes.consume(event("ONCRMDEALUPDATE", "7"), nowMS: EchoGuard.spanMS + 1), "too late")
    }

    @Test("Publishing binds what is missing, unbinds what nobody wants, and leaves others' handlers alone")
    func difference() {
        let mine = "https://hooks.example.com/bitrix/acme"
        let difference = Publication.difference(
            wanted: ["ONCRMDEALADD", "ONCRMDEALADD", "ONTASKADD", "book_slot"],
            known: ["ONCRMDEALADD", "OnTaskAdd", "ONCRMLEADADD"],
            handlers: [
                ["event": "ONTASKADD", "handler": .string(mine), "offline": 0],
                ["event": "ONCRMLEADADD", "handler": .string(mine), "offline": 0],
                ["event": "ONCRMDEALADD", "handler": "https://other.example.com/", "offline": 0],
                ["event": "ONCRMDEALADD", "handler": "", "offline": 1],
            ], handler: mine)
        #expect(difference.toBind == ["ONCRMDEALADD"])
        #expect(difference.toUnbind == ["ONCRMLEADADD"])
        #expect(difference.bound == ["ONTASKADD"])
        #expect(difference.foreign == ["book_slot"])
    }

    @Test("What a step brought is read back as it was, failures too, and damaged bytes as none")
    func codec() throws {
        let call = try Call("crm.deal.get", parameters: ["id": 7])
        let effect = Effect(.call(call))
        let raw = RawAnswer(
            status: 200, contentType: "application/json",
            bytes: Array(#"{"result":{"ID":"7"},"total":3,"next":50,"time":{"duration":0.25}}"#.utf8))
        guard case .reply(let reply) = Answer(raw, to: call) else {
            Issue.record("no reply")
            return
        }
        let bytes = try #require(EffectCodec.encode(.success(.reply(reply))))
        guard case .success(.reply(let read))? = EffectCodec.decode(bytes, for: effect) else {
            Issue.record("not read back")
            return
        }
        #expect(read.bytes == reply.bytes && read.resultRange == reply.resultRange)
        #expect(read.total == 3 && read.next == 50 && read.time == reply.time)
        let lost = Failure.noAnswer("gone", to: try Call("crm.deal.add", parameters: [:]), mayHaveBeenSent: true)
        let failed = try #require(EffectCodec.encode(.failure(.portal(lost))))
        guard case .failure(.portal(let again))? = EffectCodec.decode(failed, for: effect) else {
            Issue.record("the failure was not read back")
            return
        }
        #expect(again == lost && again.isUncertain)
        #expect(EffectCodec.encode(.failure(.cancelled)) == nil)
        for count in 0..<bytes.count where count != bytes.count {
            #expect(EffectCodec.decode(Array(bytes.prefix(count)), for: effect) == nil)
        }
    }

    @Test("A step's payload keeps the clock's readings and the result apart")
    func payload() throws {
        for (readings, result) in [([], nil), ([1, -5, .max], nil), ([], [UInt8](repeating: 7, count: 9)), ([42], [])]
            as [([Int64], [UInt8]?)]
        {
            let entry = JournalEntry(
                step: 0, name: "n", subject: "", print: 1, state: .answered, atMS: 0, readings: readings, result: result
            )
            guard let payload = entry.payload else {
                #expect(readings.isEmpty && result == nil)
                continue
            }
            let parts = try #require(JournalEntry.parts(of: payload))
            #expect(parts.readings == readings)
            #expect(parts.result == result)
            #expect(JournalEntry.parts(of: Array(payload.prefix(1))) == nil)
        }
    }
}
