import RondoReport

/// Words of users inside text templates: braces would read as slots.
package enum SlotText {
    package static func escaped(_ text: String) -> String { SlotFilling.escaped(text) }
}
