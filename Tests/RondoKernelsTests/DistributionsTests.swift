import RondoKernels
import Testing

/// Known values: mpmath 1.3 with 60 digits (betainc, gammainc, erfc, loggamma), which SciPy 1.17 confirms to its own accuracy.
@Suite struct DistributionsTests {
    @Test(arguments: [
        (0.5, 1.0, 0.7048327646991335), (2.0, 5.0, 0.10193947882985836), (1.96, 30.0, 0.05934231289605048),
        (2.5758293035489, 1000.0, 0.010142595968097474), (12.5, 8.0, 1.5697770737012801e-06), (40.0, 25.0, 3.469980277759158e-24),
        (35.0, 500.0, 1.4840148511542453e-136), (37.0, 100000.0, 1.197462824342466e-297), (10000000000.0, 3.0, 2.205315581687168e-30),
        (1e-08, 7.0, 0.999999992300171), (0.1, 2.5, 0.9278065440624895), (600.0, 100.0, 1.2015930352996322e-179),
        (100000.0, 60.0, 2.2677354768709276e-248),
    ])
    func studentTTails(t: Double, degrees: Double, known: Double) {
        #expect(relativeError(Distributions.studentTTwoSided(t, degreesOfFreedom: degrees), known) < 1e-12)
        #expect(relativeError(Distributions.studentTTwoSided(-t, degreesOfFreedom: degrees), known) < 1e-12)
        #expect(relativeError(Distributions.studentT(-t, degreesOfFreedom: degrees), known / 2) < 1e-12)
        #expect(relativeError(Distributions.studentTCritical(twoSided: known, degreesOfFreedom: degrees), t) < 1e-7)
    }

    @Test(arguments: [
        (330.285339234588, 6.0, 9.0, 4.98403052872481e-10), (1.0, 1.0, 1.0, 0.5), (0.3, 4.0, 20.0, 0.8744672921500908),
        (3.5, 10.0, 200.0, 0.0002845683286595668), (50.0, 3.0, 40.0, 1.3443392666414127e-13), (10000.0, 2.0, 100.0, 6.921450685940716e-116),
        (1.01, 5000.0, 8000.0, 0.34738926336288173),
    ])
    func fTails(f: Double, first: Double, second: Double, known: Double) {
        #expect(relativeError(Distributions.fUpperTail(f, first, second), known) < 1e-12)
    }

    @Test(arguments: [
        (3.841458820694124, 1.0, 0.05000000000000006), (0.001, 1.0, 0.9747728793699604), (10.0, 4.0, 0.040427681994512805),
        (50.0, 60.0, 0.8178960840225449), (1300.0, 3.0, 1.4717437106980104e-281), (1200.0, 1000.0, 1.2255942330622905e-05),
        (0.5, 9.0, 0.9999695662588389), (9000.0, 10000.0, 0.999999999999873),
    ])
    func chiSquareTails(x: Double, degrees: Double, known: Double) {
        #expect(relativeError(Distributions.chiSquareUpperTail(x, degreesOfFreedom: degrees), known) < 1e-12)
    }

    @Test(arguments: [
        (0.5, 0.5, 0.25, 0.3333333333333333), (2.0, 3.0, 0.4, 0.5248), (0.001, 5.0, 0.01, 0.9974410690871124),
        (50.0, 0.5, 0.99, 0.3173043978741974), (1000.0, 2000.0, 0.33, 0.3506326761341834), (3.0, 400.0, 0.5, 1.0),
    ])
    func incompleteBeta(a: Double, b: Double, x: Double, known: Double) {
        #expect(relativeError(BetaFunctions.regularised(a, b, x: x, y: 1 - x), known) < 1e-12)
        #expect((BetaFunctions.complement(a, b, x: x, y: 1 - x) + known - 1).magnitude < 1e-12)
    }

    @Test(arguments: [
        (-3.0, 1.9999779095030015), (-0.7, 1.6778011938374184), (-0.1, 1.1124629160182848), (0.0, 1.0), (1e-10, 0.999999999887162),
        (0.1, 0.887537083981715), (0.49, 0.4883317388114769), (0.5, 0.4795001221869535), (0.75, 0.28884436634648486),
        (1.0, 0.15729920705028513), (1.5, 0.033894853524689274), (1.99, 0.004888586800383003), (2.0, 0.004677734981047266),
        (2.5, 0.0004069520174449589), (3.0, 2.209049699858544e-05), (3.5, 7.430983723414128e-07), (5.0, 1.537459794428035e-12),
        (10.0, 2.088487583762545e-45), (20.0, 5.395865611607901e-176), (26.5, 2.2109076642637343e-307),
    ])
    func complementaryErrorFunction(x: Double, known: Double) {
        #expect(relativeError(NormalDistribution.erfc(x), known) < 2e-15)
        #expect(relativeError(NormalDistribution.cumulative(-x * 2.0.squareRoot()), known / 2) < 1e-12)
    }

