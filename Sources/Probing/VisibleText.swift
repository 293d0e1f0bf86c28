/// The bytes as text of at most `limit` Unicode scalars: UTF-8 where it is UTF-8, control characters and all other
/// bytes as `\xNN`.
func visibleText(_ bytes: some Sequence<UInt8>, limit: Int) -> String {
    let hexadecimal = Array("0123456789abcdef".unicodeScalars)
    var text = String.UnicodeScalarView()
    var length = 0
    func append(_ scalar: Unicode.Scalar) {
        guard length < limit else { return }
        text.append(scalar)
        length += 1
    }
    func escape(_ byte: UInt8) {
        append("\\")
        append("x")
        append(hexadecimal[Int(byte >> 4)])
        append(hexadecimal[Int(byte & 15)])
    }
    // No scalar takes more than four bytes: what lies beyond cannot be among the first `limit`.
    let bounded = Array(bytes.prefix(limit * 4))
    var position = 0
    while position < bounded.count, length < limit {
        var rest = bounded[position...].makeIterator()
        var parser = Unicode.UTF8.ForwardParser()
        switch parser.parseScalar(from: &rest) {
        case .valid(let encoded):
            let scalar = Unicode.UTF8.decode(encoded)
            if scalar.properties.generalCategory == .control {
                encoded.forEach(escape)
            } else {
                append(scalar)
            }
            position += encoded.count
        case .error(let count):
            bounded[position..<(position + count)].forEach(escape)
            position += count
        case .emptyInput:
            return String(text)
        }
    }
    return String(text)
}
