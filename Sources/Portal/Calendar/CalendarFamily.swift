/// `calendar.*`: events, sections, settings, availability.
enum CalendarFamily {
    static let family = PortalFamily(
        "calendar",
        methods: [
            PortalMethod("calendar.event.add", scope: "calendar", handler: CalendarWrites.add),
            PortalMethod("calendar.event.update", scope: "calendar", handler: CalendarWrites.update),
            PortalMethod("calendar.event.delete", scope: "calendar", handler: CalendarWrites.delete),
            PortalMethod("calendar.event.getbyid", scope: "calendar", handler: CalendarReads.getByID),
            PortalMethod("calendar.event.get", scope: "calendar", handler: CalendarReads.get),
            PortalMethod("calendar.event.get.nearest", scope: "calendar", handler: CalendarReads.nearest),
            PortalMethod("calendar.accessibility.get", scope: "calendar", handler: CalendarReads.accessibility),
            PortalMethod("calendar.meeting.status.get", scope: "calendar", handler: MeetingStatus.get),
            PortalMethod("calendar.meeting.status.set", scope: "calendar", handler: MeetingStatus.set),
            PortalMethod("calendar.section.get", scope: "calendar", handler: CalendarSection.get),
            PortalMethod("calendar.section.add", scope: "calendar", handler: CalendarSection.add),
            PortalMethod("calendar.section.update", scope: "calendar", handler: CalendarSection.update),
            PortalMethod("calendar.section.delete", scope: "calendar", handler: CalendarSection.delete),
            PortalMethod("calendar.settings.get", scope: "calendar", handler: CalendarSettings.get),
            PortalMethod("calendar.user.settings.get", scope: "calendar", handler: CalendarSettings.userGet),
            PortalMethod("calendar.user.settings.set", scope: "calendar", handler: CalendarSettings.userSet),
        ])
}
