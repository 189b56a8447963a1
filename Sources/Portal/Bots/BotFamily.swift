/// `imbot.*` and `imbot.v2.*`.
enum BotFamily {
    static let family = PortalFamily("bots", methods: first + second)

    private static let first =
        [
            bot("register", BotRegistration.register), bot("update", BotRegistration.update),
            bot("unregister", BotRegistration.unregister), bot("bot.list", BotRegistration.list),
            bot("message.add", BotMessages.add), bot("message.update", BotMessages.update),
            bot("message.delete", BotMessages.delete), bot("message.like", BotMessages.like),
            bot("chat.sendTyping", BotMessages.typing), bot("command.register", BotCommands.register),
            bot("command.update", BotCommands.update), bot("command.unregister", BotCommands.unregister),
            bot("command.answer", BotCommands.answer),
            bot("chat.setManager", ChatMethods.setManager), bot("dialog.get", ChatMethods.dialog),
        ] + ChatMethods.methods("imbot.chat", scope: "imbot", as: ChatMethods.bot)

    private static let second = [
        bot("v2.Bot.register", BotRegistrationV2.register), bot("v2.Bot.update", BotRegistrationV2.update),
        bot("v2.Bot.get", BotRegistrationV2.get), bot("v2.Bot.list", BotRegistrationV2.list),
        bot("v2.Bot.unregister", BotRegistrationV2.unregister), bot("v2.Event.get", BotRegistrationV2.events),
        bot("v2.Revision.get", BotRegistrationV2.revision), bot("v2.Chat.Message.send", BotMessagesV2.send),
        bot("v2.Chat.Message.update", BotMessagesV2.update), bot("v2.Chat.Message.delete", BotMessagesV2.delete),
        bot("v2.Chat.Message.get", BotMessagesV2.get), bot("v2.Chat.Message.getContext", BotMessagesV2.context),
        bot("v2.Chat.Message.read", BotMessagesV2.read),
        bot("v2.Chat.Message.Reaction.add", BotMessagesV2.react(isAdded: true)),
        bot("v2.Chat.Message.Reaction.delete", BotMessagesV2.react(isAdded: false)),
        bot("v2.Chat.InputAction.notify", BotMessagesV2.notify),
        bot("v2.Chat.TextField.enabled", BotMessagesV2.textField), bot("v2.Chat.add", BotChatsV2.add),
        bot("v2.Chat.get", BotChatsV2.get), bot("v2.Chat.update", BotChatsV2.update),
        bot("v2.Chat.leave", BotChatsV2.leave), bot("v2.Chat.setOwner", BotChatsV2.setOwner),
        bot("v2.Chat.User.add", BotChatsV2.addUsers), bot("v2.Chat.User.delete", BotChatsV2.deleteUser),
        bot("v2.Chat.User.list", BotChatsV2.users), bot("v2.Chat.Manager.add", BotChatsV2.managers(isAdded: true)),
        bot("v2.Chat.Manager.delete", BotChatsV2.managers(isAdded: false)),
        bot("v2.Command.register", BotCommands.registerV2), bot("v2.Command.update", BotCommands.updateV2),
        bot("v2.Command.list", BotCommands.listV2), bot("v2.Command.unregister", BotCommands.unregisterV2),
        bot("v2.Command.answer", BotCommands.answerV2), bot("v2.File.upload", ChatFileMethods.uploadByBot),
        bot("v2.File.download", ChatFileMethods.downloadByBot),
    ]

    private static func bot(_ name: String, _ handler: @escaping PortalMethod.Handler) -> PortalMethod {
        PortalMethod("imbot.\(name)", scope: "imbot", handler: handler)
    }
}
