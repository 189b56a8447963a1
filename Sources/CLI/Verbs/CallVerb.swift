import Host
import Wire

/// `host call METHOD …`
enum CallVerb: Verb {
    static let name = "call"
    static let summary = "calls one REST method and prints its result as JSON"
    static let usage = "METHOD [key=value… | --json '{…}'] [--all] [--portal NAME|URL]"
    static let options = [
        Option("--json", "JSON|@FILE|-", "the parameters as one JSON object"),
        Option("--all", "follows the pages and prints every row, one JSON value a line"),
        Option("--portal", "NAME|URL", "a webhook, NAME of BITRIX24_WEBHOOK_URL_NAME, or an authorised portal"),
    ]
    static let notes = """
        Nested parameters are written as the platform documents them:
          host call crm.deal.list 'filter[>OPPORTUNITY]=1000' 'select[]=ID' 'select[]=TITLE'
        """

    static func run(_ words: [String]) async throws(CommandLineFailure) -> ExitStatus {
        let options = try Options(words, options, verb: name)
        guard let method = options.operands.first else {
            throw .usage("which method? host call METHOD", verb: name)
        }
        let pairs = Array(options.operands.dropFirst())
        guard pairs.isEmpty || !options.has("--json") else {
            throw .usage("give the parameters as words or as --json, not both", verb: name)
        }
        let parameters = try parameters(pairs, options.value("--json"))
        let progress = ProgressLine()
        let portal = try Environment.requiredPortal(options.value("--portal"), progress: progress)
        do throws(EffectFailure) {
            if options.has("--all") {
                var count = 0
                _ = try await MethodCall.rows(of: method, parameters, on: portal) { row in
                    count += 1
                    progress.clear()
                    Terminal.out(row)
                    if !Terminal.showsOutput { progress.update("\(count) rows …") }
                }
                progress.clear()
            } else {
                let result = try await MethodCall.result(of: method, parameters, on: portal)
                progress.clear()
                Terminal.out(result + "\n")
            }
            await portal.finish()
            return .done
        } catch {
            progress.clear()
            await portal.finish()
            throw CommandLineFailure(error)
        }
    }

    private static func parameters(_ pairs: [String], _ json: String?) throws(CommandLineFailure) -> JSONObject {
        do throws(HostFailure) {
            guard json == nil else {
                guard let object = try Environment.json(json, "--json").objectValue else {
                    throw HostFailure(.usage, "--json must be an object")
                }
                return object
            }
            for pair in pairs { _ = try Environment.pair(pair, "a parameter") }
            let form = pairs.map { pair in
                let (name, value) = (pair.prefix { $0 != "=" }, pair.drop { $0 != "=" }.dropFirst())
                return PercentCoding.encode(String(name)) + "=" + PercentCoding.encode(String(value))
            }.joined(separator: "&")
            do {
                return try Form.decode(Array(form.utf8))
            } catch {
                throw HostFailure(.usage, "the parameters cannot be read: \(error.message)")
            }
        } catch {
            throw CommandLineFailure(error)
        }
    }
}
