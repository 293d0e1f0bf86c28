import Cells
public import Deliverability
public import MTASTS

/// For frames that are drawn without anybody at the keys.
extension Model {
    /// Puts the cursor on a domain.
    /// - Returns: false where the table does not show it.
    public mutating func moveCursor(to domain: DomainName) -> Bool {
        guard let position = fleet.position(of: domain) else { return false }
        select(position)
        return true
    }

    /// Opens the plan screen on a change; without an answer it says that nothing is planned.
    public mutating func showPlan(_ request: PlanRequest, _ plan: Plan?) {
        var board = PlanBoard(request.domain)
        board.request = request
        if let plan { board.standing = .judged(plan, at: now) }
        self.plan = board
        isPlanning = true
    }
}

extension PlanRequest {
    /// A change as the form can say it.
    /// - Parameters:
    ///   - policyFile: a path.
    ///   - certificates: `[HOST=]PATH` of PEM chains, or `[HOST=]DATES`.
    public init(_ domain: DomainName, _ change: PlannedChange, policyFile: String?, certificates: [String]) {
        self.init(domain)
        addedMX = change.addedMX
        removedMX = change.removedMX
        recordID = change.recordID
        removesSTS = change.removesSTS
        self.policyFile = policyFile
        policyEdit = change.policyEdit
        self.certificates = certificates
        for (host, records) in change.tlsa.sorted(by: { $0.key.text < $1.key.text }) {
            tlsa += records.isEmpty ? ["\(host)=none"] : records.map { "\(host)=\($0)" }
        }
    }
}
