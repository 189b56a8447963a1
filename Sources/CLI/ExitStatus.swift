/// What the process tells its caller (documented in `host help`).
enum ExitStatus: Int32 {
    case done = 0
    case failed = 1
    case usage = 2
    case limit = 3
    case configuration = 4
}
