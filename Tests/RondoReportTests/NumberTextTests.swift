import RondoKernels
import Testing

@testable import RondoReport

@Suite struct NumberTextTests {
    @Test(
        arguments: [
            (Scalar.integer(50_512), NumberStyle.count, nil, "50,512"), (.integer(-1_234_567), .count, nil, "-1,234,567"),
            (.integer(7), .count, nil, "7"),
            (.integer(.min), .count, nil, "-9,223,372,036,854,775,808"), (.integer(2024), .plain, nil, "2024"),
            (.number(0.081), .percent, nil, "8.1 %"),
            (.number(0.0812345), .percent, nil, "8.1 %"), (.number(0.05), .percent, nil, "5 %"), (.number(1), .percent, nil, "100 %"),
            (.number(0), .percent, nil, "0 %"), (.number(0.99973), .percent, nil, "99.97 %"),
            (.number(0.999_999_9), .percent, nil, "99.99999 %"),
            (.number(0.00012), .percent, nil, "0.012 %"), (.number(0.00052), .percent, nil, "0.052 %"),
            (.number(-0.0215), .percent, nil, "-2.2 %"),
            (.number(3.14), .percent, nil, "314 %"), (.number(254_000), .money, "$", "$254,000"),
            (.number(254_123.4), .money, "$", "$254,123"),
            (.number(-12.5), .money, "$", "-$12.50"), (.number(12.5), .money, "EUR", "12.50 EUR"),
            (.number(999.994), .money, "€", "€999.99"),
            (.integer(300), .money, "$", "$300"), (.number(0.00123), .money, "$", "$0.0012"), (.number(0.4), .seconds, nil, "0.4 s"),
            (.number(0.000021), .seconds, nil, "21 us"), (.number(200), .seconds, nil, "3 min 20 s"),
            (.number(0.0123), .seconds, nil, "12 ms"),
            (.number(0), .seconds, nil, "0 s"), (.number(59.7), .seconds, nil, "1 min"), (.number(7500), .seconds, nil, "2 h 5 min"),
            (.number(360_000), .seconds, nil, "4 d 4 h"), (.duration(500_000), .number, nil, "0.5 s"),
            (.number(1_400_000), .bytes, nil, "1.4 MB"),
            (.integer(812), .bytes, nil, "812 B"), (.number(999_600), .bytes, nil, "1 MB"), (.number(142_300_000), .bytes, nil, "142 MB"),
            (.number(1741.23), .number, nil, "1,741.2"), (.number(0.123456), .number, nil, "0.1235"),
            (.number(12.3456), .number, nil, "12.35"),
            (.number(123_456.789), .number, nil, "123,457"), (.number(3), .number, nil, "3"), (.number(1e15), .number, nil, "1e15"),
            (.number(1.23456e-7), .number, nil, "1.235e-7"), (.number(0.0001), .number, nil, "0.0001"),
            (.number(9.99996), .number, nil, "10"),
            (.number(12.5), .number, "days", "12.5 days"), (.missing, .number, nil, "missing"), (.truth(true), .plain, nil, "true"),
            (.date(19_783), .plain, nil, "2024-03-01"), (.text("x"), .number, nil, "x"), (.number(-0.0), .number, nil, "0"),
            (.number(0.15), .percent, nil, "15 %"), (.number(.leastNonzeroMagnitude), .number, nil, "5e-324"),
            (.number(1.797e308), .percent, nil, "1.797e310 %"),
        ] as [(Scalar, NumberStyle, String?, String)])
    func reads(value: Scalar, style: NumberStyle, unit: String?, expected: String) {
        #expect(NumberText().text(value, style, unit: unit) == expected)
    }

    @Test func digitsOfTheSession() {
        let numbers = NumberText(digits: 2)
        #expect(numbers.text(.number(0.0812345), .percent) == "8.1 %")
        #expect(numbers.text(.number(12.3456)) == "12")
        #expect(numbers.text(.number(1234.5)) == "1,235")
        #expect(NumberText(digits: 6).text(.number(0.0812345678), .percent) == "8.12346 %")
        #expect(NumberText(currency: "$").text(.number(1200), .money) == "$1,200")
    }

    @Test func columnsShareDecimals() {
        #expect(NumberText().column([.number(12.34), .number(9.8), .missing], .number) == ["12.34", "9.80", "-"])
        #expect(NumberText().column([.number(0.05), .number(0.123)], .percent) == ["5.0 %", "12.3 %"])
        #expect(NumberText().column([.number(0.5), .number(50_512.25)], .number) == ["0.5", "50,512"])
        #expect(NumberText().column([.integer(3), .integer(1000)], .count) == ["3", "1,000"])
        #expect(NumberText(digits: 2).column([.number(0.05), .number(0.123)], .percent) == ["5 %", "12 %"])
    }

    /// Rounding by digits agrees with the decimal the reader sees: 2.675 is stored below its half, and is still shown as 2.68.
    @Test func halvesOfWrittenDigitsRoundUp() {
        #expect(DecimalDigits(2.675).rounded(decimals: 2).text() == "2.68")
        #expect(DecimalDigits(0.999_95).rounded(decimals: 4).text() == "1")
        #expect(DecimalDigits(0.04).rounded(decimals: 1).text() == "0")
        #expect(DecimalDigits(0.05).rounded(decimals: 1).text() == "0.1")
        #expect(DecimalDigits(Int64.min).text(grouped: false) == "-9223372036854775808")
    }
}
