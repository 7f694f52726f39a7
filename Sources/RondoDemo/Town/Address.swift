/// Where a home stands, and the ways people write it down.
struct Address: Sendable {
    let number: Int
    let street: Street
    /// The apartment, for homes in a building.
    let apartment: Int?

    /// How an address is written; every style reads the same once street words, ordinals, signs and capitals are made uniform.
    enum Style: Int, Sendable, CaseIterable {
        /// `12 Elm Street Apt 4`
        case full
        /// `12 Elm St., Apt. 4`
        case pointed
        /// `12 Elm St #4`
        case short
        /// `12 ELM ST APT 4`
        case capitals
        /// `12 elm street apartment 4`
        case small
    }

    /// The address in this style; without the apartment where a register leaves it out.
    func written(_ style: Style, withApartment: Bool = true) -> String {
        let unit = withApartment ? apartment : nil
        switch style {
        case .full: return "\(number) \(street.name.full) \(street.kind.full)" + (unit.map { " Apt \($0)" } ?? "")
        case .pointed: return "\(number) \(street.name.short) \(street.kind.short)." + (unit.map { ", Apt. \($0)" } ?? "")
        case .short: return "\(number) \(street.name.short) \(street.kind.short)" + (unit.map { " #\($0)" } ?? "")
        case .capitals:
            let words = "\(number) \(street.name.short) \(street.kind.short)".uppercased().filter { $0 != "." }
            return words + (unit.map { " APT \($0)" } ?? "")
        case .small:
            return "\(number) \(street.name.full) \(street.kind.full)".lowercased() + (unit.map { " apartment \($0)" } ?? "")
        }
    }
}
