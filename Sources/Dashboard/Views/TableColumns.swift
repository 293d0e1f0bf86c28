import Cells

/// The columns of the overview, left to right; which of them are seen is the width's word.
enum OverviewColumn: String, Hashable, Sendable, CaseIterable {
    case domain, policy
    case idAge = "id age"
    case maxAge = "max age"
    case tls, version, certificate
    case webCertificate = "web certificate"
    case bounces = "bounces in"
    case strip = "24h"
    case age, why

    /// Columns in front of the first: cursor, flag, glyph, blank, word, blank.
    static let prefix = 12
    /// The width of the usual screen; a narrower one abbreviates.
    private static let usual = 80

    /// From 80 columns on nothing is gained at the cost of WHY: a column comes when it finds room beside a WHY as wide
    /// as at 80, the more important first, and what is left when all are there goes to the names and to WHY.
    /// - Parameters:
    ///   - names: columns of the longest name: what the names leave free is worth more under WHY.
    ///   - hosts: the most MX hosts of a domain.
    ///   - hidden: what nobody wants to see; the domain stays.
    ///   - sorted: what the rows are ordered by: seen at every width, or nobody knows why they stand so.
    static func placed(
        width: Int, names: Int, hosts: Int, hidden: Set<OverviewColumn> = [], sorted: SortColumn = .severity
    ) -> Table<OverviewColumn> {
        let isNarrow = width < usual
        let widest = isNarrow ? 20 : width <= usual ? 26 : 30 + max(0, width - 140) / 3
        let domain = min(widest, max(16, names))
        let usualDomain = min(26, domain)
        let usualTable =
            width > usual
            ? placed(width: usual, names: names, hosts: hosts, hidden: hidden, sorted: sorted) : nil
        var columns: [TableColumn<OverviewColumn>] = [
            TableColumn(
                .domain, minimum: usualTable == nil ? min(20, domain) : usualDomain, ideal: domain, priority: 100)
        ]
        /// Adds a column, with room for the arrow of the order.
        func add(_ column: OverviewColumn, isExtra: Bool = true, _ need: Int, _ priority: Int, _ side: Alignment) {
            let isSorted = column.sort == sorted
            guard !isExtra || isSorted || usualTable != nil else { return }
            let arrow = isSorted ? 2 : 0
            let title = column.title(width: need, isWide: usualTable != nil, isNarrow: isNarrow)
            let whole = column.title(width: .max, isWide: usualTable != nil, isNarrow: isNarrow)
            columns.append(
                TableColumn(
                    column, minimum: max(need, isSorted ? title.utf8.count + arrow : 0),
                    ideal: max(need, whole.utf8.count + arrow), priority: isSorted ? 96 : priority, alignment: side))
        }
        add(.policy, isExtra: false, isNarrow ? 1 : 7, 92, .leading)
        add(.idAge, 5, 50, .trailing)
        add(.maxAge, 6, 49, .trailing)
        add(.tls, isExtra: false, hosts > 9 ? 5 : 3, 93, .leading)
        add(.version, 3, 40, .leading)
        add(.certificate, isExtra: false, 5, 95, .trailing)
        add(.webCertificate, 5, 39, .trailing)
        add(.bounces, 7, 60, .trailing)
        add(.strip, StateStrip.columns, 55, .leading)
        add(.age, 4, 61, .trailing)
        columns.removeAll { hidden.contains($0.id) && $0.id != .domain }
        let least = usualTable?[.why]?.width
        func table(whyGrows: Bool) -> Table<OverviewColumn> {
            let why = TableColumn(
                OverviewColumn.why, minimum: least ?? 12, ideal: least ?? (isNarrow ? 12 : 24), flex: whyGrows ? 3 : 0,
                priority: 90)
            return Table(hidden.contains(.why) ? columns : columns + [why], width: width - prefix)
        }
        let full = table(whyGrows: true)
        let lacks = full.columns.count < columns.count + (hidden.contains(.why) ? 0 : 1)
        // What is left while a column is missing is kept for it: WHY would have to give it back.
        return lacks && usualTable != nil ? table(whyGrows: false) : full
    }

    /// What stands over it in so many columns; `isWide` where there is a column for the policy host's certificate too.
    func title(width: Int, isWide: Bool, isNarrow: Bool) -> String {
        switch self {
        case .domain: "DOMAIN"
        case .policy: isNarrow ? "P" : "POLICY"
        case .idAge: "ID"
        case .maxAge: "MAXAGE"
        case .tls: "TLS"
        case .version: "VER"
        case .certificate: isWide ? "MXCRT" : "CERT"
        case .webCertificate: "WEBCR"
        case .bounces: width >= 10 ? "BOUNCES IN" : "BNCE IN"
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
