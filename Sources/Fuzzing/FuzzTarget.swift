/// What can be fuzzed: every reader of bytes that strangers, or a tired person, have written.
enum FuzzTarget: String, CaseIterable {
    case record, tlsrpt, policy
    case reply, dialogue, http
    case certificate, dns
    case list, theme, settings

    /// Reads the input and demands what must hold of the result; returns, or stops the process.
    func run(_ input: [UInt8]) {
        switch self {
        case .record: RecordFuzzer.run(input)
        case .tlsrpt: TLSRPTFuzzer.run(input)
        case .policy: PolicyFuzzer.run(input)
        case .reply: ReplyFuzzer.run(input)
        case .dialogue: DialogueFuzzer.run(input)
        case .http: HTTPFuzzer.run(input)
        case .certificate: CertificateFuzzer.run(input)
        case .dns: DNSFuzzer.run(input)
        case .list: ListFuzzer.run(input)
        case .theme: ThemeFuzzer.run(input)
        case .settings: SettingsFuzzer.run(input)
        }
    }
}
