/// A list made by hand: values as they are meant, how often they stand in the table, and what people type instead (once each).
///
/// Among them stand values that look alike and are not: common ones (Austria and Australia), and rare ones beside a common neighbour.
enum SpellingLabels {
    struct Entry {
        let value: String
        let rows: Int
        let variants: [String]
    }

    static let entries = countries + cities + skin + jobs + firms + streets + things + alone

    private static func entry(_ value: String, _ rows: Int, _ variants: String...) -> Entry {
        Entry(value: value, rows: rows, variants: variants)
    }

    private static let countries = [
        entry("Austria", 40, "Autria", "austria", "Austira"), entry("Australia", 60, "Austrlia", "Australa", "AUSTRALIA", "Austrailia"),
        entry("Germany", 80, "Gemany", "Germnay", "germany ", "Germany."),
        entry("Netherlands", 30, "Netherland", "Nederlands", "Nehterlands"),
        entry("Switzerland", 25, "Switerland", "Swizerland", "Switzerlnad", "switzerland"), entry("Slovakia", 22, "Slovakai", "Slovaka"),
        entry("Slovenia", 20, "Slovena", "Slovennia"), entry("Portugal", 35, "Portgual", "Portugual", "PORTUGAL"),
        entry("United Kingdom", 90, "United Kingdon", "Untied Kingdom", "United kingdom", "UnitedKingdom"),
        entry("United States", 120, "Unites States", "United Stats", "Untied States", "united  states"),
        entry("South Korea", 15, "South Koera", "Sout Korea"), entry("North Korea", 12, "Nort Korea"), entry("Iran", 20, "iran"),
        entry("Iraq", 24, "IRAQ"), entry("Colombia", 18, "Columbia", "Colmbia"),
        entry("Philippines", 16, "Phillipines", "Philipines", "Philippinnes"),
        entry("New Zealand", 14, "New Zeland", "New Zealnd", "NewZealand", "New-Zealand"), entry("Gambia", 10), entry("Zambia", 11),
        entry("Mali", 9), entry("Malta", 13), entry("Niger", 8), entry("Nigeria", 30, "Nigera", "Nigieria"),
    ]

    private static let cities = [
        entry("San Francisco", 50, "San Fransisco", "San Francsico", "San Fancisco", "san francisco"),
        entry("Philadelphia", 40, "Philadelpia", "Philadelhpia", "Phildelphia"),
        entry("Pittsburgh", 20, "Pittsburg", "Pitsburgh", "Pittsburhg"),
        entry("Cincinnati", 20, "Cincinatti", "Cincinnatti", "Cincinati"),
        entry("Albuquerque", 15, "Albuqerque", "Albuquerqe", "Alburquerque"),
        entry("Minneapolis", 15, "Mineapolis", "Minneaplois", "Minneapolis,"), entry("Saint Paul", 12, "St. Paul", "st paul"),
        entry("Johannesburg", 18, "Johannesberg", "Johanesburg", "Johannesbrug"),
        entry("Kuala Lumpur", 12, "Kuala Lumpor", "Kuala Lampur", "Kualalumpur"),
        entry("Reykjavik", 10, "Reykjavík", "Reykavik", "Rejkjavik"), entry("São Paulo", 22, "Sao Paulo", "Sao Paolo", "São Pualo"),
        entry("Zürich", 20, "Zurich", "Zürch", "zürich"), entry("Springfield", 30, "Springfeild", "Sprngfield"),
    ]

    private static let skin = [
        entry("combination", 60, "combinaton", "combinaiton", "Combination", "conbination"),
        entry("sensitive", 50, "sensitiv", "senstive", "sensetive"),
        entry("normal", 70, "nomal", "norml", "Normal"), entry("oily", 40, "Oily", "oilly"), entry("dry", 45, "Dry", "DRY "),
        entry("very dry", 20, "verry dry", "very-dry"),
    ]

