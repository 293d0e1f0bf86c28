import Cells
import FoundationEssentials
import MTASTS
import Testing

@testable import Dashboard

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

    /// Every action on a key that no action has by default.
    private static let strange: [String: [String]] = {
        let keys = (1...40).map { "f\($0 + 1)" } + "abcdefghijklmnopqrstuvwxyz".map { "alt-\($0)" }
        return Dictionary(uniqueKeysWithValues: zip(Action.allCases.map(\.rawValue), keys.map { [$0] }))
    }()

    @Test("With every action on another key each does what it did, and no old key does anything")
    func allRemapped() throws {
        #expect(Self.strange.count == Action.allCases.count)
        let (keymap, problems) = Keymap.remapped(Self.strange)
        #expect(problems.isEmpty, "\(problems)")
        for info in ActionInfo.all {
            for key in info.keys where key != "ctrl-c" {
                #expect(keymap.action(for: try #require(Key.parse(key))) == nil, "\(key)")
            }
        }
        let starts: [[Action]] = [[], [.open], [.tabHosts], [.wall], [.plan], [.otherPane], [.tabTrace]]
        for start in starts {
            for action in Action.allCases {
                let usual = try played(start + [action], .standard)
                let other = try played(start + [action], keymap)
                #expect(usual == other, "\(action) after \(start)")
            }
        }
    }

    /// All that a key can change, after these actions.
    private struct Outcome: Equatable {
        let effects: [String]
        let overlay: Overlay?
        let prompt: Prompt?
        let detail: Detail?
        let arrangement: Arrangement
        let cursor: String?
        let flags: [Bool]
        let numbers: [Int]
    }

    private func played(_ actions: [Action], _ keymap: Keymap) throws -> Outcome {
        var model = Sample.usualModel()
        model.keymap = keymap
        var effects: [Effect] = []
        for action in actions { effects = model.tell(.key(try #require(keymap.keys(for: action).first))) }
        // The names of keys stand in help and footer, not in what comes of them.
        return Outcome(
            effects: effects.map { String(String(describing: $0).prefix { $0 != "\"" }) }, overlay: model.overlay,
            prompt: model.prompt, detail: model.detail,
            arrangement: model.fleet.arrangement, cursor: model.selectedRow?.domain.text,
            flags: [
                model.isWall, model.isPlanning, model.isMouseOn, model.pause != nil, model.pane == .table,
                model.showsGroups,
            ],
            numbers: [model.fleet.markedCount, model.log.markedCount, model.pan, model.changeTop])
    }

    @Test("Help and footer name the keys of the live map, and no other")
    func told() throws {
        let (keymap, _) = Keymap.remapped(Self.strange)
        var model = Sample.usualModel(size: Size(width: 300, height: 80))
        model.keymap = keymap
        for place in [ActionInfo.Place.overview, .detail, .wall, .plan] {
            let start: Action? = [.detail: .open, .wall: .wall, .plan: .plan][place]
            var model = model
            if let start { model.tell(.key(try #require(keymap.keys(for: start).first))) }
            let footer = " " + (model.screen(300, 80).last ?? "")
            for info in ActionInfo.all {
                guard let shown = info.footer, shown.places.contains(place) else { continue }
                let label = try #require(keymap.keys(for: info.action).first).label
                #expect(footer.contains(label), "\(info.action) in \(place): \(footer)")
                #expect(!footer.contains(" \(try #require(Key.parse(info.keys[0])).label) "), "\(info.action)")
            }
        }
        model.tell(.key(try #require(keymap.keys(for: .help).first)))
        let words = Set(model.screen(300, 80).flatMap { $0.split(separator: " ").map(String.init) })
        for action in Action.allCases {
            #expect(words.contains(try #require(keymap.keys(for: action).first).label), "\(action)")
        }
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
        #expect(problems.map(\.description).contains { $0.hasPrefix("a is asked for by recheck and by acknowledge") })
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

    @Test("In the help every letter is searched for; Esc closes it, and so does a key that is no text")
    func helpLetters() {
        var model = Sample.usualModel()
        let (keymap, problems) = Keymap.remapped(["back": ["ctrl-g", "escape"]])
        #expect(problems.isEmpty)
        model.keymap = keymap
        for close in ["escape", "ctrl-g", "f1", "enter"] {
            model.type("?")
            model.write("quit?")
            #expect(model.screen()[0].contains("keys: quit?"))
            #expect(model.type(close).isEmpty)
            #expect(model.overlay == nil, "\(close)")
        }
    }

    @Test("The help has every field of the filter, every command and every sign, and finds them")
    func helpTexts() {
        var model = Sample.usualModel(size: Size(width: 140, height: 80))
        func finds(_ text: String, _ wanted: String) {
            model.type("?")
            model.write(text)
            let lines = model.screen(140, 80)
            #expect(lines.contains { $0.contains(wanted) }, "\(text)")
            model.type("escape")
        }
        for field in FilterReader.fieldHelp {
            #expect(Filter(field.example).remarks.isEmpty && !Filter(field.example).isEmpty, "\(field.example)")
            finds(field.example.lowercased(), field.text)
        }
        for command in Model.commands { finds(":" + command, ":" + command) }
        finds("muted", "M15:32")
        finds("flapping", "F6/h")
        finds("acknowledged", "*")
        model.type("?")
        let legend = model.screen(140, 80).last ?? ""
        #expect(legend.contains("* unacked") && legend.contains("+ marked") && legend.contains("> cursor"))
    }

    @Test("The footer of a wide screen names the command line")
    func footerCommand() {
        for size in [Size(width: 140, height: 40), Size(width: 200, height: 50)] {
            #expect(Sample.usualModel(size: size).screen(size.width, size.height).last?.contains(": command") == true)
        }
    }
}
