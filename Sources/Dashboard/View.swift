public import Cells

/// Draws the model on a canvas of exactly `size`; pure, and for every size.
public func view(_ model: Model, size: Size) -> Canvas {
    var painter = Painter(size: size, theme: model.theme)
    let whole = Rect(size)
    guard ScreenClass(size) != .counts else {
        CountsView.draw(model, &painter, in: whole)
        return painter.canvas
    }
    if model.isWall {
        WallView.draw(model, &painter, in: whole)
    } else if model.isPlanning {
        PlanView.draw(model, &painter, size: size)
    } else if model.detail != nil {
        DetailView.draw(model, &painter, size: size)
    } else {
        let frame = OverviewFrame(model, size: size)
        BannerView.draw(model, &painter, in: frame.banner)
        StatusView.draw(model, &painter, in: frame.status)
        let table = model.showsGroups ? GroupView.draw : TableView.draw
        table(model, &painter, frame.head, frame.table)
        LowerPanesView.draw(model, &painter, frame)
        FixView.draw(model, &painter, in: frame.fix)
        FooterView.draw(model, &painter, in: frame.footer)
    }
    OverlayView.draw(model, &painter, in: whole)
    return painter.canvas
}
