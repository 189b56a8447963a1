internal import Wire

/// Reads an upload from any place in it: libcurl asks for piece after piece, and for the beginning again when it has to
/// repeat. Loop's thread only.
final class UploadReader {
    private let upload: HTTPUpload
    /// Of the next byte, in the whole body.
    private var position = 0
    private var piece = 0
    /// Where the piece begins in the whole body.
    private var pieceStart = 0
    /// What Base64 is made of.
    private var raw: [UInt8] = []

    init(_ upload: HTTPUpload) { self.upload = upload }

    func seek(to position: Int) {
        self.position = position
        (piece, pieceStart) = (0, 0)
    }

    /// How many bytes were put into the buffer, 0 at the end; nil when a file cannot be read as it was.
    func read(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int? {
        while piece < upload.pieces.count {
            let current = upload.pieces[piece]
            let offset = position - pieceStart
            let count = min(buffer.count, current.byteCount - offset)
            guard count > 0 else {
                pieceStart += current.byteCount
                piece += 1
                continue
            }
            guard let read = read(current, at: offset, UnsafeMutableBufferPointer(rebasing: buffer[..<count])) else {
                return nil
            }
            position += read
            return read
        }
        return 0
    }

    private func read(
        _ piece: HTTPUpload.Piece, at offset: Int, _ buffer: UnsafeMutableBufferPointer<UInt8>
    ) -> Int? {
        switch piece {
        case .bytes(let bytes):
            _ = buffer.update(from: bytes[offset..<offset + buffer.count])
            return buffer.count
        case .file(let file):
            return file.read(at: offset, into: UnsafeMutableRawBufferPointer(buffer)) ? buffer.count : nil
        case .base64(let file):
            return base64(file, at: offset, buffer)
        }
    }

    /// Four characters are three bytes: whole groups go straight into the buffer, a part of one by way of four bytes.
    private func base64(_ file: FileSource, at offset: Int, _ buffer: UnsafeMutableBufferPointer<UInt8>) -> Int? {
        let (first, skipped) = offset.quotientAndRemainder(dividingBy: 4)
        let isWhole = skipped == 0 && buffer.count >= 4
        let groups = isWhole ? min(buffer.count / 4, UploadReader.groupsMax) : 1
        let rawCount = min(groups * 3, file.byteCount - first * 3)
        if raw.count < groups * 3 { raw = [UInt8](repeating: 0, count: groups * 3) }
        let isRead = raw.withUnsafeMutableBytes {
            file.read(at: first * 3, into: UnsafeMutableRawBufferPointer(rebasing: $0[..<rawCount]))
        }
        guard isRead else { return nil }
        return raw.withUnsafeBufferPointer { raw in
            let raw = UnsafeBufferPointer(rebasing: raw[..<rawCount])
            if isWhole { return Base64.encode(raw, to: buffer) }
            return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4) { group in
                _ = Base64.encode(raw, to: group)
                let count = min(buffer.count, 4 - skipped)
                _ = buffer.update(from: group[skipped..<skipped + count])
                return count
            }
        }
    }

    private static let groupsMax = 16_384
}
