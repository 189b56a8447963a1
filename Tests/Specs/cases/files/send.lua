local drive = b24.disk.storage.getlist()[1].ROOT_OBJECT_ID
local made = b24.upload("disk.folder.uploadFile", { id = drive, fileContent = file.read("hello.txt", "sent.txt") })
local got = b24.download({ "disk.file.get", { id = made.ID } }, "copy.txt")
print(got.path, got.bytes)
