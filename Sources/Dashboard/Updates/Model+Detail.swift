import Cells
import Deliverability
import FoundationEssentials
import MTASTS

extension Model {
    /// Goes back from the detail to the overview, with the cursor on what was looked at.
    mutating func close() {
        if let domain = detail?.domain, fleet.position(of: domain) != nil, pane == .table { cursor = domain }
        detail = nil
        pan = 0
    }

    mutating func performOnDetail(_ action: Action) {
        guard let detail else { return }
        switch action {
        case .back: close()
        case .tabSummary: show(.summary)
        case .tabPolicy: show(.policy)
        case .tabHosts: show(.hosts)
        case .tabCertificates: show(.certificates)
        case .tabHistory: show(.history)
        case .tabTrace: show(.trace)
        case .otherPane where detail.tab.hasSelection: self.detail?.isBelow.toggle()
        case .nextTab, .otherPane: show(detail.tab.stepped(by: 1))
        case .previousTab: show(detail.tab.stepped(by: -1))
        case .nextDomain: step(by: 1)
        case .previousDomain: step(by: -1)
        case .nextProblem: stepToProblem(by: 1)
        case .previousProblem: stepToProblem(by: -1)
        case .panLeft where detail.tab == .trace: chooseSender(by: -1)
        case .panRight where detail.tab == .trace: chooseSender(by: 1)
        case .panLeft: pan = max(0, pan - 8)
        case .panRight: pan = min(400, pan + 8)
        default: scroll(action)
        }
    }

    private mutating func show(_ tab: Detail.Tab) {
        guard let detail else { return }
        self.detail = Detail(domain: detail.domain, tab: tab, sender: detail.sender)
        pan = 0
    }

    /// Tells the steps of the next or previous sender; stops at both ends.
    private mutating func chooseSender(by step: Int) {
        guard let chosen = detail?.sender else { return }
        let senders = TraceTab.senders(detailRow?.status?.assessment)
        let place = TraceTab.place(of: chosen, among: senders) + step
        guard senders.indices.contains(place) else { return }
        detail?.sender = senders[place].identity
        detail?.scroll = 0
    }

    /// Shows another domain under the same tab.
    private mutating func step(by step: Int) {
        guard let here = detailPosition, fleet.shown > 0 else { return }
        show(position: here + step)
    }

    private mutating func stepToProblem(by step: Int) {
        guard let here = detailPosition, fleet.shown > 0 else { return }
        let count = fleet.shown
        for distance in 1...count {
            let position = ((here + step * distance) % count + count) % count
            if fleet.row(at: position)?.isProblem == true { return show(position: position) }
        }
    }

    private var detailPosition: Int? {
        detail.map { fleet.position(of: $0.domain) ?? cursorPosition }
    }

    private mutating func show(position: Int) {
        guard let open = detail else { return }
        pane = .table
        select(position)
        guard let row = selectedRow else { return }
        detail = Detail(domain: row.domain, tab: open.tab, sender: open.sender)
        pan = 0
    }

    private mutating func scroll(_ action: Action) {
        let height = DetailFrame(size, content: DetailContent(), hasFix: DetailView.hasFix(self)).upper.height
        guard var detail, let content = DetailView.content(self, width: size.width, height: height) else { return }
        let frame = DetailFrame(size, content: content, hasFix: DetailView.hasFix(self))
        let page = max(1, frame.scrolled.height - 1)
        let last = max(0, content.entries.count - 1)
        let hasTable = detail.tab.hasSelection
        let selects = hasTable && !detail.isBelow
        let bottom = max(0, (hasTable ? content.lower.count : content.upper.count) - frame.scrolled.height)
        var selection = min(detail.selection, last)
        var scroll = min(detail.scroll, bottom)
        switch action {
        case .moveDown: if selects { selection += 1 } else { scroll += 1 }
        case .moveUp: if selects { selection -= 1 } else { scroll -= 1 }
        case .moveTop: if selects { selection = 0 } else { scroll = 0 }
        case .moveBottom: if selects { selection = last } else { scroll = bottom }
        case .pageDown, .open: scroll += page
        case .pageUp: scroll -= page
        case .halfPageDown, .mark: scroll += max(1, page / 2)
        case .halfPageUp: scroll -= max(1, page / 2)
        default: return say("not here: \(label(of: .back)) leaves the domain")
        }
        selection = min(max(0, selection), last)
        detail.scroll = selection == detail.selection ? min(max(0, scroll), bottom) : 0
        detail.selection = selection
        self.detail = detail
    }
}