    @Test(arguments: [
        (1e-300, -37.0470962993612), (1e-100, -21.273453560965326), (1e-20, -9.262340089798407), (1e-08, -5.612001244174789),
        (0.001, -3.0902323061678136), (0.025, -1.9599639845400543), (0.1, -1.2815515655446004), (0.3, -0.5244005127080408),
        (0.45, -0.12566134685507402), (0.4999999, -2.5066282747031063e-07), (0.5, 0.0), (0.6, 0.2533471031357997),
        (0.975, 1.9599639845400538), (0.999, 3.090232306167813), (0.9999999999, 6.361340889697422),
    ])
    func normalQuantile(p: Double, known: Double) {
        #expect(relativeError(NormalDistribution.quantile(p), known) < 2e-15)
    }

    @Test(arguments: [
        (1e-10, 23.025850929882736), (0.1, 2.252712651734206), (0.5, 0.5723649429247001), (0.9, 0.06637623973474295),
        (0.999999, 5.772164873855652e-07), (1.0, 0.0), (1.0000001, -5.772155829918507e-08), (1.3, -0.10817480950786047),
        (1.5, -0.12078223763524522), (1.9, -0.03898427592308336), (1.999, -0.0004224618006921073), (2.001, 0.000423106734800117),
        (2.4, 0.21685932244884157), (2.6, 0.35741186354897986), (5.0, 3.1780538303479458), (10.5, 13.940625219403763),
        (100.0, 359.1342053695754), (100000.0, 1051287.7089736569), (1e15, 3.3538776394910668e+16), (-0.5, 1.2655121234846454),
        (-1.5, 0.860047015376481), (-10.25, -14.20399790093109),
    ])
    func logarithmOfGamma(x: Double, known: Double) {
        #expect(relativeError(GammaFunctions.logGamma(x), known) < 1e-14)
    }

    @Test(arguments: [
        (0.2, 0.999999999999495), (0.3, 0.9999906941986655), (0.5, 0.9639452436648751), (0.8, 0.5441424115741981),
        (0.99, 0.2808738392255489), (1.0, 0.2699996716773545), (1.2, 0.11224966667072499), (1.36, 0.04948587675537788),
        (1.63, 0.00984636488848653), (2.0, 0.0006709252557796953), (3.0, 3.045995948942526e-08), (5.0, 3.8574996959278356e-22),
        (15.0, 7.387766136974512e-196),
    ])
    func kolmogorov(x: Double, known: Double) {
        #expect(relativeError(Distributions.kolmogorovUpperTail(x), known) < 1e-12)
    }

    @Test func edges() {
        #expect(
            Distributions.studentTTwoSided(0, degreesOfFreedom: 4) == 1
                && Distributions.studentTTwoSided(.infinity, degreesOfFreedom: 4) == 0)
        #expect(
            Distributions.studentTTwoSided(1, degreesOfFreedom: 0).isNaN && Distributions.studentTTwoSided(.nan, degreesOfFreedom: 3).isNaN)
        #expect(relativeError(Distributions.studentTTwoSided(1.96, degreesOfFreedom: .infinity), 0.04999579029644087) < 1e-13)
        #expect(
            Distributions.fUpperTail(-1, 2, 3) == 1 && Distributions.fUpperTail(.infinity, 2, 3) == 0
                && Distributions.fUpperTail(1, 0, 3).isNaN)
        #expect(
            Distributions.chiSquareUpperTail(0, degreesOfFreedom: 2) == 1
                && Distributions.chiSquareUpperTail(.infinity, degreesOfFreedom: 2) == 0)
        #expect(GammaFunctions.logGamma(0) == .infinity && GammaFunctions.logGamma(-3) == .infinity && GammaFunctions.logGamma(.nan).isNaN)
        #expect(
            NormalDistribution.quantile(0) == -.infinity && NormalDistribution.quantile(1) == .infinity
                && NormalDistribution.quantile(2).isNaN)
        #expect(NormalDistribution.erfc(.infinity) == 0 && NormalDistribution.erfc(-.infinity) == 2 && NormalDistribution.erf(.nan).isNaN)
        #expect(Distributions.kolmogorovUpperTail(0) == 1 && Distributions.kolmogorovUpperTail(.infinity) == 0)
    }
}
