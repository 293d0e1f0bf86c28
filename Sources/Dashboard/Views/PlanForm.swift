//   MX       10  mx1.acme-payments.example                 goes
//            30  mx3.acme-payments.example                 new
//                add or move a host
//   POLICY       mode: testing                             was enforce
//                mx: mx1.acme-payments.example
//                add an mx line
//                max_age: 604800                           7d
//                serve a file in its place
//   ID           as published now
//   CERT         mx1.acme-payments.example                 ends 24 Dec, 30d
//                show another certificate
//   TLSA         publish the TLSA records of a host
//   MTA-STS      stays

import Cells
import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

/// The form of the plan screen, line by line.
struct PlanForm {
    let request: PlanRequest
    let ground: PlanGround
    let now: Date
    let width: Int

    /// What a line says, and at its end what becomes of it.
    private struct Words {
        var lead = ""
        var what: String
        var role = Role.text
        var mark = ""
        var markRole = Role.diffAdd
    }

    /// - Parameter before: the line above; the name of a part stands at its first line only.
    func line(_ line: PlanBoard.Line, after before: PlanBoard.Line?) -> StyledLine {
        let isFirst = before.map { PlanForm.label($0) != PlanForm.label(line) } ?? true
        let words = words(line)
        var text = StyledLine()
        text.add(" " + (isFirst ? PlanForm.label(line) : ""), .title, columns: 9)
        text.add(words.lead, .textDim, columns: 5, alignment: .trailing)
        text.add("  ")
        let room = max(1, width - text.width - (words.mark.isEmpty ? 1 : words.mark.utf8.count + 3))
        text.add(words.what, words.role, columns: min(room, max(TextWidth.columns(of: words.what), min(room, 40))))
        if !words.mark.isEmpty { text.add("  " + words.mark, words.markRole) }
        return text
    }

    private static func label(_ line: PlanBoard.Line) -> String {
        switch line {
        case .host, .added, .addMX: "MX"
        case .mode, .pattern, .addedPattern, .addPattern, .maxAge, .policyFile: "POLICY"
        case .id: "ID"
        case .shown, .certificate, .addCertificate: "CERT"
        case .tlsa, .addTLSA: "TLSA"
        case .sts: "MTA-STS"
        }
    }

    private func words(_ line: PlanBoard.Line) -> Words {
        switch line {
        case .host(let record): host(record)
        case .added(let place): added(request.addedMX, place)
        case .addMX: Words(what: "add or move a host", role: .textDim)
        case .mode: policy("mode", ground.mode, request.policyEdit.mode?.rawValue)
        case .pattern(let pattern):
            request.policyEdit.removedMX.contains(pattern)
                ? Words(what: "mx: \(pattern)", role: .diffDelete, mark: "goes", markRole: .diffDelete)
                : Words(what: "mx: \(pattern)")
        case .addedPattern(let place): new(request.policyEdit.addedMX.map { "mx: \($0)" }, place)
        case .addPattern: Words(what: "add an mx line", role: .textDim)
        case .maxAge: maxAge
        case .policyFile: chosen(request.policyFile, else: "serve a file in its place")
        case .id: chosen(request.recordID, else: "as published now")
        case .shown(let host, let end): shown(host, end)
        case .certificate(let place): new(request.certificates, place)
        case .addCertificate: Words(what: "show another certificate", role: .textDim)
        case .tlsa(let place): new(request.tlsa, place)
        case .addTLSA: Words(what: "publish the TLSA records of a host", role: .textDim)
        case .sts:
            request.removesSTS ? Words(what: "is removed", role: .diffDelete) : Words(what: "stays", role: .textDim)
        }
    }

    private func host(_ record: MXHost) -> Words {
        var words = Words(lead: String(record.preference), what: record.host?.text ?? ".")
        guard let host = record.host else { return words }
        if request.removedMX.contains(host) {
            (words.role, words.mark, words.markRole) = (.diffDelete, "goes", .diffDelete)
        } else if let moved = request.addedMX.first(where: { $0.host == host }) {
            words.mark = "becomes \(moved.preference)"
        }
        return words
    }

    private func added(_ records: [MXHost], _ place: Int) -> Words {
        guard records.indices.contains(place) else { return Words(what: "") }
        return Words(
            lead: String(records[place].preference), what: records[place].host?.text ?? "", role: .diffAdd, mark: "new")
    }

    private func new(_ texts: [String], _ place: Int) -> Words {
        Words(what: texts.indices.contains(place) ? texts[place] : "", role: .diffAdd, mark: "new")
    }

    private func chosen(_ text: String?, else today: String) -> Words {
        text.map { Words(what: $0, role: .diffAdd, mark: "new") } ?? Words(what: today, role: .textDim)
    }

    private func policy(_ key: String, _ served: String?, _ planned: String?) -> Words {
        guard let planned, planned != served else { return Words(what: "\(key): \(served ?? "-")") }
        return Words(
            what: "\(key): \(planned)", role: .diffAdd, mark: served.map { "was \($0)" } ?? "new")
    }

    private var maxAge: Words {
        var words = policy("max_age", ground.maxAge, request.policyEdit.maxAge.map(String.init))
        if words.mark.isEmpty, let seconds = ground.maxAge.flatMap(Int.init), seconds <= STSPolicy.greatestMaxAge {
            (words.mark, words.markRole) = (Stamp.long(Double(seconds)), .textDim)
        }
        return words
    }

    private func shown(_ host: DomainName, _ end: Date) -> Words {
        if let place = request.certificate(of: host) { return new(request.certificates, place) }
        let moment = Moment(end)
        let day = moment.year == Moment(now).year ? moment.dayAndTimeInWords : moment.fullInWords
        return Words(what: host.text, mark: "ends \(day), \(RowView.left(end, now).text)", markRole: .textDim)
    }
}
