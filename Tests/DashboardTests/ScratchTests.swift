import Cells
import Dashboard
import Testing

@Suite struct ScratchTests {
    @Test func show() {
        for (w, h) in [(40, 10), (80, 24), (140, 40), (60, 16), (100, 30)] {
            let model = Sample.usualModel(size: Size(width: w, height: h))
            print("=== \(w)x\(h)")
            print(view(model, size: Size(width: w, height: h)).dump)
            var detail = model
            for tab in ["1", "2", "3", "4"] {
                detail.type(tab)
                print("--- tab \(tab)")
                print(view(detail, size: Size(width: w, height: h)).dump)
            }
            var help = model
            help.type("?")
            print(view(help, size: Size(width: w, height: h)).dump)
            var sort = model
            sort.type("s")
            print(view(sort, size: Size(width: w, height: h)).dump)
        }
    }
}
