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

constexpr Dimension kMoves{.moves = 1};

// A unit is numerator / denominator base units: whole numbers both, so that "3 min" is the double nearest to 3 / 60.
struct Unit {
    std::string_view symbol;
    double numerator = 1;
    double denominator = 1;
    Dimension dimension;
};

constexpr std::array<Unit, 30> kUnits{{
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
}};
constexpr Unit kPercent{"%", 1, 100, kNumber};

// What people write for a unit, for suggestions only.
struct Synonym {
    std::string_view written;
    std::string_view symbol;
};
constexpr std::array<Synonym, 7> kSynonyms{{{"kilometres", "km"},
                                            {"metres", "m"},
                                            {"tonnes", "t"},
                                            {"tons", "t"},
                                            {"TEUs", "TEU"},
                                            {"lift", "lifts"},
                                            {"percent", "%"}}};

// How a dimension is called, shown and written.
struct DimensionEntry {
    Dimension dimension;
    std::string_view noun;
    std::string_view example;
    std::string_view unit;    // in which it is shown
    std::string_view others;  // in which it may be written too
};
constexpr std::array<DimensionEntry, 13> kDimensions{{
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
}};

std::int8_t sum(std::int8_t a, std::int8_t b) { return static_cast<std::int8_t>(a + b); }

Dimension inverse(Dimension d) {
    const auto negated = [](std::int8_t exponent) { return static_cast<std::int8_t>(-exponent); };
    return {.length = negated(d.length),
            .time = negated(d.time),
            .containers = negated(d.containers),
            .teu = negated(d.teu),
            .mass = negated(d.mass),
            .moves = negated(d.moves)};
}

const DimensionEntry* find_entry(Dimension dimension) {
    const auto* found = std::ranges::find(kDimensions, dimension, &DimensionEntry::dimension);
    return found == kDimensions.end() ? nullptr : found;
}

std::optional<Unit> find_unit(std::string_view symbol) {
    if (symbol == kPercent.symbol) return kPercent;
    const auto* found = std::ranges::find(kUnits, symbol, &Unit::symbol);
    return found == kUnits.end() ? std::nullopt : std::optional{*found};
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

bool parse_symbol(std::string_view symbol, Unit& out, UnitError& error) {
    const std::optional<Unit> unit = find_unit(symbol);
    if (!unit) error = unknown_unit(symbol);
    out = unit.value_or(Unit{});
    return unit.has_value();
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
    if (!over_text.empty() && !parse_symbol(over_text, over, error)) {
        error.offset = offset_in(text, over_text);
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
    if (!parse_symbol(under_text, under, error)) {
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
    if (exponent <= 0) return;
    text += fmt::format("{}{}", separator, symbol);
    if (exponent > 1) text += fmt::format("^{}", exponent);
}

// "TEU-km/h": for products of quantities that have no name of their own.
std::string base_unit(Dimension d) {
    const std::array<std::pair<std::string_view, int>, 6> powers{{{"containers", d.containers},
                                                                  {"TEU", d.teu},
                                                                  {"t", d.mass},
                                                                  {"moves", d.moves},
                                                                  {"km", d.length},
                                                                  {"h", d.time}}};
    std::string text;
    for (const auto& [symbol, exponent] : powers) append_power(text, text.empty() ? "" : "-", symbol, exponent);
    for (const auto& [symbol, exponent] : powers) append_power(text, "/", symbol, -exponent);
    return text;
}

}  // namespace

Dimension operator*(Dimension a, Dimension b) {
    return {.length = sum(a.length, b.length),
            .time = sum(a.time, b.time),
            .containers = sum(a.containers, b.containers),
            .teu = sum(a.teu, b.teu),
            .mass = sum(a.mass, b.mass),
            .moves = sum(a.moves, b.moves)};
}

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

std::string format_measurement(double base_value, Dimension dimension) {
    const DisplayValue shown = display(base_value, dimension);
    const std::string number = format_number(shown.value);
    return shown.unit.empty() ? number : fmt::format("{} {}", number, shown.unit);
}

std::string describe(Dimension dimension) {
    if (dimension == kNumber) return "a plain number such as 0.85";
    const DimensionEntry* const entry = find_entry(dimension);
    if (entry == nullptr) return fmt::format("a quantity in {}", base_unit(dimension));
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
