/// Whose calls these are: runs take turns at a portal.
struct RunTicket: Sendable {
    enum Urgency: Sendable {
        case normal
        /// Before others: a file whose link expires, an answer in a chat.
        case urgent
    }

    /// Tells runs apart, and nothing else.
    let run: UInt64
    var urgency: Urgency
    /// How long its calls wait, all its copies together.
    let waits = WaitMeter()

    init(urgency: Urgency = .normal) {
        run = UInt64.random(in: .min ... .max)
        self.urgency = urgency
    }

    /// The same run in a hurry.
    var urgent: RunTicket {
        var ticket = self
        ticket.urgency = .urgent
        return ticket
    }
}
