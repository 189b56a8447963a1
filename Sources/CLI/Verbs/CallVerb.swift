import Bitrix24
import Host
import Wire

/// `host call METHOD …`
enum CallVerb: Verb {
    static let name = "call"
    static let summary = "calls one REST method and prints its result as JSON"
    static let usage =
        "METHOD [key=value… | --json '{…}'] [--all | --output FILE] [--portal NAME|URL] [--wait DURATION]"
    static let options = [
        Option("--json", "JSON|@FILE|-", "the parameters as one JSON object"),
        Option("--all", "follows the pages and prints every row, one JSON value a line"),
        Option("--output", "FILE", "downloads the file that the answer links to, whole or not at all"),
        Option("--field", "NAME", "where in the answer the file is, such as ufCrm_7 or ufCrm_7.0"),
        Option("--v3", "calls the method's form of REST 3.0, as v3.METHOD does"),
        Option("--unknown", "calls a method that the catalog does not know"),
        Option("--portal", "NAME|URL", "a webhook, NAME of BITRIX24_WEBHOOK_URL_NAME, or an authorised portal"),
        Option(
            "--wait", "DURATION", "how long each request waits for the portal's pace, then status 3; \(waitDefault)"),
    ]
    static let notes = """
        Nested parameters are written as the platform documents them:
          host call crm.deal.list 'filter[>OPPORTUNITY]=1000' 'select[]=ID' 'select[]=TITLE'
        key=@FILE sends a file in the shape the method wants, key=@@text the text '@text':
          host call disk.folder.uploadFile id=12 fileContent=@offer.pdf
          host call disk.file.get id=34 --output offer.pdf
        """

    static func run(_ words: [String]) async throws(CommandLineFailure) -> ExitStatus {
        let options = try Options(words, options, verb: name)
        guard let spelt = options.operands.first else {
            throw .usage("which method? host call METHOD", verb: name)
        }
        let pairs = Array(options.operands.dropFirst())
        guard pairs.isEmpty || !options.has("--json") else {
            throw .usage("give the parameters as words or as --json, not both", verb: name)
        }
        guard !options.has("--output") || !options.has("--all") else {
            throw .usage("--output saves one file, --all prints rows: give one of them", verb: name)
        }
        guard options.has("--output") || !options.has("--field") else {
            throw .usage("--field belongs to --output", verb: name)
        }
        let sendsFiles = pairs.contains(where: isFile)
        guard !sendsFiles || (!options.has("--output") && !options.has("--all")) else {
            throw .usage("a call with key=@FILE takes neither --output nor --all; @@ begins a text with @", verb: name)
        }
        let method: NamedMethod
        do throws(HostFailure) {
            method = try NamedMethod(spelt, isV3: options.has("--v3"), allowsUnknown: options.has("--unknown"))
        } catch {
            throw CommandLineFailure(error)
        }
        let parameters = try parameters(pairs, options.value("--json"))
        let wait = options.value("--wait") ?? waitDefault
        var retry = RetryPolicy()
        retry.waitMSMax = try milliseconds(of: wait)
        for remark in MethodCall.remarks(on: parameters, of: method) { Terminal.error("host: \(remark)\n") }
        let progress = ProgressLine()
        let portal = try Environment.requiredPortal(options.value("--portal"), retry: retry, progress: progress)
        do throws(EffectFailure) {
            if let file = options.value("--output") {
                let field = options.value("--field") ?? ""
                let bytes = try await MethodCall.download(from: method, parameters, field: field, to: file, on: portal)
                progress.clear()
                Terminal.error("host: \(bytes) bytes in \(file)\n")
            } else if sendsFiles {
                let result = try await MethodCall.result(ofUploading: parameters, by: method, on: portal)
                progress.clear()
                Terminal.out(result + "\n")
            } else if options.has("--all") {
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
            if case .portal(let failure) = error, failure.asksToWait {
                throw CommandLineFailure(
                    .limit, "the wait of \(wait) is over: \(failure.sentence)",
                    hint: "--wait DURATION allows more; 'host limits' shows what the portal takes")
            }
            throw CommandLineFailure(error)
        }
    }

    private static let waitDefault = "5m"
    private static let dayMS = 86_400_000

    private static func milliseconds(of wait: String) throws(CommandLineFailure) -> UInt64 {
        guard let milliseconds = Quantity.milliseconds(wait), (1000...dayMS).contains(milliseconds) else {
            throw .usage("--wait takes a time from 1s to 1d, such as 30s or 10m", verb: name)
        }
        return UInt64(milliseconds)
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
                return JSONObject(try Form.decode(Array(form.utf8)).map { ($0.key, withFiles($0.value)) })
            } catch {
                throw HostFailure(.usage, "the parameters cannot be read: \(error.message)")
            }
        } catch {
            throw CommandLineFailure(error)
        }
    }

    private static func isFile(_ pair: String) -> Bool {
        let value = pair.drop { $0 != "=" }.dropFirst()
        return value.hasPrefix("@") && !value.hasPrefix("@@")
    }

    /// The value with a file in the place of `@FILE`, and `@` in the place of `@@`.
    private static func withFiles(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text) where text.hasPrefix("@@"): .string(String(text.dropFirst()))
        case .string(let text) where text.hasPrefix("@"):
            .object(FileValue(path: String(text.dropFirst())).marked)
        case .array(let elements): .array(elements.map(withFiles))
        case .object(let object): .object(JSONObject(object.map { ($0.key, withFiles($0.value)) }))
        default: value
        }
    }
}
