import Glibc

extension RecipeFolder {
    /// Reads all that the recipe may `require`: the Lua files below its folder, or, of a recipe that is a file among
    /// others, that file and what stands beside it.
    func readCode() throws(HostFailure) -> RecipeCode {
        var files: [(name: String, bytes: [UInt8])] = []
        var total = 0
        try collect("", depth: 0, &files, &total)
        let main = String(path.split(separator: "/").last ?? "recipe.lua")
        if !files.contains(where: { $0.name == main }) { files.append((main, try SourceFile.read(path))) }
        return RecipeCode(files: files, main: main)
    }

    private func collect(
        _ below: String, depth: Int, _ files: inout [(name: String, bytes: [UInt8])], _ total: inout Int
    ) throws(HostFailure) {
        guard depth <= RecipeCode.depthMax else { return }
        let place = (folder.isEmpty ? "." : folder) + "/" + below
        guard let open = opendir(place) else { throw SourceFile.unreadable(place, errno) }
        defer { closedir(open) }
        while let entry = readdir(open) {
            let name = withUnsafePointer(to: entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard !name.hasPrefix(".") else { continue }
            var status = stat()
            // A link leads out of the folder, or in a circle: `require` follows none either.
            guard lstat(place + name, &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                try collect(below + name + "/", depth: depth + 1, &files, &total)
            } else if status.st_mode & S_IFMT == S_IFREG, name.hasSuffix(".lua") {
                let bytes = try SourceFile.read(place + name)
                total += bytes.count
                guard files.count < RecipeCode.filesMax, total <= RecipeCode.bytesMax else {
                    throw HostFailure(
                        .recipe,
                        "the folder of \(path) has more than \(RecipeCode.filesMax) Lua files or "
                            + "\(RecipeCode.bytesMax) bytes of them",
                        hint: "give the recipe a folder of its own")
                }
                files.append((below + name, bytes))
            }
        }
    }
}
