//  domain  U-label                             state for ...  mode
//  [1 Summary] 2 Policy  3 MX hosts  4 Certs  5 History  6 Trace   X3 !5
//  ---------------------------------------------------------------
//  upper ...
//  -- divider ----------------------------------------------------     tabs with a table
//  lower ...
//  fix                                                                 all tabs but the Summary
//  footer

import Cells

/// Where the regions of the detail stand; regions without room are empty.
struct DetailFrame: Hashable, Sendable {
    var head = Rect.zero
    var tabs = Rect.zero
    var rule = Rect.zero
    var upper = Rect.zero
    var divider = Rect.zero
    var lower = Rect.zero
    var fix = Rect.zero
    var footer = Rect.zero

    init(_ size: Size, content: DetailContent, hasFix: Bool = false) {
        let isTall = size.height >= 10
        let parts = Rect(size).rows(
            .fixed(1), .fixed(size.height >= 6 ? 1 : 0), .fixed(isTall ? 1 : 0), .flex(1),
            .fixed(isTall && hasFix ? (size.height >= 20 ? 2 : 1) : 0), .fixed(size.height >= 6 ? 1 : 0))
        head = parts[0]
        tabs = parts[1]
        rule = parts[2]
        let body = parts[3]
        fix = parts[4]
        footer = parts[5]
        guard !content.entries.isEmpty, body.height >= 4 else {
            upper = body
            return
        }
        // The table has what it needs, as long as half is left for what is selected in it.
        let below = min(content.lower.count + 1, max(body.height / 2, body.height - content.upper.count))
        let halves = body.rows(.flex(1), .fixed(1), .fixed(max(1, below - 1)))
        upper = halves[0]
        divider = halves[1]
        lower = halves[2]
    }

    /// The part that pages.
    var scrolled: Rect { lower.isEmpty ? upper : lower }
}
