import Cells
import Dashboard
import FoundationEssentials
import Testing

/// How the screen is arranged outlives it.
@Suite struct ViewStateTests {
    /// Everything that the keys arrange, away from the usual.
    private static func arranged() -> Model {
        var model = Sample.usualModel()
        model.tell(.themes(["auto", "dark", "mono"]))
        model.type("s", "d", "I", "!", "m", "t", "p", "c", "j", "space", "escape")
        model.type(":")
        model.write("theme dark")
        model.type("enter", ":")
        model.write("filter clinic")
        model.type("enter", "space")
        return model
    }

    @Test("what was arranged is told, and a new screen that is given it looks the same")
    func roundTrip() {
        let state = Self.arranged().viewState
        #expect(state.sort == "domain" && state.isInverted && state.showsProblemsOnly && state.isMouseOn)
        #expect(state.grouping == "provider" && state.hiddenColumns.count == 1)
        #expect(state.theme == "dark" && state.commands == ["theme dark", "filter clinic"])

        var other = Sample.usualModel()
        #expect(other.restore(state) == [.mouse(true)])
        #expect(other.viewState == state)
        // The groups are counted when something happens next.
        other.tell(.tick(Sample.now))
        var same = Self.arranged()
        same.type(":")
        same.write("filter")
        same.type("enter")
        same.tell(.tick(Sample.now.addingTimeInterval(60)), .tick(Sample.now))
        #expect(other.screen() == same.screen())
        other.type(":", "up", "up")
        #expect(other.screen().last?.hasPrefix(":theme dark") == true)
    }

    @Test("a new screen tells the usual view, and a theme that is only walked past is not chosen")
    func usual() {
        #expect(Sample.usualModel().viewState == ViewState())
        var model = Sample.usualModel()
        model.tell(.themes(["auto", "dark"]))
        model.type("T", "j", "escape")
        #expect(model.viewState == ViewState())
        model.type("T", "j", "enter")
        #expect(model.viewState.theme == "dark")
    }

    @Test("a filter and marks stay behind: nothing is hidden from who starts the monitor")
    func filter() {
        var model = Sample.usualModel()
        model.type("/")
        model.write("acme")
        model.type("enter", "space")
        #expect(model.viewState == ViewState())
    }
}
