internal import Wire

/// `disk.storage.*`, `disk.folder.*`, `disk.file.*`.
enum DiskFamily {
    static let family = PortalFamily(
        "disk",
        methods: storages + folders + files)

    private static let storages = [
        PortalMethod("disk.storage.getList", scope: "disk", handler: DiskStorageMethods.list),
        PortalMethod("disk.storage.get", scope: "disk", handler: DiskStorageMethods.get),
        PortalMethod("disk.storage.getTypes", scope: "disk", handler: DiskStorageMethods.types),
        PortalMethod("disk.storage.getForApp", scope: "disk", handler: DiskStorageMethods.forApplication),
        PortalMethod("disk.storage.getChildren", scope: "disk", handler: DiskStorageMethods.children),
        PortalMethod("disk.storage.addFolder", scope: "disk", handler: DiskStorageMethods.addFolder),
        PortalMethod("disk.storage.uploadFile", scope: "disk", handler: DiskStorageMethods.upload),
        PortalMethod("disk.storage.rename", scope: "disk", handler: DiskStorageMethods.rename),
    ]

    private static let folders =
        common(.folder, "folder") + [
            PortalMethod("disk.folder.getChildren", scope: "disk") { state, call throws(PortalFailure) in
                try DiskMethods.children(of: try DiskMethods.object(.folder, call, in: state).id, call, in: state)
            },
            PortalMethod("disk.folder.addSubFolder", scope: "disk") { state, call throws(PortalFailure) in
                try DiskStorageMethods.addFolder(in: try DiskMethods.object(.folder, call, in: state), call, state)
            },
            PortalMethod("disk.folder.uploadFile", scope: "disk") { state, call throws(PortalFailure) in
                try DiskUploads.begin(into: try DiskMethods.object(.folder, call, in: state), call, in: state)
            },
            PortalMethod("disk.folder.deleteTree", scope: "disk", handler: DiskMethods.delete(.folder)),
        ]

    private static let files =
        common(.file, "file") + [
            PortalMethod("disk.file.delete", scope: "disk", handler: DiskMethods.delete(.file)),
            PortalMethod("disk.file.uploadVersion", scope: "disk", handler: DiskUploads.version),
        ]

    private static func common(_ kind: DiskObject.Kind, _ word: String) -> [PortalMethod] {
        [
            PortalMethod("disk.\(word).get", scope: "disk", handler: DiskMethods.get(kind)),
            PortalMethod("disk.\(word).rename", scope: "disk", handler: DiskMethods.rename(kind)),
            PortalMethod("disk.\(word).moveTo", scope: "disk", handler: DiskMethods.move(kind)),
            PortalMethod("disk.\(word).copyTo", scope: "disk", handler: DiskMethods.copy(kind)),
            PortalMethod("disk.\(word).markDeleted", scope: "disk", handler: DiskMethods.mark(kind, isDeleted: true)),
            PortalMethod("disk.\(word).restore", scope: "disk", handler: DiskMethods.mark(kind, isDeleted: false)),
            PortalMethod("disk.\(word).getExternalLink", scope: "disk", handler: DiskMethods.link(kind)),
        ]
    }
}