    private static let jobs = [
        entry("software engineer", 40, "sofware engineer", "software enginer", "Software Engineer", "softwear engineer"),
        entry("accountant", 25, "acountant", "accountent", "accontant"),
        entry("project manager", 30, "proyect manager", "project manger", "project mananger"),
        entry("product manager", 28, "prodct manager", "product manaegr"), entry("receptionist", 15, "receptionst", "recepcionist"),
        entry("entrepreneur", 12, "entrepeneur", "entreprenuer", "enterpreneur"), entry("physician", 14, "physican", "phisician"),
        entry("electrician", 16, "electrican", "eletrician"), entry("veterinarian", 10, "veternarian", "vetinarian"),
        entry("lieutenant", 10, "leutenant", "lieutenent"), entry("self-employed", 20, "self employed", "selfemployed", "Self-Employed"),
    ]

    private static let firms = [
        entry("Evergreen Estates", 25, "Evergren Estates", "Evergreen Estate", "EverGreen Estates", "Evergreen Esates"),
        entry("Bluebird Realty", 25, "Blue Bird Realty", "Bluebird Reality", "Bluebird Realy"),
        entry("Cornerstone Inc", 20, "Cornerstone Inc.", "Cornerstone, Inc", "Conerstone Inc"),
        entry("Smith & Sons Ltd", 15, "Smith and Sons Ltd", "Smith & Sons Limited"),
        entry("Northwind Traders", 18, "Northwind Trader", "Nortwind Traders", "Northwind  Traders"),
        entry("Acme Manufacturing", 12, "Acme Mfg", "Acme Manufactoring", "Acme Manufcturing"),
        entry("Alpine Ski House", 10, "Alpine Ski Huose", "Alpine Sky House"),
        entry("Lakeshore Holdings", 10, "Lakshore Holdings", "Lakeshore Holding"),
    ]

    private static let streets = [
        entry("Washington Street", 20, "Washington St.", "Washingtn Street", "WASHINGTON ST"),
        entry("Jefferson Avenue", 20, "Jefferson Ave", "Jeferson Avenue", "Jefferson Avnue"),
        entry("Martin Luther King Boulevard", 15, "Martin Luther King Blvd", "Martin Luter King Boulevard", "Martin Luther King Bouelvard"),
        entry("5th Avenue", 20, "5th Ave.", "5th Avenu"), entry("6th Avenue", 20, "6th Ave"), entry("Highway 101", 12, "Hwy 101"),
        entry("Highway 110", 12),
        entry("Elm Street", 30, "Elm St"), entry("Oak Street", 30, "Oak St."), entry("Pine Lane", 30, "Pine Ln"), entry("Vine Lane", 6),
    ]

    private static let things = [
        entry("refrigerator", 30, "refridgerator", "refrigirator", "refrigrator"),
        entry("vacuum cleaner", 25, "vaccum cleaner", "vacum cleaner", "vacuum-cleaner"),
        entry("microwave", 25, "micorwave", "microwav"), entry("dishwasher", 25, "dishwahser", "dish washer", "diswasher"),
        entry("television", 20, "televison", "telivision"), entry("headphones", 20, "headphnes", "head phones", "headfones"),
        entry("keyboard", 20, "keybord", "keybaord"), entry("turquoise", 15, "turqoise", "turquiose", "torquoise"),
        entry("fuchsia", 12, "fuschia", "fuchia"), entry("lavender", 15, "lavendar", "lavander"), entry("model 4500", 15, "Model 4500"),
        entry("model 4501", 3), entry("broccoli", 15, "brocolli", "brocoli", "broccolli"),
        entry("cappuccino", 15, "capuccino", "cappucino", "cappuchino"),
        entry("mozzarella", 15, "mozarella", "mozzarela", "mozzerella"), entry("restaurant", 20, "restaraunt", "restuarant", "resturant"),
        entry("calendar", 15, "calender", "calandar"), entry("necessary", 15, "neccessary", "necesary"),
    ]

    /// Rare values that are meant as they stand.
    private static let alone = [
        entry("Dominica", 1), entry("Congo", 1), entry("Georgetown", 1), entry("barista", 1), entry("plumber", 1), entry("carpenter", 1),
        entry("painter", 1), entry("printer", 1), entry("Norway", 2), entry("Paris", 2), entry("Parma", 1), entry("Lima", 1),
        entry("radio", 1),
        entry("Hungary", 3), entry("gas", 1), entry("mug", 1), entry("Ash Street", 1), entry("Alder Lane", 1), entry("Ukraine", 2),
        entry("normalised", 1), entry("product owner", 1), entry("microscope", 1), entry("Highway 111", 1), entry("7th Avenue", 1),
    ]
}
