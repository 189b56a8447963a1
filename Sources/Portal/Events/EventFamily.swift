/// Events: who listens, and the queues of those who read them later.
enum EventFamily {
    static let family = PortalFamily(
        "events", schema: EventBinding.schema + OfflineQueue.schema, methods: EventMethods.methods)
}
