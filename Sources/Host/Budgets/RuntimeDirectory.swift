import Glibc

/// The folder for what the processes of one user share while the machine runs.
public enum RuntimeDirectory {
    /// `HOST_RUNTIME_DIR`, else `host` in `XDG_RUNTIME_DIR`, else `/tmp/host-UID`.
    public static func path(variable: (String) -> String?) -> String {
        if let path = variable("HOST_RUNTIME_DIR") { return path }
        if let path = variable("XDG_RUNTIME_DIR") { return "\(path)/host" }
        return "/tmp/host-\(getuid())"
    }

    /// Makes the folder where it is missing, for its owner alone. One that is there must be like that: in `/tmp`
    /// anybody could have made it.
    static func make(_ path: String) throws(HostFailure) {
        if mkdir(path, 0o700) != 0, errno != EEXIST {
            throw HostFailure(.machine, "the folder \(path) cannot be made: \(String(cString: strerror(errno)))")
        }
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw HostFailure(.machine, "\(path) is no folder")
        }
        guard status.st_uid == getuid(), status.st_mode & 0o077 == 0 else {
            throw HostFailure(.machine, "the folder \(path) is not its user's alone (mode 700)")
        }
    }
}
