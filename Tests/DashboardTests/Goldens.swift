/// Screens as they have to be, by the names in `Screens`; blanks at the ends of lines do not count.
enum Goldens {
    static let all: [String: String] = {
        let parts = [overview, panels, states, details, histories, traces, groups, plans, strangers]
        return (parts + [views, data, foreign]).reduce(into: [:]) { all, some in
            all.merge(some) { first, _ in first }
        }
    }()
}
