internal import Wire

/// A process template as its file holds it: a zlib stream of an array that PHP serialized.
///
/// The documentation says no more than "template file"; what is checked here is what readers and writers of such files
/// agree on. https://apidocs.bitrix24.com/api-reference/bizproc/template/bizproc-workflow-template-add.html
struct BusinessTemplate {
    let tree: JSONValue
    let parameters: JSONValue
    let variables: JSONValue
    let constants: JSONValue

    static let bytesMax = 8 << 20
    static let nodesMax = 5_000
    static let depthMax = 48

    private static let roots: Set<String> = ["SequentialWorkflowActivity", "StateMachineWorkflowActivity"]
    /// Branches and loops, whose conditions this portal does not work out.
    private static let branching: Set<String> = [
        "IfElseActivity", "IfElseBranchActivity", "WhileActivity", "ParallelActivity", "ListenActivity",
        "StateActivity",
    ]

    /// Reads `["x.bpt","<base64>"]`.
    ///
    /// - Throws: "Incorrect field TEMPLATE_DATA!" for whatever is wrong with it.
    init(_ value: JSONValue?, for document: ProcessDocument, _ settings: ProcessSettings) throws(PortalFailure) {
        let refusal = ProcessFailure.template("Incorrect field TEMPLATE_DATA!")
        let file = (value?["fileData"] ?? value ?? .null).phpList.compactMap(\.phpText)
        guard file.count == 2, let packed = Base64.decode(file[1].utf8), packed.count <= Self.bytesMax else {
            throw refusal
        }
        if settings.needsBestCompression, packed.count < 2 || packed[1] != 0xDA { throw refusal }
        guard let bytes = try? Inflate.zlib(packed, bytesMax: Self.bytesMax),
            let content = try? PHPSerialized.decode(bytes), content["VERSION"] == 2,
            let tree = content["TEMPLATE"], Self.isTree(tree, for: document)
        else { throw refusal }
        if settings.needsDocumentFields, content["DOCUMENT_FIELDS"]?.phpObject?.isEmpty ?? true { throw refusal }
        self.tree = tree
        parameters = content["PARAMETERS"] ?? []
        variables = content["VARIABLES"] ?? []
        constants = content["CONSTANTS"] ?? []
    }

    /// One root, nodes with types and names of their own, and the permissions the kind of document has.
    private static func isTree(_ tree: JSONValue, for document: ProcessDocument) -> Bool {
        guard let nodes = tree.arrayValue, nodes.count == 1, let root = nodes.first,
            roots.contains(root["Type"]?.phpText ?? ""), root["Name"]?.phpText == "Template"
        else { return false }
        // The CRM keeps permissions elsewhere; a file of lists breaks there.
        if document.module == "crm", !(root["Properties"]?["Permission"] ?? .null).phpList.isEmpty { return false }
        var names: Set<String> = []
        return areNodes(nodes, &names, depth: 0)
    }

    private static func areNodes(_ nodes: [JSONValue], _ names: inout Set<String>, depth: Int) -> Bool {
        guard depth <= depthMax else { return false }
        for node in nodes {
            guard let type = node["Type"]?.phpText, !type.isEmpty, let name = node["Name"]?.phpText, !name.isEmpty,
                names.insert(name).inserted, names.count <= nodesMax, node["Properties"]?.phpObject != nil,
                areNodes((node["Children"] ?? .null).phpList, &names, depth: depth + 1)
            else { return false }
        }
        return true
    }

    /// The nodes a running process goes through, in their order, branches left out.
    static func steps(of tree: JSONValue?) -> [JSONValue] {
        var steps: [JSONValue] = []
        func walk(_ nodes: [JSONValue]) {
            for node in nodes {
                guard let type = node["Type"]?.phpText, !branching.contains(type) else { continue }
                var step = node.objectValue ?? JSONObject()
                step.remove("Children")
                if !roots.contains(type) { steps.append(.object(step)) }
                walk((node["Children"] ?? .null).phpList)
            }
        }
        walk((tree ?? .null).phpList)
        return steps
    }
}

/// What the documentation leaves open about business processes.
public struct ProcessSettings: Sendable {
    /// Whether a template file must be packed as tightly as zlib can; one writer of such files met portals like that.
    public var needsBestCompression = false
    /// Whether a template file must describe the fields of its document.
    public var needsDocumentFields = false

    public init() {}
}
