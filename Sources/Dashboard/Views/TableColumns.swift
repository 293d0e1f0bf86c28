import Cells

/// The columns of the overview; each has a width from which on it is worth its room.
enum OverviewColumn: String, Hashable, Sendable, CaseIterable {
    case domain, policy
    case idAge = "id age"
    case maxAge = "max age"
    case tls, version, certificate
    case webCertificate = "web certificate"
    case bounces
    case strip = "24h"
    case age, why

    /// Columns in front of the first: cursor, flag, glyph, blank, word, blank.
    static let prefix = 12

    /// - Parameters:
    ///   - names: columns of the longest name: what the names leave free is worth more under WHY.
    ///   - hosts: the most MX hosts of a domain.
    ///   - hidden: what nobody wants to see; the domain stays.
    static func placed(
        width: Int, names: Int, hosts: Int, hidden: Set<OverviewColumn> = []
    ) -> Table<OverviewColumn> {
        let widest = width < 80 ? 20 : width < 120 ? 26 : width < 160 ? 30 : 44
        let domain = min(widest, max(16, names))
        var columns: [TableColumn<OverviewColumn>] = [
            TableColumn(.domain, minimum: min(20, domain), ideal: domain, flex: 0, priority: 100)
        ]
        let isNarrow = width < 80
        columns.append(TableColumn(.policy, minimum: isNarrow ? 1 : 7, priority: 92))
        if width >= 120 {
            columns.append(TableColumn(.idAge, minimum: 4, priority: 50, alignment: .trailing))
            columns.append(TableColumn(.maxAge, minimum: 6, priority: 49, alignment: .trailing))
        }
        columns.append(TableColumn(.tls, minimum: 3, ideal: width >= 100 && hosts > 9 ? 5 : 3, priority: 93))
        if width >= 140 { columns.append(TableColumn(.version, minimum: 3, priority: 40)) }
        columns.append(TableColumn(.certificate, minimum: 5, priority: 95, alignment: .trailing))
        if width >= 140 {
            columns.append(TableColumn(.webCertificate, minimum: 5, priority: 39, alignment: .trailing))
        }
        if width >= 120 { columns.append(TableColumn(.bounces, minimum: 7, priority: 60, alignment: .trailing)) }
        if width >= 100 {
            columns.append(TableColumn(.strip, minimum: StateStrip.columns, priority: 55))
            columns.append(TableColumn(.age, minimum: 4, priority: 58, alignment: .trailing))
        }
        columns.append(TableColumn(.why, minimum: 12, ideal: isNarrow ? 12 : 24, flex: 3, priority: 90))
        columns.removeAll { $0.id != .domain && hidden.contains($0.id) }
        return Table(columns, width: width - prefix)
    }

    /// What stands over it; `isWide` where there is a column for the policy host's certificate too.
    func title(isWide: Bool, isNarrow: Bool) -> String {
        switch self {
        case .domain: "DOMAIN"
        case .policy: isNarrow ? "P" : "POLICY"
        case .idAge: "ID"
        case .maxAge: "MAXAGE"
        case .tls: "TLS"
        case .version: "VER"
        case .certificate: isWide ? "MXCRT" : "CERT"
        case .webCertificate: "WEBCR"
        case .bounces: "BOUNCES"
        case .strip: "24H"
        case .age: "AGE"
        case .why: "WHY"
        }
    }

    /// The sort that orders by it.
    var sort: SortColumn? {
        switch self {
        case .domain: .domain
        case .policy: .policy
        case .idAge: .idAge
        case .maxAge: .maxAge
        case .tls: .tls
        case .certificate: .certificate
        case .bounces: .bounces
        case .age: .age
        case .version, .webCertificate, .strip, .why: nil
        }
    }
}
