import Cells
import Dashboard
import FoundationEssentials
import Testing

@Suite struct KeymapTests {
    @Test("Every action has keys, and no key is asked for twice")
    func standard() {
        let (keymap, problems) = Keymap.remapped([:])
        #expect(problems.isEmpty, "\(problems)")
        for action in Action.allCases {
            #expect(!keymap.keys(for: action).isEmpty, "\(action)")
            for key in keymap.keys(for: action) { #expect(keymap.action(for: key) == action) }
        }
        #expect(keymap.action(for: .character("j")) == .moveDown)
        #expect(keymap.action(for: .function(1)) == .help)
        #expect(keymap.action(for: .ctrl("c")) == .quit)
    }

    @Test("Given keys replace the standard ones, and help and footer follow")
    func remapped() {
        let (keymap, problems) = Keymap.remapped(["recheck": ["f5"], "acknowledge": [], "filter": ["ctrl-f", "/"]])
        #expect(problems.isEmpty, "\(problems)")
        #expect(keymap.action(for: .function(5)) == .recheck)
        #expect(keymap.action(for: .character("r")) == nil)
        #expect(keymap.keys(for: .acknowledge).isEmpty)
        var model = Model(now: Sample.now, keymap: keymap)
        for message in [Message.resized(Size(width: 140, height: 24)), .listed(Sample.usual.map(Sample.watched))] {
            _ = update(&model, message)
        }
        let footer = model.screen(140, 24).last ?? ""
        #expect(footer.contains("F5 recheck"))
        #expect(footer.contains("^F filter"))
        #expect(!footer.contains(" ack"))
        model.type("?")
        #expect(model.screen(140, 24).contains { $0.contains("F5") && $0.contains("recheck") })
    }

    @Test("Conflicts, unknown actions and unknown keys are found")
    func problems() {
        let (keymap, problems) = Keymap.remapped([
            "recheck": ["a"], "fly": ["f"], "pause": ["hyper-p"], "sort": ["p"],
        ])
        #expect(problems.contains(.unknownAction("fly")))
        #expect(problems.contains(.unknownKey(action: .pause, text: "hyper-p")))
        #expect(problems.contains(.conflict(key: .character("a"), kept: .recheck, lost: .acknowledge)))
        #expect(problems.count == 3, "\(problems)")
        #expect(keymap.action(for: .character("a")) == .recheck)
        #expect(keymap.action(for: .character("p")) == .sort)
        for problem in problems { #expect(!problem.description.isEmpty) }
    }

    @Test("^C leaves even where quitting has lost its keys")
    func always() {
        let (keymap, _) = Keymap.remapped(["quit": [], "quit-view": []])
        #expect(keymap.action(for: .ctrl("c")) == .quit)
    }

    @Test("The help searches as one types")
    func help() {
        var model = Sample.usualModel()
        model.type("?")
        #expect(model.screen().contains { $0.contains("MOVE") && $0.contains("TABLE") })
        model.write("filt")
        #expect(model.screen()[0].contains("keys: filt"))
        #expect(model.screen().contains { $0.contains("/ filter") })
        #expect(!model.screen().contains { $0.contains("MOVE") })
        model.type("escape")
        #expect(model.cursorLine.contains("acme-payments.example"))
    }

    @Test("A key without a meaning says where the meanings are")
    func unknown() {
        var model = Sample.usualModel()
        model.type("z")
        #expect(model.screen().last == " z does nothing here; ? shows the keys")
    }
}
