import RondoKernels
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct ElementaryFunctionsTests {
    /// The C library's functions are accurate to about half a unit in the last place.
    @Test func agreesWithTheCLibrary() {
        var stream = RandomStream(seed: 11, purpose: "elementary")
        var worst = [String: UInt64]()
        func note(_ name: String, _ ours: Double, _ theirs: Double) { worst[name] = max(worst[name] ?? 0, distanceInUlps(ours, theirs)) }
        for _ in 0..<100_000 {
            let x = 1490 * stream.uniform() - 760
            note("exp", Elementary.exp(x), exp(x))
            let near = 2 * stream.uniform() - 1
            note("exp near 0", Elementary.exp(near), exp(near))
            let positive = Double(bitPattern: stream.next() >> 1)
            if positive.isFinite { note("log", Elementary.log(positive), log(positive)) }
            let unit = 0.25 + 4 * stream.uniform()
            note("log near 1", Elementary.log(unit), log(unit))
            note("log1p", Elementary.log1p(unit - 1), log1p(unit - 1))
            note("log1p near 0", Elementary.log1p(near * 1e-4), log1p(near * 1e-4))
            note("expm1", Elementary.expm1(near * 3), expm1(near * 3))
            note("expm1 far", Elementary.expm1(x / 10), expm1(x / 10))
            note("pow", Elementary.pow(unit, x / 3), pow(unit, x / 3))
            note("log2", Elementary.log2(unit), log2(unit))
            note("log10", Elementary.log10(unit), log10(unit))
            note("tanh", Elementary.tanh(near * 8), tanh(near * 8))
        }
        for (name, distance) in worst {
            #expect(
                distance <= (name == "tanh" ? 3 : name.hasPrefix("exp") && !name.hasPrefix("expm1") || name.hasPrefix("log n") ? 1 : 2),
                "\(name): \(distance) ulp")
        }
        #expect(worst.count == 12)
    }

    @Test func edgesOfExponentials() {
        #expect(Elementary.exp(0) == 1 && Elementary.exp(-.infinity) == 0 && Elementary.exp(.infinity) == .infinity)
        #expect(Elementary.exp(.nan).isNaN && Elementary.exp(710) == .infinity && Elementary.exp(-746) == 0)
        #expect(Elementary.exp(709.782712893384).isFinite && Elementary.exp(-745.1332191019411) == 0x1p-1074)
        #expect(Elementary.expm1(-0x1p-1060) == -0x1p-1060 && Elementary.expm1(-50) == -1 && Elementary.expm1(.infinity) == .infinity)
        #expect(Elementary.expm1(.nan).isNaN && Elementary.expm1(0) == 0)
        #expect(Elementary.logistic(0) == 0.5 && Elementary.logistic(-800) == 0 && Elementary.logistic(800) == 1)
        #expect(Elementary.logistic(-700) > 0 && Elementary.logistic(.nan).isNaN)
    }

    @Test func edgesOfLogarithms() {
        #expect(Elementary.log(1) == 0 && Elementary.log(0) == -.infinity && Elementary.log(-0.0) == -.infinity)
        #expect(Elementary.log(-1).isNaN && Elementary.log(.nan).isNaN && Elementary.log(.infinity) == .infinity)
        #expect(Elementary.log(0x1p-1074) == -744.4400719213812)
        #expect(Elementary.log1p(-1) == -.infinity && Elementary.log1p(-2).isNaN && Elementary.log1p(.infinity) == .infinity)
        #expect(Elementary.log1p(0) == 0 && Elementary.log1p(1e-300) == 1e-300 && Elementary.log1p(.nan).isNaN)
        for k in -300...300 { #expect(Elementary.log2(Elementary.pow(2, Double(k))) == Double(k)) }
        for k in 0...22 { #expect(Elementary.log10(Elementary.pow(10, Double(k))) == Double(k)) }
    }

    /// Values to 60 digits by mpmath 1.3.
    @Test(arguments: [
        (2.0, 0.5, 1.4142135623730951), (10.0, -3.0, 0.001), (1.0000001, 100000000.0, 22026.454910182532),
        (0.999, 700000.0, 6.946374402185022e-305), (3.7, 55.5, 3.4292226669053163e+31), (1e-300, 0.5, 1e-150),
        (2.5, -300.0, 4.149515568880993e-120), (1.1, 7000.0, 5.607846372419733e+289), (0.3, 500.25, 2.6909626724444754e-262),
        (7.0, 3.0, 343.0), (0x1p-540, 2.0, 0x0p0), (0x1p-530, 2.0, 0x1p-1060), (3.0, -1.0, 0.3333333333333333),
    ])
    func powers(x: Double, y: Double, known: Double) {
        #expect(distanceInUlps(Elementary.pow(x, y), known) <= 1)
    }

    /// IEEE 754-2019, 9.2.1.
    @Test func edgesOfPowers() {
        #expect(Elementary.pow(.nan, 0) == 1 && Elementary.pow(1, .nan) == 1 && Elementary.pow(2, .nan).isNaN)
        #expect(Elementary.pow(-8, 1.0 / 3).isNaN && Elementary.pow(-2, 3) == -8 && Elementary.pow(-2, 2) == 4)
        #expect(Elementary.pow(0, -1) == .infinity && Elementary.pow(-0.0, -1) == -.infinity && Elementary.pow(-0.0, 2).sign == .plus)
        #expect(Elementary.pow(-1, .infinity) == 1 && Elementary.pow(0.5, .infinity) == 0 && Elementary.pow(0.5, -.infinity) == .infinity)
        #expect(Elementary.pow(.infinity, -2) == 0 && Elementary.pow(-.infinity, 3) == -.infinity && Elementary.pow(2, 1024) == .infinity)
        #expect(Elementary.pow(2, -1074) == 0x1p-1074 && Elementary.pow(2, 1e300) == .infinity && Elementary.pow(0.5, 1e300) == 0)
    }
}
