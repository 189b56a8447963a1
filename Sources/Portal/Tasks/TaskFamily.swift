/// `tasks.task.*` of both generations, and the positional `task.checklistitem.*` and `task.commentitem.add`.
enum TaskFamily {
    static let family = PortalFamily("tasks", methods: classic + positional + v3)

    private static let classic: [PortalMethod] =
        [
            PortalMethod("tasks.task.add", scope: "task", handler: TaskWrites.add),
            PortalMethod("tasks.task.update", scope: "task", handler: TaskWrites.update),
            PortalMethod("tasks.task.delete", scope: "task", handler: TaskWrites.delete),
            PortalMethod("tasks.task.delegate", scope: "task", handler: TaskWrites.delegate),
            PortalMethod("tasks.task.get", scope: "task", handler: TaskReads.get),
            PortalMethod("tasks.task.list", scope: "task", handler: TaskReads.list),
            PortalMethod("tasks.task.getFields", scope: "task", handler: TaskFields.getFields),
        ]
        + TaskAction.allCases.map { action in
            PortalMethod("tasks.task.\(action.rawValue)", scope: "task") { state, call throws(PortalFailure) in
                try TaskWrites.move(state, call, action)
            }
        }

    private static let positional: [PortalMethod] = [
        PortalMethod("task.checklistitem.add", scope: "task", handler: Checklist.add),
        PortalMethod("task.checklistitem.getlist", scope: "task", handler: Checklist.getList),
        PortalMethod("task.checklistitem.complete", scope: "task", handler: Checklist.complete),
        PortalMethod("task.checklistitem.renew", scope: "task", handler: Checklist.renew),
        PortalMethod("task.checklistitem.update", scope: "task", handler: Checklist.update),
        PortalMethod("task.checklistitem.delete", scope: "task", handler: Checklist.delete),
        PortalMethod("task.commentitem.add", scope: "task", handler: TaskComment.add),
    ]

    private static let v3: [PortalMethod] = [
        PortalMethod("tasks.task.add", scope: "tasks", api: .v3, handler: Idempotency.keeping(TaskV3.add)),
        PortalMethod("tasks.task.get", scope: "tasks", api: .v3, handler: TaskV3.get),
        PortalMethod("tasks.task.list", scope: "tasks", api: .v3, handler: TaskV3.list),
        PortalMethod("tasks.task.update", scope: "tasks", api: .v3, handler: Idempotency.keeping(TaskV3.update)),
        PortalMethod("tasks.task.delete", scope: "tasks", api: .v3, handler: Idempotency.keeping(TaskV3.delete)),
    ]
}
