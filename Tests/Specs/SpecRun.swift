import Testing

/// Plays one spec from top to bottom. What a step leaves behind, such as a recipe's file or a deal, the next one finds.
final class SpecRun {
    private let workspace: Workspace
    private var portal: LocalPortal?

    init(workspace: Workspace) {
        self.workspace = workspace
    }

    /// The same spec with what really came back in place of what did not match.
    func play(_ spec: SpecFile) async throws -> SpecFile {
        var played: [SpecFile.Step] = []
        do {
            for step in spec.steps {
                played.append(try await play(step))
            }
        } catch {
            _ = await portal?.stop()
            throw error
        }
        if let portal {
            let status = await portal.stop()
            #expect(status == 0, "host portal ends well on SIGTERM")
        }
        return SpecFile(steps: played)
    }

    private func play(_ step: SpecFile.Step) async throws -> SpecFile.Step {
        switch step {
        case .text:
            return step
        case .directive(let name, let argument):
            try direct(name, argument)
            return step
        case .command(let command, let expected):
            let actual = try await workspace.run(command)
            if expected.matches(actual) { return step }
            if !SpecTests.isUpdating {
                Issue.record("$ \(command)\n\(expected.text)--- came back as ---\n\(actual.text)")
            }
            return .command(command, expected: actual)
        }
    }

    private func direct(_ name: String, _ argument: String) throws {
        switch name {
        case "portal":
            let started = try LocalPortal(in: workspace, options: argument)
            portal = started
            workspace.set("BITRIX24_WEBHOOK_URL", started.address.webhook)
            workspace.set("PORTAL", started.address.url)
            workspace.set("AUTHORIZATION", started.address.authorization)
        case "fault":
            try #require(portal, "@fault comes after @portal").plant(fault: argument)
        default:
            Issue.record("there is no directive @\(name)")
        }
    }
}
