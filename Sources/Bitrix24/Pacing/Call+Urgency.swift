extension Call {
    /// Whether it goes before others that wait: a download, whose link ages, or a word to somebody who sits before a
    /// chat. Both are few; a list of a thousand messages is a matter of batches, which wait their turn.
    var isUrgent: Bool {
        if access == .read, facts?.movesFiles == true { return true }
        return Call.chatAnswers.contains(method.asciiLowercased())
    }

    /// What speaks in chats, and what says that an answer is being written.
    /// Source: https://apidocs.bitrix24.com/api-reference/chat-bots/index.html,
    /// https://apidocs.bitrix24.com/api-reference/imopenlines/index.html
    private static let chatAnswers: Set<String> = [
        "im.message.add", "imbot.message.add", "imbot.command.answer", "imbot.chat.sendtyping",
        "imbot.v2.chat.message.send", "imbot.v2.command.answer", "imbot.v2.chat.inputaction.notify",
        "imopenlines.bot.session.message.send", "imopenlines.crm.message.add", "imopenlines.network.message.add",
    ]
}
