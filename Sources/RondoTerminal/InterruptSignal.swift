import CEditline

/// Ctrl-C while a cell runs: sets a flag that the computation looks at, and nothing else.
///
/// While a cell is edited the editor has its own handler, and the flag stays as it is.
package enum InterruptSignal {
    /// From now on the signal stores 1 in `flag`, which must live as long as the process or until `remove`.
    package static func install(flag: UnsafeMutablePointer<Int32>) {
        rondo_interrupt_install(flag)
    }

    /// Restores what the signal did before.
    package static func remove() {
        rondo_interrupt_install(nil)
    }
}
