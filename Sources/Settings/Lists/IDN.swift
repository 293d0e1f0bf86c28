import CIDN2
public import MTASTS

/// Internationalised names (RFC 5890): A-labels inside, U-labels on the screen only.
public enum IDN {
    /// Why a name has no A-label form: the library's words.
    public struct Failure: Error, Hashable, Sendable {
        public let reason: String
    }

    /// The A-label form of a name in UTF-8 (UTS 46, non-transitional); ASCII names only lose their case.
    public static func toASCII(_ name: some Sequence<UInt8>) -> Result<DomainName, Failure> {
        let bytes = Array(name)
        if bytes.allSatisfy({ $0 < 0x80 }) {
            return DomainName(bytes: bytes).map { .success($0) } ?? .failure(Failure(reason: "not a domain name"))
        }
        if bytes.contains(0) { return .failure(Failure(reason: "holds a NUL byte")) }
        var found: UnsafeMutablePointer<UInt8>?
        let flags = Int32(IDN2_NFC_INPUT.rawValue | IDN2_NONTRANSITIONAL.rawValue)
        let code = idn2_lookup_u8(bytes + [0], &found, flags)
        defer { idn2_free(found) }
        guard code == IDN2_OK.rawValue, let found else {
            return .failure(Failure(reason: String(cString: idn2_strerror(code))))
        }
        let text = String(cString: found)
        return DomainName(text).map { .success($0) } ?? .failure(Failure(reason: "not a domain name"))
    }

    /// The U-label form to show beside the name.
    ///
    /// Nil where it would be the same, where it does not lead back to the name, and where it holds what could act or
    /// hide on a screen: controls, bidi and other format characters, blanks, unassigned or private characters.
    public static func toUnicode(_ name: DomainName) -> String? {
        guard hasALabel(name) else { return nil }
        var found: UnsafeMutablePointer<CChar>?
        let code = idn2_to_unicode_8z8z(name.text, &found, 0)
        defer { idn2_free(found) }
        guard code == IDN2_OK.rawValue, let found else { return nil }
        let text = String(cString: found)
        guard text != name.text, text.unicodeScalars.allSatisfy(isShowable),
            (try? toASCII(text.utf8).get()) == name
        else { return nil }
        return text
    }

    private static let prefix = Array("xn--".utf8)

    /// True where some label begins with `xn--` (RFC 5890 2.3.2.1); whole lists pass by here, and hardly a name has one.
    private static func hasALabel(_ name: DomainName) -> Bool {
        // So many bytes of the prefix the label has had so far; nil once it has another beginning.
        var matched: Int? = 0
        for byte in name.text.utf8 {
            if byte == UInt8(ascii: ".") {
                matched = 0
            } else if let count = matched {
                matched = byte == prefix[count] ? count + 1 : nil
                if matched == prefix.count { return true }
            }
        }
        return false
    }

    private static func isShowable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator:
            false
        default: true
        }
    }
}
