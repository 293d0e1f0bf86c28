import Cells
import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

extension Model {
    /// Opens the plan screen on the current domain, where it was left; the same key closes it.
    mutating func togglePlan() {
        guard !isPlanning else { return closePlan() }
        guard let row = currentRow else { return say("no domain to plan for") }
        if plan?.request.domain != row.domain { plan = PlanBoard(row.domain) }
        isPlanning = true
        pan = 0
    }

    mutating func closePlan() {
        isPlanning = false
        pan = 0
    }

    /// What came back; nil for a request that was changed since.
    mutating func take(_ request: PlanRequest, _ answer: PlanAnswer) {
        guard plan?.request == request else { return }
        switch answer {
        case .plan(let judged): plan?.standing = .judged(judged, at: now)
        case .failed(let reason): plan?.standing = .failed(reason)
        }
    }

    mutating func performOnPlan(_ action: Action, _ effects: inout [Effect]) {
        guard let board = plan else { return }
        let lines = board.lines(PlanGround(planRow?.status))
        let selection = min(board.selection, lines.count - 1)
        let page = max(1, PlanView.frame(self, size).scrolled.height - 1)
        switch action {
        case .back, .quitView: closePlan()
        case .moveDown: plan?.selection = min(selection + 1, lines.count - 1)
        case .moveUp: plan?.selection = max(0, selection - 1)
        case .moveTop: plan?.selection = 0
        case .moveBottom: plan?.selection = lines.count - 1
        case .open, .mark: act(on: lines[selection], &effects)
        case .recheck: replan(&effects, fresh: true)
        case .pageDown: scrollPlan(by: page)
        case .pageUp: scrollPlan(by: -page)
        case .halfPageDown: scrollPlan(by: max(1, page / 2))
        case .halfPageUp: scrollPlan(by: -max(1, page / 2))
        case .panLeft: pan = max(0, pan - 8)
        case .panRight: pan = min(400, pan + 8)
        default: say("not here: \(label(of: .back)) leaves the plan")
        }
    }

    mutating func scrollPlan(by step: Int) {
        let count = PlanView.content(self, width: size.width).lower.count
        let bottom = max(0, count - PlanView.frame(self, size).scrolled.height)
        let here = min(plan?.scroll ?? 0, bottom)
        plan?.scroll = min(max(0, here + step), bottom)
    }

    private mutating func act(on line: PlanBoard.Line, _ effects: inout [Effect]) {
        guard let request = plan?.request else { return }
        switch line {
        case .host(let record):
            guard let host = record.host else { return }
            change(&effects) { $0.removedMX.toggle(host) }
        case .added(let place): change(&effects) { $0.addedMX.remove(at: place) }
        case .addMX: ask(.mx, "")
        case .mode:
            let served = PlanGround(planRow?.status).mode
            change(&effects) { $0.policyEdit.mode = Model.mode(after: $0.policyEdit.mode, served: served) }
        case .pattern(let pattern): change(&effects) { $0.policyEdit.removedMX.toggle(pattern) }
        case .addedPattern(let place): change(&effects) { $0.policyEdit.addedMX.remove(at: place) }
        case .addPattern: ask(.pattern, "")
        case .maxAge: ask(.maxAge, request.policyEdit.maxAge.map(String.init) ?? "")
        case .policyFile: ask(.policyFile, request.policyFile ?? "")
        case .id: ask(.id, request.recordID ?? "")
        case .shown(let host, let end):
            let place = request.certificate(of: host)
            ask(.certificate(place), place.map { request.certificates[$0] } ?? Model.dated(host, end))
        case .certificate(let place): ask(.certificate(place), request.certificates[place])
        case .addCertificate: ask(.certificate(nil), "")
        case .tlsa(let place): ask(.tlsa(place), request.tlsa[place])
        case .addTLSA: ask(.tlsa(nil), "")
        case .sts:
            let isPlanned = request.policyFile != nil || request.recordID != nil || !request.policyEdit.isEmpty
            if !request.removesSTS, isPlanned { say("where MTA-STS goes, the planned policy and id go too") }
            change(&effects) {
                $0.removesSTS.toggle()
                if $0.removesSTS { ($0.policyFile, $0.recordID, $0.policyEdit) = (nil, nil, PolicyEdit()) }
            }
        }
    }

    /// Each mode in turn, and then the one that is served.
    private static func mode(after planned: STSPolicy.Mode?, served: String?) -> STSPolicy.Mode? {
        let others = [STSPolicy.Mode.enforce, .testing, .none].filter { $0.rawValue != served }
        guard let planned, let place = others.firstIndex(of: planned) else { return others.first }
        return others.dropFirst(place + 1).first
    }

    /// What stands in the line for the certificate of today.
    private static func dated(_ host: DomainName, _ end: Date) -> String { "\(host)=\(Stamp.text(end).prefix(10))" }

    private mutating func ask(_ field: PlanField, _ text: String) {
        prompt = Prompt(kind: .plan(field), input: LineInput(text))
    }

