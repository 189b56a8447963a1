/// `im.notify*`, `im.message.*`, `im.chat.*`, `im.dialog.messages.get`, files in chats.
enum MessageFamily {
    static let family = PortalFamily(
        "messages",
        methods: [
            PortalMethod("im.notify", scope: "im", handler: Notifications.add),
            PortalMethod("im.notify.personal.add", scope: "im", handler: Notifications.add),
            PortalMethod("im.notify.system.add", scope: "im", handler: Notifications.add),
            PortalMethod("im.message.add", scope: "im", handler: MessageMethods.add),
            PortalMethod("im.message.update", scope: "im", handler: MessageMethods.update),
            PortalMethod("im.message.delete", scope: "im", handler: MessageMethods.delete),
            PortalMethod("im.message.like", scope: "im", handler: MessageMethods.like),
            PortalMethod("im.message.command", scope: "im", handler: BotCommands.press),
            PortalMethod("im.dialog.get", scope: "im", handler: ChatMethods.dialog),
            PortalMethod("im.dialog.users.list", scope: "im", handler: ChatMethods.people),
            PortalMethod("im.dialog.writing", scope: "im", handler: ChatMethods.writing),
            PortalMethod("im.user.get", scope: "im", handler: MessageMethods.user),
            PortalMethod("im.dialog.messages.get", scope: "im", handler: MessageMethods.get),
            PortalMethod("im.v2.File.upload", scope: "im", handler: ChatFileMethods.upload),
            PortalMethod("im.v2.File.download", scope: "im", handler: ChatFileMethods.download),
            PortalMethod("im.disk.folder.get", scope: "im", handler: ChatFileMethods.folder),
            PortalMethod("im.disk.file.commit", scope: "im", handler: ChatFileMethods.commit),
        ] + ChatMethods.methods("im.chat", scope: "im", as: ChatMethods.caller))
}
