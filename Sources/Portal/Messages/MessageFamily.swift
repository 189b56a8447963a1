/// `im.notify*`, `im.message.*`, `im.dialog.messages.get`.
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
            PortalMethod("im.dialog.messages.get", scope: "im", handler: MessageMethods.get),
        ])
}
