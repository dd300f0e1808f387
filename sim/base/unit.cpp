#include "corridor/base/unit.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "base/number.h"
#include "corridor/base/text.h"

namespace corridor {
namespace {

constexpr double kLargest = 1e12;
constexpr double kSmallest = 1e-12;

constexpr Dimension kEnergy{.energy = 1};
constexpr Dimension kVolume{.volume = 1};

// A unit is numerator / denominator base units: whole numbers both, so that "3 min" is the double nearest to 3 / 60.
struct Unit {
    std::string_view symbol;
    double numerator = 1;
    double denominator = 1;
    Dimension dimension;
};

constexpr std::array<Unit, 48> kUnits{{
    {"km", 1, 1, kLength},
    {"m", 1, 1000, kLength},
    {"h", 1, 1, kDuration},
    {"min", 1, 60, kDuration},
    {"s", 1, 3600, kDuration},
    {"ms", 1, 3'600'000, kDuration},
    {"d", 24, 1, kDuration},
    {"week", 168, 1, kDuration},
    {"year", 8760, 1, kDuration},
    {"second", 1, 3600, kDuration},
    {"seconds", 1, 3600, kDuration},
    {"minute", 1, 60, kDuration},
    {"minutes", 1, 60, kDuration},
    {"hour", 1, 1, kDuration},
    {"hours", 1, 1, kDuration},
    {"day", 24, 1, kDuration},
    {"days", 24, 1, kDuration},
    {"weeks", 168, 1, kDuration},
    {"years", 8760, 1, kDuration},
    {"containers", 1, 1, kContainers},
    {"container", 1, 1, kContainers},
    {"boxes", 1, 1, kContainers},
    {"box", 1, 1, kContainers},
    {"TEU", 1, 1, kTeu},
    {"t", 1, 1, kMass},
    {"kg", 1, 1000, kMass},
    {"kt", 1000, 1, kMass},
    {"moves", 1, 1, kMoves},
    {"move", 1, 1, kMoves},
    {"lifts", 1, 1, kMoves},
    {"lift", 1, 1, kMoves},
    {"g CO2e", 1, 1000, kEmissions},
    {"kg CO2e", 1, 1, kEmissions},
    {"t CO2e", 1000, 1, kEmissions},
    {"gCO2e", 1, 1000, kEmissions},
    {"kgCO2e", 1, 1, kEmissions},
    {"tCO2e", 1000, 1, kEmissions},
    {"kWh", 1, 1, kEnergy},
    {"MWh", 1000, 1, kEnergy},
    {"MJ", 10, 36, kEnergy},
    {"l", 1, 1, kVolume},
    {"litres", 1, 1, kVolume},
    {"m3", 1000, 1, kVolume},
    {"departure", 1, 1, kNumber},
    {"departures", 1, 1, kNumber},
    {"vehicle", 1, 1, kNumber},
    {"vehicles", 1, 1, kNumber},
    {"call", 1, 1, kNumber},
}};
constexpr Unit kPercent{"%", 1, 100, kNumber};

// What people write for a unit, for suggestions only.
struct Synonym {
    std::string_view written;
    std::string_view symbol;
};
constexpr std::array<Synonym, 6> kSynonyms{
    {{"kilometres", "km"}, {"metres", "m"}, {"tonnes", "t"}, {"tons", "t"}, {"TEUs", "TEU"}, {"percent", "%"}}};

// How a dimension is called, shown and written.
struct DimensionEntry {
    Dimension dimension;
    std::string_view noun;
    std::string_view example;
    std::string_view unit;    // in which it is shown
    std::string_view others;  // in which it may be written too
};
constexpr std::array<DimensionEntry, 14> kDimensions{{
    {kLength, "a length", "275 km", "km", "m"},
    {kDuration, "a duration", "12 h", "h", "min, s, d or week"},
    {kSpeed, "a speed", "10.5 km/h", "km/h", "m/s"},
    {kFrequency, "a frequency", "9 /week", "/week", "/d, /h or /year"},
    {kMoveRate, "a rate of moves", "25 moves/h", "moves/h", "moves/d"},
    {kContainers, "a number of containers", "124 containers", "containers", "boxes"},
    {kTeu, "a number of TEU", "150 TEU", "TEU", ""},
    {kMass, "a mass", "3000 t", "t", "kg or kt"},
    {kMassPerTeu, "a mass per TEU", "14 t/TEU", "t/TEU", "kg/TEU"},
    {kContainerRate, "a rate of containers", "40 containers/week", "containers/week",
     "containers/d or containers/year"},
    {kTeuRate, "a rate of TEU", "60 TEU/week", "TEU/week", "TEU/d or TEU/year"},
    {kMoves, "a number of moves", "120 moves", "moves", "lifts"},
    {Dimension{.containers = -1, .teu = 1}, "a number of TEU per container", "1.6 TEU/container", "TEU/container", ""},
    {Dimension{.length = -1, .mass = -1, .emissions = 1}, "an emission intensity", "29.3 g CO2e/t-km", "g CO2e/t-km",
     "kg CO2e/t-km"},
}};

// Beyond 100 it stays there: no quantity has such a dimension, and none comes back to one that exists by overflow.
std::int8_t sum(std::int8_t a, std::int8_t b) {
    constexpr int kMost = 100;
    return static_cast<std::int8_t>(std::clamp(a + b, -kMost, kMost));
}

Dimension inverse(Dimension d) {
    const auto negated = [](std::int8_t exponent) { return static_cast<std::int8_t>(-exponent); };
    return {.length = negated(d.length),
            .time = negated(d.time),
            .containers = negated(d.containers),
            .teu = negated(d.teu),
            .mass = negated(d.mass),
            .moves = negated(d.moves),
            .money = negated(d.money),
            .emissions = negated(d.emissions),
            .energy = negated(d.energy),
            .volume = negated(d.volume),
            .currency = d.currency};
}

const DimensionEntry* find_entry(Dimension dimension) {
    const auto* found = std::ranges::find(kDimensions, dimension, &DimensionEntry::dimension);
    return found == kDimensions.end() ? nullptr : found;
}

std::optional<Unit> find_unit(std::string_view symbol) {
    if (symbol == kPercent.symbol) return kPercent;
    const auto* found = std::ranges::find(kUnits, symbol, &Unit::symbol);
    if (found != kUnits.end()) return *found;
    const Currency currency = find_currency(symbol);
    if (currency == Currency::none) return std::nullopt;
    return Unit{.symbol = symbol, .dimension = {.money = 1, .currency = currency}};
}

std::string unit_hint(std::string_view written) {
    if (written.starts_with("per ") || written.find(" per ") != std::string_view::npos) {
        return "write '/' for per, as in \"25 moves/h\"";
    }
    std::vector<std::string_view> candidates;
    candidates.reserve(kUnits.size() + kSynonyms.size());
    for (const Unit& unit : kUnits) candidates.push_back(unit.symbol);
    for (const Synonym& synonym : kSynonyms) candidates.push_back(synonym.written);
    const std::string_view best = nearest(written, candidates);
    if (best.empty()) return "use km, m, h, min, s, d, week, year, containers, TEU, t, kg, moves or %";
    const auto* synonym = std::ranges::find(kSynonyms, best, &Synonym::written);
    return fmt::format("did you mean '{}'?", synonym == kSynonyms.end() ? best : synonym->symbol);
}

UnitError unknown_unit(std::string_view written) {
    if (written == "month" || written == "months") {
        return {.message = fmt::format("'{}' is ambiguous (28 to 31 days)", written),
                .hint = "write days, such as 30 d"};
    }
    return {.message = fmt::format("unknown unit '{}'", abbreviated(written)), .hint = unit_hint(written)};
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Offset of `part`, a view into `text`.
std::size_t offset_in(std::string_view text, std::string_view part) {
    return static_cast<std::size_t>(part.data() - text.data());
}

// One dimension has one currency.
bool check_currencies(const Dimension& a, const Dimension& b, UnitError& error) {
    if (a.currency == Currency::none || b.currency == Currency::none || a.currency == b.currency) return true;
    error = {.message = fmt::format("{} and {} are two currencies", code_of(a.currency), code_of(b.currency)),
             .hint = "give all money in one"};
    return false;
}

Unit product(const Unit& a, const Unit& b) {
    return {.symbol = {},
            .numerator = a.numerator * b.numerator,
            .denominator = a.denominator * b.denominator,
            .dimension = a.dimension * b.dimension};
}

// Reads "TEU", "t-km", "(TEU-d)". An offset in `error` counts from the start of `text`.
bool parse_product(std::string_view text, Unit& out, UnitError& error) {
    std::string_view rest = text;
    if (rest.starts_with('(') && rest.ends_with(')')) rest = rest.substr(1, rest.size() - 2);
    out = Unit{};
    for (;;) {
        const std::size_t hyphen = rest.find('-');
        const std::string_view symbol = trimmed(rest.substr(0, hyphen));
        const std::optional<Unit> unit = find_unit(symbol);
        if (!unit) {
            error = unknown_unit(symbol);
            error.offset = offset_in(text, symbol.empty() ? text : symbol);
            return false;
        }
        if (!check_currencies(out.dimension, unit->dimension, error)) {
            error.offset = offset_in(text, symbol);
            return false;
        }
        out = product(out, *unit);
        if (hyphen == std::string_view::npos) return true;
        rest.remove_prefix(hyphen + 1);
    }
}

Unit ratio(const Unit& over, const Unit& under) {
    return {.symbol = {},
            .numerator = over.numerator * under.denominator,
            .denominator = over.denominator * under.numerator,
            .dimension = over.dimension * inverse(under.dimension)};
}

// Reads "", "km", "km/h" or "/week". An offset in `error` counts from the start of `text`.
bool parse_unit(std::string_view text, Unit& out, UnitError& error) {
    const std::size_t slash = text.find('/');
    const std::string_view over_text = trimmed(text.substr(0, slash));
    Unit over;
    if (!over_text.empty() && !parse_product(over_text, over, error)) {
        error.offset += offset_in(text, over_text);
        return false;
    }
    out = over;
    if (slash == std::string_view::npos) return true;

    const std::string_view under_text = trimmed(text.substr(slash + 1));
    if (under_text.empty()) {
        error = {.offset = slash, .message = "a unit is missing after '/'", .hint = "write one, as in \"9 /week\""};
        return false;
    }
    Unit under;
    if (!parse_product(under_text, under, error)) {
        error.offset += offset_in(text, under_text);
        return false;
    }
    if (!check_currencies(over.dimension, under.dimension, error)) {
        error.offset = offset_in(text, under_text);
        return false;
    }
    out = ratio(over, under);
    return true;
}

double to_base(double value, const Unit& unit) { return value * unit.numerator / unit.denominator; }

// The shortest decimal that `to_base` turns back into `base_value`, or nearly where there is none.
double from_base(double base_value, const Unit& unit) {
    const double value = base_value * unit.denominator / unit.numerator;
    for (int digits = 1; digits < 17; ++digits) {
        const std::string text = fmt::format("{:.{}g}", value, digits);
        double candidate = 0;
        std::from_chars(text.data(), text.data() + text.size(), candidate);
        if (to_base(candidate, unit) == base_value) return candidate;
    }
    return value;
}

void append_power(std::string& text, std::string_view separator, std::string_view symbol, int exponent) {
    for (; exponent > 0; --exponent) {
        text += separator;
        text += symbol;
        separator = "-";
    }
}

// "TEU-km/h", "CNY/TEU-d": for what has no name of its own.
std::string base_unit(Dimension d) {
    struct Power {
        std::string_view many;
        std::string_view one;
        int exponent;
    };
    const std::string_view currency = d.currency == Currency::none ? "CNY" : code_of(d.currency);
    const std::array<Power, 10> powers{{{currency, currency, d.money},
                                        {"kg CO2e", "kg CO2e", d.emissions},
                                        {"kWh", "kWh", d.energy},
                                        {"l", "l", d.volume},
                                        {"containers", "container", d.containers},
                                        {"TEU", "TEU", d.teu},
                                        {"t", "t", d.mass},
                                        {"moves", "lift", d.moves},
                                        {"km", "km", d.length},
                                        {"h", "h", d.time}}};
    std::string text;
    for (const Power& power : powers) append_power(text, text.empty() ? "" : "-", power.many, power.exponent);
    std::string under;
    for (const Power& power : powers) append_power(under, under.empty() ? "/" : "-", power.one, -power.exponent);
    return text + under;
}

// What is said of quantities that have no entry.
std::string_view noun_of(Dimension d) {
    if (d == kMoney) return "an amount of money";
    if (d.money != 0) return "a price";
    if (d == kEmissions) return "an amount of emissions";
    if (d.emissions != 0) return "an emission factor";
    return {};
}

}  // namespace

Dimension operator*(Dimension a, Dimension b) {
    return {.length = sum(a.length, b.length),
            .time = sum(a.time, b.time),
            .containers = sum(a.containers, b.containers),
            .teu = sum(a.teu, b.teu),
            .mass = sum(a.mass, b.mass),
            .moves = sum(a.moves, b.moves),
            .money = sum(a.money, b.money),
            .emissions = sum(a.emissions, b.emissions),
            .energy = sum(a.energy, b.energy),
            .volume = sum(a.volume, b.volume),
            .currency = a.currency != Currency::none ? a.currency : b.currency};
}

Dimension operator/(Dimension a, Dimension b) { return a * inverse(b); }

bool check_number(double base_value, UnitError& error) {
    if (std::isnan(base_value)) {
        error = {.message = "nan is not allowed"};
    } else if (std::isinf(base_value)) {
        error = {.message = "inf is not allowed", .hint = "leave the limit out to have none"};
    } else {
        const double size = std::abs(base_value);
        if (size == 0 || (size >= kSmallest && size <= kLargest)) return true;
        error = {.message = fmt::format("value out of range: {}", format_number(base_value)), .hint = kRangeHint};
    }
    return false;
}

bool parse_measurement(std::string_view text, Measurement& out, UnitError& error) {
    const std::string_view body = trimmed(text);
    if (body.empty()) {
        error = {.message = "a number is missing", .hint = "write one with its unit, such as \"275 km\""};
        return false;
    }
    const std::size_t start = offset_in(text, body);
    ScannedNumber number;
    if (!scan_number(body, number, error)) {
        error.offset += start;
        return false;
    }
    Unit unit;
    if (!parse_unit(body.substr(number.size), unit, error)) {
        error.offset += start + number.size;
        return false;
    }
    out = {.value = to_base(number.value, unit), .dimension = unit.dimension};
    if (check_number(out.value, error)) return true;
    error = {
        .offset = start, .message = fmt::format("value out of range: '{}'", abbreviated(body)), .hint = kRangeHint};
    return false;
}

DisplayValue display(double base_value, Dimension dimension) {
    const DimensionEntry* const entry = find_entry(dimension);
    if (entry == nullptr) return {.value = base_value, .unit = base_unit(dimension)};
    Unit unit;
    UnitError error;
    parse_unit(entry->unit, unit, error);
    return {.value = from_base(base_value, unit), .unit = std::string{entry->unit}};
}

DisplayValue display(double base_value, Dimension dimension, std::string_view unit) {
    Unit written;
    UnitError error;
    if (unit.empty() || !parse_unit(unit, written, error) || written.dimension != dimension) {
        return display(base_value, dimension);
    }
    return {.value = from_base(base_value, written), .unit = std::string{unit}};
}

std::string_view unit_of(std::string_view text) {
    const std::string_view body = trimmed(text);
    ScannedNumber number;
    UnitError error;
    return scan_number(body, number, error) ? trimmed(body.substr(number.size)) : std::string_view{};
}

std::string format_measurement(double base_value, Dimension dimension) {
    const DisplayValue shown = display(base_value, dimension);
    const std::string number = format_number(shown.value);
    return shown.unit.empty() ? number : fmt::format("{} {}", number, shown.unit);
}

std::string describe(Dimension dimension) {
    if (dimension == kNumber) return "a plain number such as 0.85";
    const DimensionEntry* const entry = find_entry(dimension);
    if (entry == nullptr) {
        const std::string_view noun = noun_of(dimension);
        return noun.empty() ? fmt::format("a quantity in {}", base_unit(dimension))
                            : fmt::format("{} such as \"100 {}\"", noun, base_unit(dimension));
    }
    return fmt::format("{} such as \"{}\"", entry->noun, entry->example);
}

std::string units_for(Dimension dimension) {
    const DimensionEntry* const entry = find_entry(dimension);
    if (entry == nullptr) return base_unit(dimension);
    if (entry->others.empty()) return std::string{entry->unit};
    const bool is_list = entry->others.find(" or ") != std::string_view::npos;
    return fmt::format("{}{}{}", entry->unit, is_list ? ", " : " or ", entry->others);
}

std::string format_number(double value) {
    if (value == 0) return "0";
    return fmt::format("{}", value);
}

}  // namespace corridor
