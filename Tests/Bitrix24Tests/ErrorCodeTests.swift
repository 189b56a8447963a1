import Foundation
import Testing
import Wire

@testable import Bitrix24

/// Every error that the platform documents, as a portal would answer it.
@Suite("Every documented error code")
struct ErrorCodeTests {
    struct Row: Sendable {
        let code: String
        let status: Int
        let api: RESTVersion
        let category: String
    }

    /// Codes that say more than the status they come with, and codes whose status the pages leave open.
    static let known: [(category: String, codes: String)] = [
        ("throttled", "QUERY_LIMIT_EXCEEDED"), ("operatingLimit", "OPERATION_TIME_LIMIT"),
        ("blocked", "OVERLOAD_LIMIT PORTAL_DELETED PAYMENT_REQUIRED"),
        (
            "authorization",
            "expired_token invalid_token NO_AUTH_FOUND INVALID_CREDENTIALS authorization_error APPLICATION_NOT_FOUND "
                + "ERROR_OAUTH NOT_INSTALLED invalid_client wrong_client invalid_grant"
        ),
        (
            "permission",
            "insufficient_scope invalid_scope ACCESS_DENIED user_access_error allowed_only_intranet_user "
                + "WRONG_AUTH_TYPE METHOD_CONFIRM_DENIED METHOD_CONFIRM_WAITING access_denied "
                + "BITRIX_REST_V3_EXCEPTION_INSUFFICIENTSCOPEEXCEPTION"
        ),
        (
            "notFound",
            "ERROR_METHOD_NOT_FOUND NOT_FOUND ERROR_MANIFEST_IS_NOT_AVAILABLE "
                + "BITRIX_REST_V3_EXCEPTION_ENTITYNOTFOUNDEXCEPTION"
        ),
        ("server", "INTERNAL_SERVER_ERROR ERROR_UNEXPECTED_ANSWER"),
        (
            "invalid",
            "INVALID_REQUEST INVALID_ARG_VALUE ERROR_ARGUMENT ERROR_BATCH_LENGTH_EXCEEDED "
                + "ERROR_BATCH_METHOD_NOT_ALLOWED"
        ),
    ]

    /// What the authorisation server says, and statuses that software in use expects beside the documented ones.
    static let undocumented: [(String, [Int], RESTVersion)] = [
        ("wrong_client", [200], .classic), ("NOT_INSTALLED", [401], .classic), ("invalid_token", [401], .classic),
        ("authorization_error", [401], .classic), ("APPLICATION_NOT_FOUND", [401], .classic),
        ("ERROR_OAUTH", [401], .classic), ("PORTAL_DELETED", [410], .classic), ("PAYMENT_REQUIRED", [401], .classic),
        ("INVALID_CREDENTIALS", [401], .classic), ("insufficient_scope", [401], .classic),
        ("QUERY_LIMIT_EXCEEDED", [429], .classic), ("invalid_scope", [403], .classic),
        ("BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION", [401], .v3),
    ]

    static func category(_ code: String, _ status: Int) -> String {
        if let known = known.first(where: {
            $0.codes.uppercased().split(separator: " ").contains { $0 == code.uppercased() }
        }) {
            return known.category
        }
        return switch status {
        case 401: "authorization"
        case 403: "permission"
        case 404: "notFound"
        case 500, 503: "server"
        default: "invalid"
        }
    }

