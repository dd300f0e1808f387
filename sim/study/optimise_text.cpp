#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "corridor/base/unit.h"
#include "corridor/study/optimise.h"

namespace corridor {
namespace {

std::string_view without_blanks(std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    return first == std::string_view::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// A number and what follows it.
struct NumberWithUnit {
    double value = 0;
    std::string unit;
};

std::optional<NumberWithUnit> parse_number(std::string_view text) {
    text = without_blanks(text);
    NumberWithUnit number;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number.value);
    if (failure != std::errc{} || !std::isfinite(number.value)) return std::nullopt;
    number.unit = without_blanks({end, static_cast<std::size_t>(text.data() + text.size() - end)});
    return number;
}

Diagnostics refused(const std::string& option, std::string_view text, std::string problem, std::string hint) {
    return {{.path = fmt::format("{} '{}'", option, text), .message = std::move(problem), .hint = std::move(hint)}};
}

constexpr std::string_view kRangeHint =
    "write it as in 'service.feeder.departures.per_week=3..14', or 'link.river.speed=8 km/h..13 km/h step 1 km/h'";

}  // namespace

double Variable::steps() const { return std::floor((high - low) / step + 1e-9) + 1; }

std::size_t Variable::count() const { return static_cast<std::size_t>(steps()); }

double Variable::value(std::size_t i) const { return low + static_cast<double>(i) * step; }

std::string Variable::assignment(double value) const {
    const std::string number = format_number(value);
    return unit.empty() ? fmt::format("{}={}", path, number) : fmt::format("{}=\"{} {}\"", path, number, unit);
}

Result<Variable> parse_variable(std::string_view text) {
    const auto refuse = [&](std::string problem) {
        return refused("--vary", text, std::move(problem), std::string(kRangeHint));
    };
    const std::size_t equals = text.find('=');
    const std::size_t dots = text.find("..", equals == std::string_view::npos ? 0 : equals);
    if (equals == std::string_view::npos || equals == 0 || dots == std::string_view::npos) return refuse("not a range");
    const std::size_t word = text.find(" step ", dots);
    const auto low = parse_number(text.substr(equals + 1, dots - equals - 1));
    const auto high = parse_number(text.substr(dots + 2, word == std::string_view::npos ? word : word - dots - 2));
    const auto step = word == std::string_view::npos ? std::optional(NumberWithUnit{1, low ? low->unit : ""})
                                                     : parse_number(text.substr(word + 6));
    if (!low || !high || !step) return refuse("not a range of numbers");
    Variable variable{.path = std::string(without_blanks(text.substr(0, equals))),
                      .unit = low->unit,
                      .low = low->value,
                      .high = high->value,
                      .step = step->value};
    if (high->unit != low->unit || step->unit != low->unit) return refuse("the ends and the step have one unit");
    if (!(variable.low < variable.high)) return refuse("the range is empty");
    if (!(variable.step > 0)) return refuse("the step is more than 0");
    const bool is_whole =
        std::nearbyint(variable.low) == variable.low && std::nearbyint(variable.high) == variable.high;
    if (word == std::string_view::npos && !is_whole) return refuse("between fractions the step has to be said");
    return variable;
}

Result<MeanRequirement> parse_mean_requirement(std::string_view text) {
    const auto refuse = [&](std::string problem) {
        return refused("--require", text, std::move(problem),
                       "write it as in 'door_to_door_time_mean demand.exports <= 60', in the unit of the measure");
    };
    std::size_t sign = text.find("<=");
    const bool is_at_most = sign != std::string_view::npos;
    if (!is_at_most) sign = text.find(">=");
    if (sign == std::string_view::npos) return refuse("not a requirement");
    const std::string_view what = without_blanks(text.substr(0, sign));
    const auto bound = parse_number(text.substr(sign + 2));
    const std::size_t blank = what.find(' ');
    if (blank == std::string_view::npos) return refuse("a measure and a subject are needed");
    if (!bound) return refuse("the bound is a number");
    return MeanRequirement{.text = std::string(text),
                           .measure = std::string(what.substr(0, blank)),
                           .subject = std::string(without_blanks(what.substr(blank))),
                           .is_at_most = is_at_most,
                           .bound = bound->value,
                           .unit = std::string(bound->unit)};
}

Interval wilson_interval(double successes, double trials) {
    constexpr double kZ = 1.959963984540054;
    const double share = successes / trials;
    const double middle = share + kZ * kZ / (2 * trials);
    const double half = kZ * std::sqrt(share * (1 - share) / trials + kZ * kZ / (4 * trials * trials));
    const double scale = 1 + kZ * kZ / trials;
    return {.low = std::max(0.0, (middle - half) / scale), .high = std::min(1.0, (middle + half) / scale)};
}

}  // namespace corridor
