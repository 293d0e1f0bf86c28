//  stswatch  24 Nov 2026 14:32:07Z
//  X 2 BOUNCE   ! 2 RISK   ~ 1 WARN   ? 1 UNKNOWN   - 1 NONE   . 1 OK
//  8 domains, 2 shown  sort:severity  filter:state:bounce
//
//    STATE v   DOMAIN                    POLICY  TLS  CERT WHY
//   *X BOUNCE  acme-payments.example     enforce 0/2   -2h mx1,mx2 cert expired

import Cells
import Deliverability
import MTASTS

/// The overview as text, for a file or a pager: when it was seen, what it leaves out, and every row or group that the
/// filter shows, in the columns of the screen.
enum OverviewText {
    static func lines(_ model: Model) -> [String] {
        // A file has the room that the smallest screens lack.
        let width = max(80, model.size.width)
        let moment = Moment(model.now)
        let trouble = BannerView.words(model).plain
        let counts = DomainState.allCases.filter { model.fleet.count($0) > 0 }.map { state in
            "\(state.glyph) \(model.fleet.count(state)) \(state.word)"
        }
        let head = [
            "stswatch  \(Moment.words(moment.full)) \(moment.clock)" + (trouble.isEmpty ? "" : "  \(trouble)"),
            counts.joined(separator: "   "), StatusView.shown(model).plain, "",
        ]
        return (head + (model.showsGroups ? GroupView.text(model, width: width) : table(model, width: width))).map {
            String($0.reversed().drop { $0 == " " }.reversed())
        }
    }

    private static func table(_ model: Model, width: Int) -> [String] {
        let columns = model.columns(width: width)
        let rows = model.fleet.order.map { model.fleet.rows[Int($0)] }
        let names = max(columns[.domain]?.width ?? 0, rows.map(\.domain.text.utf8.count).max() ?? 0)
        let titles = columns.columns.map { column in
            TextWidth.fitted(
                TableView.title(of: column, model, columns, isNarrow: false),
                to: column.id == .domain ? names : column.width, alignment: column.alignment)
        }
        let head = TextWidth.fitted("  " + TableView.stateTitle(model), to: OverviewColumn.prefix)
        return [head + titles.joined(separator: " ")]
            + rows.map { row in
                RowView(row: row, model: model, isSelected: false).text(columns, names: names, screenWidth: width)
            }
    }
}
