/// A token that is equal to itself only: names rows and steps for the cache without looking at their content.
package final class Identity: Sendable, Hashable {
    package init() {}

    package static func == (left: Identity, right: Identity) -> Bool { left === right }
    package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
