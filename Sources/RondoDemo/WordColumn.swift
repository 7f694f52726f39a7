import RondoFrame

/// Builds text columns whose levels stand in order of first appearance.
enum WordColumn {
    /// A column of any words; nil is missing.
    static func make(_ words: [String?]) -> Column {
        var codes: [Int32] = []
        codes.reserveCapacity(words.count)
        var levels: [String] = []
        var known: [String: Int32] = [:]
        for word in words {
            guard let word else {
                codes.append(-1)
                continue
            }
            if let code = known[word] {
                codes.append(code)
            } else {
                let code = Int32(clamping: levels.count)
                known[word] = code
                levels.append(word)
                codes.append(code)
            }
        }
        return Column(.text(codes, Levels(levels)))
    }

    /// A column of words out of a list, given by their place in it; a place outside the list is missing.
    static func make(_ places: [Int], of list: [String]) -> Column {
        var levels: [String] = []
        var codeOfPlace = [Int32](repeating: -1, count: list.count)
        let codes = places.map { place -> Int32 in
            guard list.indices.contains(place) else { return -1 }
            if codeOfPlace[place] < 0 {
                codeOfPlace[place] = Int32(clamping: levels.count)
                levels.append(list[place])
            }
            return codeOfPlace[place]
        }
        return Column(.text(codes, Levels(levels)))
    }
}
