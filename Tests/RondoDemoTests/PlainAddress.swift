/// A small reading of addresses for these tests, apart from the language's `standard`: capitals, points, commas, short words and ordinals.
enum PlainAddress {
    private static let words = [
        "st": "street", "ave": "avenue", "rd": "road", "dr": "drive", "ln": "lane", "ct": "court", "pl": "place", "blvd": "boulevard",
        "ter": "terrace", "mt": "mount", "apt": "apartment", "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th",
        "fifth": "5th", "sixth": "6th", "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th", "eleventh": "11th",
        "twelfth": "12th",
    ]

    static func read(_ address: String) -> String {
        let letters = address.lowercased().filter { $0 != "'" && $0 != "." && $0 != "," }.replacing("#", with: "apartment ")
        let parts = letters.split(separator: " ").map(String.init)
        return parts.enumerated().map { place, word in
            let isSaint = word == "st" && place == 1 && (parts[2...].first?.first?.isLetter ?? false)
            return isSaint ? "saint" : words[word] ?? word
        }.joined(separator: " ")
    }
}
