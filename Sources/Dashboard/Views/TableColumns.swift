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
    ///   - sorted: what the rows are ordered by: seen at every width, or nobody knows why they stand so.
    static func placed(
        width: Int, names: Int, hosts: Int, hidden: Set<OverviewColumn> = [], sorted: SortColumn = .severity
    ) -> Table<OverviewColumn> {
        let widest = width < 80 ? 20 : width < 120 ? 26 : width < 160 ? 30 : 44
        let domain = min(widest, max(16, names))
        let isNarrow = width < 80
        var columns: [TableColumn<OverviewColumn>] = [
            TableColumn(.domain, minimum: min(20, domain), ideal: domain, flex: 0, priority: 100)
        ]
        /// Adds a column where it is worth its room, with room for the arrow of the order.
        func add(_ column: OverviewColumn, from least: Int = 0, _ need: Int, _ priority: Int, _ side: Alignment) {
            let isSorted = column.sort == sorted
            guard width >= least || isSorted else { return }
            let title = column.title(isWide: width >= 140, isNarrow: isNarrow)
            columns.append(
                TableColumn(
                    column, minimum: isSorted ? max(need, title.utf8.count + 2) : need,
                    priority: isSorted ? 96 : priority, alignment: side))
        }
        add(.policy, isNarrow ? 1 : 7, 92, .leading)
        add(.idAge, from: 120, 5, 50, .trailing)
        add(.maxAge, from: 120, 6, 49, .trailing)
        add(.tls, hosts > 9 ? 5 : 3, 93, .leading)
        add(.version, from: 140, 3, 40, .leading)
        add(.certificate, 5, 95, .trailing)
        add(.webCertificate, from: 140, 5, 39, .trailing)
        add(.bounces, from: 100, 7, 60, .trailing)
        add(.strip, from: 100, StateStrip.columns, 55, .leading)
        add(.age, from: 100, 4, 58, .trailing)
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