    /// Takes what was typed; a line that cannot be meant stays open.
    mutating func fill(_ field: PlanField, _ text: String, _ effects: inout [Effect]) {
        let text = text.trimmed
        if let complaint = complaint(field, text) {
            say(complaint, isError: true)
            return
        }
        prompt = nil
        switch field {
        case .mx:
            guard let record = Model.record(text) else { return }
            change(&effects) {
                $0.addedMX.removeAll { $0.host == record.host }
                $0.addedMX.append(record)
                $0.removedMX.removeAll { $0 == record.host }
            }
        case .pattern:
            guard let pattern = MXPattern(text: text) else { return }
            let isServed = PlanGround(planRow?.status).mx.contains { $0.coversSame(as: pattern) }
            change(&effects) {
                $0.policyEdit.removedMX.removeAll { $0.coversSame(as: pattern) }
                $0.policyEdit.addedMX.removeAll { $0.coversSame(as: pattern) }
                if !isServed { $0.policyEdit.addedMX.append(pattern) }
            }
        case .maxAge: change(&effects) { $0.policyEdit.maxAge = Int(text) }
        case .policyFile:
            let isEdited = plan?.request.policyEdit.isEmpty == false
            if !text.isEmpty, isEdited { say("the file takes the place of the lines that were planned") }
            change(&effects) {
                $0.policyFile = text.isEmpty ? nil : text
                if !text.isEmpty { ($0.removesSTS, $0.policyEdit) = (false, PolicyEdit()) }
            }
        case .id:
            change(&effects) {
                $0.recordID = text.isEmpty ? nil : text
                if !text.isEmpty { $0.removesSTS = false }
            }
        case .certificate(let place):
            // The dates of today are no change.
            let shown = PlanGround(planRow?.status).certificates
            guard place != nil || !shown.contains(where: { Model.dated($0.host, $0.notAfter) == text }) else { return }
            change(&effects) {
                if let place, $0.certificates.indices.contains(place) { $0.certificates.remove(at: place) }
                if !text.isEmpty, !$0.certificates.contains(text) { $0.certificates.append(text) }
            }
        case .tlsa(let place):
            change(&effects) {
                if let place, $0.tlsa.indices.contains(place) { $0.tlsa.remove(at: place) }
                for record in Model.records(text) where !$0.tlsa.contains(record) { $0.tlsa.append(record) }
            }
        }
    }

    /// Why a line cannot be taken; nil where it can. An empty line takes back what stood there.
    private func complaint(_ field: PlanField, _ text: String) -> String? {
        guard !text.isEmpty, let request = plan?.request else { return nil }
        switch field {
        case .mx:
            guard request.addedMX.count < PlanBoard.most else { return "\(PlanBoard.most) new hosts are enough" }
            return Model.record(text) == nil
                ? "write 10:mx1.example.com" : nil
        case .pattern:
            guard MXPattern(text: text) != nil else { return "write a host name, or *. and a host name, in ASCII" }
            let isMore = request.policyEdit.addedMX.count >= PlanBoard.most
            return isMore ? "\(PlanBoard.most) new mx lines are enough" : nil
        case .maxAge:
            let isSeconds = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
            guard isSeconds, let seconds = Int(text), seconds <= STSPolicy.greatestMaxAge else {
                return "0 to \(STSPolicy.greatestMaxAge); 86400 is a day"
            }
            return nil
        case .policyFile: return text == "-" ? "give the path of a file" : nil
        case .id:
            let isID = text.utf8.count <= 32 && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
            return isID ? nil : "an id is 1 to 32 letters and digits"
        case .certificate(let place):
            let value = text.split(separator: "=", maxSplits: 1).last.map(String.init) ?? text
            if value == "-" || text.hasSuffix("=") { return "give the path of a file, or a date" }
            if CertificateDates.isMeant(by: value), CertificateDates(text: value) == nil {
                return "write when it ends, such as 2027-02-01, or 2026-11-01..2027-02-01"
            }
            let isMore = place == nil && request.certificates.count >= PlanBoard.most
            return isMore ? "\(PlanBoard.most) certificates are enough" : nil
        case .tlsa(let place):
            let records = Model.records(text)
            guard records.allSatisfy(Model.isTLSA) else { return "write HOST=3 1 1 HEX, or HOST=none" }
            let count = request.tlsa.count - (place == nil ? 0 : 1) + records.count
            return count > PlanBoard.most ? "\(PlanBoard.most) TLSA records are enough" : nil
        }
    }

    private static func record(_ text: String) -> MXHost? {
        // As the option takes it, or as it stands in the table.
        let parts = text.split(maxSplits: 1) { $0 == ":" || $0 == " " }
        guard parts.count == 2, let preference = UInt16(parts[0]), let host = DomainName(String(parts[1]).trimmed),
            host.isHostName
        else { return nil }
        return MXHost(preference: Int(preference), host: host)
    }

    /// The TLSA records of a line, which commas part.
    private static func records(_ text: String) -> [String] {
        text.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
    }

    private static func isTLSA(_ text: String) -> Bool {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, DomainName(parts[0])?.isHostName == true else { return false }
        return parts[1] == "none" || TLSARecord(text: parts[1]) != nil
    }

    private mutating func change(_ effects: inout [Effect], _ edit: (inout PlanRequest) -> Void) {
        guard var request = plan?.request else { return }
        edit(&request)
        guard request != plan?.request else { return }
        plan?.request = request
        replan(&effects)
    }

    /// Asks what would come of it.
    private mutating func replan(_ effects: inout [Effect], fresh: Bool = false) {
        guard let request = plan?.request else { return }
        plan?.scroll = 0
        guard !request.isEmpty else {
            plan?.standing = .idle
            return
        }
        plan?.standing = .running
        effects.append(.plan(request, fresh: fresh))
    }

    /// The row that is planned for.
    var planRow: Row? { plan.flatMap { fleet.row(of: $0.request.domain) } }
}

extension Array where Element: Equatable {
    fileprivate mutating func toggle(_ element: Element) {
        if let place = firstIndex(of: element) { remove(at: place) } else { append(element) }
    }
}
