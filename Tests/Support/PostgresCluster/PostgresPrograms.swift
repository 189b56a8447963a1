import Foundation

/// Where Debian has put the server, and as whom it may run.
struct PostgresPrograms {
    private let folder: String
    /// Nil where the tests run as an ordinary user.
    private let user: (id: uid_t, group: gid_t)?

    init() throws {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        let newest = versions.compactMap(Int.init).sorted().last {
            FileManager.default.isExecutableFile(atPath: "\(root)/\($0)/bin/initdb")
        }
        guard let newest else {
            throw PostgresCluster.Failure(
                description: "There is no \(root)/*/bin/initdb: install the Debian package postgresql.")
        }
        folder = "\(root)/\(newest)/bin"
        guard geteuid() == 0 else {
            user = nil
            return
        }
        guard let entry = getpwnam("postgres") else {
            throw PostgresCluster.Failure(
                description: "PostgreSQL refuses to run as root, and there is no user postgres for it.")
        }
        user = (entry.pointee.pw_uid, entry.pointee.pw_gid)
    }

    /// In /tmp, because the path of a Unix socket has to be short.
    func makeFolder() throws -> String {
        var path = Array("/tmp/host-postgres-XXXXXX".utf8CString)
        guard mkdtemp(&path) != nil, user.map({ chown(path, $0.id, $0.group) == 0 }) ?? true else {
            throw PostgresCluster.Failure(description: "A folder in /tmp: \(String(cString: strerror(errno)))")
        }
        return String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    func command(watching data: String) -> (URL, [String]) {
        let shell = ["/bin/sh", "-c", PostgresPrograms.watcher, "watcher", folder, data]
        let asUser = user.map {
            ["/usr/bin/setpriv", "--reuid=\($0.id)", "--regid=\($0.group)", "--clear-groups"]
        }
        let words = (asUser ?? []) + shell
        return (URL(fileURLWithPath: words[0]), Array(words.dropFirst()))
    }

    /// Reads commands, a line each, and answers each with a line; the first answer is about the server's start. The end
    /// of its input is the end of the tests. It outlives the signals of a terminal, and an answer that nobody reads.
    private static let watcher = """
        trap '' HUP INT TERM PIPE
        programs=$1 folder=$2
        unset PGHOST PGPORT PGUSER PGDATABASE PGOPTIONS
        export LC_ALL=C
        cd "$folder" || exit 1
        exec 2>>log
        control() { "$programs/pg_ctl" -D data -l log -w -t 60 "$@" >>log; }
        make() {
            "$programs/initdb" -D data -U host -A trust -E UTF8 --no-locale --no-sync >>log &&
                printf '%s\\n' "listen_addresses = ''" "unix_socket_directories = '$folder'" 'fsync = off' \\
                    'full_page_writes = off' 'shared_buffers = 16MB' 'max_connections = 60' >>data/postgresql.conf &&
                printf '%s\\n' 'local all guarded scram-sha-256' 'local all all trust' >data/pg_hba.conf &&
                control start
        }
        answer() { if "$@"; then echo ok; else echo failed; fi; }
        answer make
        while read -r command name; do
            case $command in
                database) answer "$programs/createdb" -h "$folder" -U host "$name" ;;
                start) answer control start ;;
                stop) answer control -m immediate stop ;;
                *) echo unknown ;;
            esac
        done
        control -m immediate stop
        cd / && rm -rf "$folder"
        """
}
