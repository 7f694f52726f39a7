import RondoKernels

/// The error of data; the language has another of this name, for syntax.
typealias Fault = RondoKernels.Fault
