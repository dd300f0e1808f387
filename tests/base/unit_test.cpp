#include "corridor/base/unit.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>

namespace corridor {
namespace {

constexpr const char* kRangeHint = "numbers are 0 or between 1e-12 and 1e12 in size";

Measurement read(std::string_view text) {
    Measurement measurement;
    UnitError error;
    CAPTURE(text);
    const bool ok = parse_measurement(text, measurement, error);
    CAPTURE(error.message);
    REQUIRE(ok);
    return measurement;
}

// "offset: message; hint"
std::string fault(std::string_view text) {
    Measurement measurement;
    UnitError error;
    CAPTURE(text);
    REQUIRE_FALSE(parse_measurement(text, measurement, error));
    const std::string hint = error.hint.empty() ? "" : "; " + error.hint;
    return std::to_string(error.offset) + ": " + error.message + hint;
}

void check_reads_as(std::string_view text, double value, Dimension dimension) {
    const Measurement measurement = read(text);
    CAPTURE(text);
    CHECK(measurement.value == value);
    CHECK(measurement.dimension == dimension);
}

TEST_CASE("Lengths are kilometres") {
    check_reads_as("275 km", 275.0, kLength);
    check_reads_as("500 m", 0.5, kLength);
}

TEST_CASE("Durations are hours; a year has 365 days") {
    check_reads_as("12 h", 12.0, kDuration);
    check_reads_as("3 min", 3.0 / 60.0, kDuration);
    check_reads_as("90 s", 0.025, kDuration);
    check_reads_as("1800000 ms", 0.5, kDuration);
    check_reads_as("2.5 d", 60.0, kDuration);
    check_reads_as("2 week", 336.0, kDuration);
    check_reads_as("1 year", 8760.0, kDuration);
}

TEST_CASE("Units of time may be written in words, in singular and plural") {
    check_reads_as("2 weeks", 336.0, kDuration);
    check_reads_as("3 days", 72.0, kDuration);
    check_reads_as("1 day", 24.0, kDuration);
    check_reads_as("12 hours", 12.0, kDuration);
    check_reads_as("1 hour", 1.0, kDuration);
    check_reads_as("3 minutes", 3.0 / 60.0, kDuration);
    check_reads_as("90 seconds", 0.025, kDuration);
    check_reads_as("2 years", 17520.0, kDuration);
    check_reads_as("300 TEU/weeks", 300.0 / 168.0, kTeuRate);
}

TEST_CASE("Containers, boxes, TEU, tonnes and moves count by one") {
    check_reads_as("1 container", 1.0, kContainers);
    check_reads_as("15900 containers", 15900.0, kContainers);
    check_reads_as("1 box", 1.0, kContainers);
    check_reads_as("3 boxes", 3.0, kContainers);
    check_reads_as("150 TEU", 150.0, kTeu);
    check_reads_as("14 t", 14.0, kMass);
    check_reads_as("2500 kg", 2.5, kMass);
    check_reads_as("3 kt", 3000.0, kMass);
    check_reads_as("1 move", 1.0, Dimension{.moves = 1});
    check_reads_as("120 moves", 120.0, Dimension{.moves = 1});
    check_reads_as("120 lifts", 120.0, Dimension{.moves = 1});
}

TEST_CASE("One unit may be divided by another") {
    check_reads_as("10.5 km/h", 10.5, kSpeed);
    check_reads_as("5 m/s", 18.0, kSpeed);
    check_reads_as("25 moves/h", 25.0, kMoveRate);
    check_reads_as("9 /week", 9.0 / 168.0, kFrequency);
    check_reads_as("9/week", 9.0 / 168.0, kFrequency);
    check_reads_as("2 / d", 2.0 / 24.0, kFrequency);
    check_reads_as("365 /year", 365.0 / 8760.0, kFrequency);
    check_reads_as("14 t/TEU", 14.0, kMassPerTeu);
    check_reads_as("2 containers/h", 2.0, kContainerRate);
    check_reads_as("168 TEU/week", 1.0, kTeuRate);
}

TEST_CASE("Money is in a currency of ISO 4217, by what it is for") {
    check_reads_as("1200 CNY", 1200.0, kMoney);
    check_reads_as("1200 CNY/departure", 1200.0, kMoney);
    check_reads_as("45 EUR/km", 45.0, kMoney / kLength);
    check_reads_as("45 EUR/vehicle-km", 45.0, kMoney / kLength);
    check_reads_as("320 CNY/TEU", 320.0, kMoney / kTeu);
    check_reads_as("0.8 CNY/TEU-km", 0.8, kMoney / kTeuKm);
    check_reads_as("230 CNY/lift", 230.0, kMoney / kMoves);
    check_reads_as("24 CNY/TEU-d", 1.0, kMoney / (kTeu * kDuration));
    check_reads_as("24 CNY/(TEU-d)", 1.0, kMoney / (kTeu * kDuration));
    check_reads_as("48 USD/d", 2.0, kMoney / kDuration);
    CHECK(format_measurement(0.8, [] {
              Measurement read;
              UnitError error;
              parse_measurement("1 USD/TEU-km", read, error);
              return read.dimension;
          }()) == "0.8 USD/TEU-km");
    CHECK(find_currency("RMB") == Currency::none);
    CHECK(find_currency("CN") == Currency::none);
    CHECK(find_currency("NY ") == Currency::none);
    CHECK(code_of(find_currency("AED")) == "AED");
    CHECK(code_of(find_currency("ZMW")) == "ZMW");
}

TEST_CASE("A unit has one currency") {
    CHECK(fault("3 EUR-USD/CNY") == "6: EUR and USD are two currencies; give all money in one");
    CHECK(fault("8 CNY/EUR") == "6: CNY and EUR are two currencies; give all money in one");
}

TEST_CASE("Emissions are in g, kg or t of CO2e; energy in kWh or litres") {
    check_reads_as("29.3 g CO2e/t-km", 0.0293, kEmissions / kTonneKm);
    check_reads_as("29.3 gCO2e/t-km", 0.0293, kEmissions / kTonneKm);
    check_reads_as("11.4 kg CO2e/container", 11.4, kEmissions / kContainers);
    check_reads_as("2 t CO2e", 2000.0, kEmissions);
    check_reads_as("3.2 kg CO2e/kg", 3200.0, kEmissions / kMass);
    check_reads_as("18 l/km", 18.0, Dimension{.length = -1, .volume = 1});
    check_reads_as("9 kWh/km", 9.0, Dimension{.length = -1, .energy = 1});
    check_reads_as("3.6 MJ", 1.0, Dimension{.energy = 1});
    CHECK(format_measurement(0.0293, kEmissions / kTonneKm) == "29.3 g CO2e/t-km");
    CHECK(format_measurement(2.7, Dimension{.emissions = 1, .volume = -1}) == "2.7 kg CO2e/l");
}

TEST_CASE("Plain numbers and percentages have no dimension") {
    check_reads_as("0.85", 0.85, kNumber);
    check_reads_as("4 %", 0.04, kNumber);
    check_reads_as("4%", 0.04, kNumber);
    check_reads_as("0", 0.0, kNumber);
    check_reads_as("1e3", 1000.0, kNumber);
    check_reads_as("2.5E-3", 0.0025, kNumber);
    check_reads_as("+7", 7.0, kNumber);
    check_reads_as("-3 km", -3.0, kLength);
}

TEST_CASE("Blanks around a quantity and before its unit do not matter") {
    check_reads_as("  275km ", 275.0, kLength);
    check_reads_as("275   km", 275.0, kLength);
}

TEST_CASE("An unknown unit is named, with the one that was probably meant") {
    CHECK(fault("12 parsec") ==
          "3: unknown unit 'parsec'; use km, m, h, min, s, d, week, year, containers, TEU, t, kg, moves or %");
    CHECK(fault("12 contaners") == "3: unknown unit 'contaners'; did you mean 'containers'?");
    CHECK(fault("12 teu") == "3: unknown unit 'teu'; did you mean 'TEU'?");
    CHECK(fault("9 per week") == "2: unknown unit 'per week'; write '/' for per, as in \"25 moves/h\"");
    CHECK(fault("9 /") == "2: a unit is missing after '/'; write one, as in \"9 /week\"");
}

TEST_CASE("A month is refused because its length is ambiguous") {
    CHECK(fault("3 month") == "2: 'month' is ambiguous (28 to 31 days); write days, such as 30 d");
    CHECK(fault("9 /month") == "3: 'month' is ambiguous (28 to 31 days); write days, such as 30 d");
}

TEST_CASE("A decimal comma is an error that says what to write") {
    CHECK(fault("0,5 km") == "0: not a number: '0,5'; write 0.5");
    CHECK(fault("-12,75 km") == "0: not a number: '-12,75'; write -12.75");
    CHECK(fault("-0,500") == "0: not a number: '-0,500'; write -0.500");
    CHECK(fault("1.000,0") == "0: not a number: '1.000,0'; write 1000.0");
    CHECK(fault("1.234,5") == "0: not a number: '1.234,5'; write 1234.5");
}

TEST_CASE("A thousands separator is an error that says what to write") {
    CHECK(fault("15,900 containers") ==
          "0: not a number: '15,900'; write 15900, or 15.900 if the comma is a decimal comma");
    CHECK(fault("1,234.5") == "0: not a number: '1,234.5'; write 1234.5");
    CHECK(fault("1,000,000 TEU") == "0: not a number: '1,000,000'; write 1000000");
    CHECK(fault("1.000.000 TEU") == "0: not a number: '1.000.000'; write 1000000");
    CHECK(fault("15 900 TEU") == "0: not a number: '15 900'; write 15900");
    CHECK(fault("15'900 TEU") == "0: not a number: '15'900'; write 15900");
    CHECK(fault("15_900 TEU") == "0: not a number: '15_900'; write 15900");
    CHECK(fault("15\u202f900,5 TEU") == "0: not a number: '15\u202f900,5'; write 15900.5");
    CHECK(fault("1.2.3") == "0: not a number: '1.2.3'; write digits with a decimal point, such as 1234.5");
}

TEST_CASE("NaN and infinities are not numbers") {
    CHECK(fault("nan km") == "0: nan is not allowed");
    CHECK(fault("-NaN") == "0: nan is not allowed");
    CHECK(fault("inf") == "0: inf is not allowed; leave the limit out to have none");
    CHECK(fault("-Infinity h") == "0: inf is not allowed; leave the limit out to have none");
}

TEST_CASE("Text without a number is refused") {
    CHECK(fault("") == "0: a number is missing; write one with its unit, such as \"275 km\"");
    CHECK(fault("   ") == "0: a number is missing; write one with its unit, such as \"275 km\"");
    CHECK(fault("km") == "0: not a number: 'km'; write a number first, such as \"275 km\"");
    CHECK(fault(" .") == "1: not a number: '.'; write a number first, such as \"275 km\"");
}

TEST_CASE("A message quotes the beginning of a long text only") {
    CHECK(fault(std::string(1'000'000, 'x')) ==
          "0: not a number: '" + std::string(60, 'x') + "...'; write a number first, such as \"275 km\"");
    CHECK(fault("1 " + std::string(1'000'000, 'x')).size() < 200);
    CHECK(fault("1," + std::string(1'000'000, '1') + ",1").size() < 200);
}

TEST_CASE("Numbers are 0 or between 1e-12 and 1e12 in base units") {
    check_reads_as("1e12", 1e12, kNumber);
    check_reads_as("-1e12", -1e12, kNumber);
    check_reads_as("1e-12", 1e-12, kNumber);
    check_reads_as("1e13 kg", 1e10, kMass);
    check_reads_as("0e-999", 0.0, kNumber);
    CHECK(fault("1.1e12") == std::string{"0: value out of range: '1.1e12'; "} + kRangeHint);
    CHECK(fault("9e-13") == std::string{"0: value out of range: '9e-13'; "} + kRangeHint);
    CHECK(fault("1e11 week") == std::string{"0: value out of range: '1e11 week'; "} + kRangeHint);
    CHECK(fault("1e308") == std::string{"0: value out of range: '1e308'; "} + kRangeHint);
    CHECK(fault("1e9999999 km") == std::string{"0: value out of range: '1e9999999'; "} + kRangeHint);
    CHECK(fault("1e-999") == std::string{"0: value out of range: '1e-999'; "} + kRangeHint);
    CHECK(fault("1e-320") == std::string{"0: value out of range: '1e-320'; "} + kRangeHint);
}

TEST_CASE("Numbers from elsewhere are held to the same limits") {
    UnitError error;
    CHECK(check_number(0.0, error));
    CHECK(check_number(-1e12, error));
    CHECK_FALSE(check_number(std::numeric_limits<double>::quiet_NaN(), error));
    CHECK(error.message == "nan is not allowed");
    CHECK_FALSE(check_number(-std::numeric_limits<double>::infinity(), error));
    CHECK(error.message == "inf is not allowed");
    CHECK(error.hint == "leave the limit out to have none");
    CHECK_FALSE(check_number(1e300, error));
    CHECK(error.message == "value out of range: 1e+300");
    CHECK(error.hint == kRangeHint);
    CHECK_FALSE(check_number(5e-324, error));
    CHECK(error.message == "value out of range: 5e-324");
}

TEST_CASE("Quantities are shown in the planner's units") {
    CHECK(format_measurement(275.0, kLength) == "275 km");
    CHECK(format_measurement(12.0, kDuration) == "12 h");
    CHECK(format_measurement(10.5, kSpeed) == "10.5 km/h");
    CHECK(format_measurement(9.0 / 168.0, kFrequency) == "9 /week");
    CHECK(format_measurement(25.0, kMoveRate) == "25 moves/h");
    CHECK(format_measurement(15900.0, kContainers) == "15900 containers");
    CHECK(format_measurement(150.0, kTeu) == "150 TEU");
    CHECK(format_measurement(14.0, kMassPerTeu) == "14 t/TEU");
    CHECK(format_measurement(0.25, kContainerRate) == "42 containers/week");
    CHECK(format_measurement(0.9, kNumber) == "0.9");
    CHECK(format_measurement(1.6, {.containers = -1, .teu = 1}) == "1.6 TEU/container");
    CHECK(format_measurement(7.0, {.length = 1, .time = -1, .teu = 1}) == "7 TEU-km/h");
    CHECK(format_measurement(7.0, {.length = 2}) == "7 km-km");
    CHECK(display(9.0 / 168.0, kFrequency).value == 9.0);
    CHECK(display(9.0 / 168.0, kFrequency).unit == "/week");
    CHECK(display(0.5, kNumber).unit.empty());
}

TEST_CASE("A unit that comes twice is written twice, as it is read") {
    for (const char* const written : {"2 CNY-CNY-t", "3 km-km/h", "4 CNY/(TEU-TEU-TEU)"}) {
        const Measurement there = read(written);
        check_reads_as(format_measurement(there.value, there.dimension), there.value, there.dimension);
    }
}

TEST_CASE("A unit that comes 257 times is not the one that comes once") {
    std::string many = "5 km";
    for (int i = 0; i < 256; ++i) many += "-km";
    CHECK(read(many).dimension != kLength);
}

TEST_CASE("A quantity can be shown in the unit in which it was written") {
    CHECK(unit_of("2.9 m") == "m");
    CHECK(unit_of("  5e1  CNY/(TEU-d) ") == "CNY/(TEU-d)");
    CHECK(unit_of("4 %") == "%");
    CHECK(unit_of("0.85") == "");
    CHECK(unit_of("much") == "");
    CHECK(display(0.0008, kLength, "m").value == 0.8);
    CHECK(display(0.0008, kLength, "m").unit == "m");
    CHECK(display(10.0 / 60.0, kDuration, "min").value == 10.0);
    CHECK(display(0.04, kNumber, "%").value == 4.0);
    CHECK(display(275.0, kLength, "").unit == "km");
    CHECK(display(275.0, kLength, "h").unit == "km");
    CHECK(display(275.0, kLength, "parsec").unit == "km");
}

TEST_CASE("A quantity that is shown reads back as exactly itself") {
    for (const Dimension dimension : {kLength, kDuration, kSpeed, kFrequency, kMoveRate, kTeuRate, kMassPerTeu}) {
        for (const double value : {1.0 / 3.0, 0.1, 9.0 / 168.0, 123456.789, 1e-12, 1e9}) {
            const Measurement back = read(format_measurement(value, dimension));
            CHECK(back.value == value);
            CHECK(back.dimension == dimension);
        }
    }
}

TEST_CASE("Where no number in the planner's unit is exact, the nearest is shown") {
    const double once_a_year = read("1 /year").value;
    CHECK(format_measurement(once_a_year, kFrequency) == "0.019178082191780823 /week");
    CHECK(read("0.019178082191780823 /week").value == doctest::Approx(once_a_year).epsilon(1e-15));
}

TEST_CASE("A dimension is described by an example that reads as this dimension") {
    CHECK(describe(kLength) == "a length such as \"275 km\"");
    CHECK(describe(kFrequency) == "a frequency such as \"9 /week\"");
    CHECK(describe(kNumber) == "a plain number such as 0.85");
    CHECK(describe({.length = 1, .teu = 1}) == "a quantity in TEU-km");
    for (const Dimension dimension : {kLength, kDuration, kSpeed, kFrequency, kMoveRate, kContainers, kTeu, kMass,
                                      kMassPerTeu, kContainerRate, kTeuRate}) {
        const std::string text = describe(dimension);
        const std::size_t quote = text.find('"') + 1;
        CHECK(read(text.substr(quote, text.size() - quote - 1)).dimension == dimension);
    }
}

TEST_CASE("The units that would do are listed for a dimension") {
    CHECK(units_for(kLength) == "km or m");
    CHECK(units_for(kDuration) == "h, min, s, d or week");
    CHECK(units_for(kTeu) == "TEU");
    CHECK(units_for(kNumber).empty());
}

TEST_CASE("Dimensions multiply: sailings per week times containers per sailing are containers per week") {
    CHECK(kFrequency * kContainers == kContainerRate);
    CHECK(kSpeed * kDuration == kLength);
    CHECK(kNumber * kTeu == kTeu);
}

TEST_CASE("Numbers are written in the shortest form that reads back, integers without exponent") {
    CHECK(format_number(275.0) == "275");
    CHECK(format_number(0.1) == "0.1");
    CHECK(format_number(1.0 / 3.0) == "0.3333333333333333");
    CHECK(format_number(1e6) == "1000000");
    CHECK(format_number(1e15) == "1000000000000000");
    CHECK(format_number(-0.0) == "0");
    CHECK(format_number(-2.5) == "-2.5");
    CHECK(format_number(1e-7) == "1e-07");
    CHECK(format_number(std::nextafter(1.0, 2.0)) == "1.0000000000000002");
}

}  // namespace
}  // namespace corridor
