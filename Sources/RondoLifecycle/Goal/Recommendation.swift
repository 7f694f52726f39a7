package import RondoLanguage

/// What is to be recommended to whom: `recommend movie to user rated rating liked when rating >= 4`.
package struct Recommendation: Sendable, Hashable {
    /// The column that names the items.
    package let item: Name
    /// The column that names the users.
    package let user: Name
    /// The column that says how much a user thought of an item; nil where each row counts alike.
    package let rating: Name?
    /// Rows that speak for their item; nil takes all of them.
    package let liked: Expression?
    /// The column that says when; nil where age counts for nothing.
    package let moment: String?

    package init(item: Name, user: Name, rating: Name? = nil, liked: Expression? = nil, moment: String? = nil) {
        self.item = item
        self.user = user
        self.rating = rating
        self.liked = liked
        self.moment = moment
    }

    /// `recommend movie to user rated rating`.
    package var words: String {
        "recommend \(item.value) to \(user.value)" + (rating.map { " rated \($0.value)" } ?? "")
    }
}

/// What a model is to learn.
package enum Aim: Sendable, Hashable {
    case prediction(Target)
    case recommendation(Recommendation)
    /// Nothing is predicted: looking for groups.
    case groups

    /// The target of a prediction.
    package var target: Target? { if case .prediction(let target) = self { target } else { nil } }
}
