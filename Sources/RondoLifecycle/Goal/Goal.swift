package import RondoLanguage

/// What the model should do, and when it has done it.
package struct Goal: Sendable, Hashable {
    /// The wish in the user's words.
    package var text: String?
    /// The column to predict; nil when the goal is to recommend or to look for groups.
    package var target: Target?
    /// What to recommend to whom.
    package var recommendation: Recommendation?
    /// Criteria of success over metrics, as typed.
    package var success: Expression?
    /// Rows the goal is about.
    package var scope: Expression?
    /// The column that holds the moment of prediction.
    package var moment: String?
    /// Longest time an answer may take, seconds.
    package var latency: Double?
    package var unit: String?
    package var business: [Business]
    package var used: String?
    package var budget: String?
    package var rules: String?

    /// A business figure that should move: `business days_on_market down 20%`.
    package struct Business: Sendable, Hashable {
        package let name: String
        package let rises: Bool
        /// As a share: 0.2.
        package let by: Double

        package init(name: String, rises: Bool, by: Double) {
            self.name = name
            self.rises = rises
            self.by = by
        }
    }

    package init(text: String?) {
        self.text = text
        business = []
    }

    package var aim: Aim {
        target.map { .prediction($0) } ?? recommendation.map { .recommendation($0) } ?? .groups
    }
}