    /// Each code with each of its statuses; where the pages name none, the 400 of all that is wrong with a call.
    static let rows: [Row] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../catalog/errors.tsv")
        let text = (try? String(contentsOf: file.standardized, encoding: .utf8)) ?? ""
        let documented = text.split(separator: "\n").dropFirst().map { line -> (String, [Int], RESTVersion) in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
            return (
                String(cells[0]), cells[1].split(separator: ",").compactMap { Int($0) },
                cells[3] == "3" ? .v3 : .classic
            )
        }
        return (documented + undocumented).flatMap { code, statuses, api in
            (statuses.isEmpty ? [400] : statuses).map {
                Row(code: code, status: $0, api: api, category: category(code, $0))
            }
        }
    }()

    func failure(_ row: Row, _ call: Call) throws -> Failure {
        let body: JSONValue =
            switch row.api {
            case .classic: ["error": .string(row.code), "error_description": "Said by the portal"]
            case .v3: ["error": ["code": .string(row.code), "message": "Said by the portal"]]
            }
        let answer = Answer(
            RawAnswer(status: row.status, contentType: "application/json", bytes: body.encoded()), to: call)
        guard case .failed(let failure) = answer else {
            Issue.record("\(row.code) is taken for \(answer)")
            throw CancellationError()
        }
        return failure
    }

    @Test("is in the table")
    func whole() {
        #expect(Set(Self.rows.map(\.code)).count >= 665)
        #expect(Self.rows.allSatisfy { Failure.Category(rawValue: $0.category) != nil })
    }

    @Test("arrives as a failure of its category, with what to do, and is repeated where that is harmless")
    func typed() throws {
        let read = try Call("crm.deal.list", parameters: JSONObject())
        let write = try Call("crm.deal.add", parameters: JSONObject())
        for row in Self.rows {
            let (reading, writing) = (try failure(row, read), try failure(row, write))
            let what: Comment = "\(row.code) (HTTP \(row.status))"
            #expect(reading.code == row.code && reading.status == row.status, what)
            #expect(reading.category.rawValue == row.category && writing.category == reading.category, what)
            #expect(!reading.hint.isEmpty && !writing.hint.isEmpty, what)
            // Nothing was done: anything may go again. Perhaps done: a read may, a write never.
            let isRefusal = ["throttled", "operatingLimit"].contains(row.category)
            #expect(reading.retryable == (isRefusal || row.category == "server"), what)
            #expect(writing.retryable == isRefusal, what)
            #expect(writing.isUncertain == (row.category == "server"), what)
        }
    }

    @Test(
        "keeps its category in any letter case", arguments: ["Expired_Token", "query_limit_exceeded", "portal_deleted"])
    func anyCase(code: String) throws {
        let row = try #require(Self.rows.first { $0.code.lowercased() == code.lowercased() })
        let call = try Call("crm.deal.list", parameters: JSONObject())
        let other = Row(code: code, status: row.status, api: row.api, category: row.category)
        #expect(try failure(other, call).category.rawValue == row.category)
    }

    @Test("says the same of a call in a pack, where errors have no status")
    func packed() throws {
        let calls = ["crm.deal.list", "crm.deal.add"]
        let commands = calls.map { BatchCommand(name: $0, method: $0, facts: Catalog.lookup($0)) }
        let request = BatchRequest(commands, texts: calls, halt: false)
        for row in Self.rows where row.api == .classic {
            let error = "{\"error\":\(JSONValue.string(row.code).text)}"
            let body = "{\"result\":{\"result\":[],\"result_error\":{\"c0\":\(error),\"c1\":\(error)}}}"
            guard case .reply(let reply) = Answer(RawAnswer(status: 200, bytes: Array(body.utf8)), to: request.call)
            else { throw TestProblem(message: row.code) }
            let isMeant = { (other: Row) in other.code.uppercased() == row.code.uppercased() }
            let statuses = Set(Self.rows.filter(isMeant).map(\.status))
            for (method, entry) in zip(calls, try BatchReply(reply, to: request).entries) {
                let alone = try failure(row, try Call(method, parameters: JSONObject()))
                guard case .failed(let packed) = entry.outcome else { throw TestProblem(message: row.code) }
                #expect(packed.retryable == alone.retryable, "\(row.code) (HTTP \(row.status)), \(method)")
                #expect(packed.isUncertain == alone.isUncertain, "\(row.code) (HTTP \(row.status)), \(method)")
                guard statuses.count == 1 else { continue }
                #expect(packed.category == alone.category, "\(row.code), \(method)")
                // Of most codes that come with 400, and of some with 401, the pages do not say so.
                let isKnown = ![200, 400, 401].contains(row.status)
                #expect(packed.status == row.status || packed.status == nil && !isKnown, "\(row.code), \(method)")
            }
        }
    }
}
