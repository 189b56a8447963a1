import Glibc

/// The process's standard streams. Writes are whole and unbuffered, so what a reader sees is in the order it happened.
enum Terminal {
    static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }
    /// Standard output goes to a person, who sees by it how far things are.
    static var showsOutput: Bool { isatty(STDOUT_FILENO) == 1 }

    static func out(_ text: String) { write(text, to: STDOUT_FILENO) }
    static func error(_ text: String) { write(text, to: STDERR_FILENO) }

    static func out(_ bytes: UnsafeRawBufferPointer) { write(bytes, to: STDOUT_FILENO) }
    static func error(_ bytes: UnsafeRawBufferPointer) { write(bytes, to: STDERR_FILENO) }

    private static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { write(UnsafeRawBufferPointer($0), to: descriptor) }
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) {
        var rest = bytes
        while !rest.isEmpty {
            let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if written < 0 {
                // A reader that went away (`host … | head`) is no failure of ours; nothing else can be reported here.
                guard errno == EINTR || errno == EAGAIN else { return }
                continue
            }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
        }
    }
}
