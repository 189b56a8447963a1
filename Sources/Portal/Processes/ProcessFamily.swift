/// Business processes, robots, triggers and message providers.
enum ProcessFamily {
    static let family = PortalFamily(
        "processes",
        methods: RobotMethods.methods + RobotRun.methods + TemplateMethods.methods + WorkflowMethods.methods
            + ProcessTask.methods + TriggerMethods.methods + SenderMethods.methods)
}
