#include "corridor/study/design.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "corridor/base/text.h"
#include "corridor/base/unit.h"
#include "corridor/scenario/quantiles.h"
#include "corridor/study/sensitivity.h"
#include "study/counted.h"
#include "study/design_points.h"
#include "study/trajectory.h"

namespace corridor {
namespace {

using scenario::DesignKind;
using scenario::Level;
using scenario::Parameter;
using scenario::Quantity;
using scenario::StudyFile;

constexpr double kMostCells = 2e7;

std::string in_quotes(const std::string& text) { return '"' + text + '"'; }

Level measured_level(double number, const std::string& unit) {
    if (unit.empty()) return {format_number(number), format_number(number)};
    std::string text = fmt::format("{} {}", format_number(number), unit);
    std::string assignment = in_quotes(text);
    return {std::move(text), std::move(assignment)};
}

Level level_of(const Quantity& quantity, double value) {
    const double taken = quantity.whole ? std::floor(value + 0.5) : value;
    const DisplayValue shown = display(taken, quantity.dimension, quantity.unit);
    return measured_level(shown.value, shown.unit);
}

// The quantity whose range a parameter takes.
std::optional<Quantity> ranged_quantity(const scenario::Scenario& base, std::string_view path) {
    for (const scenario::Param param : scenario::ranged(base.quantities)) {
        if (base.quantities[param].path != path) continue;
        Quantity quantity = base.quantities[param];
        quantity.whole = scenario::is_counted(base.quantities, param);
        return quantity;
    }
    return std::nullopt;
}

// The ends of a range, and in a grid what is stated between them.
std::vector<Level> levels_of(const Quantity& quantity, DesignKind kind) {
    std::vector<double> values{quantity.range->low};
    if (kind == DesignKind::grid) values.push_back(quantity.value);
    values.push_back(quantity.range->high);
    values.erase(std::unique(values.begin(), values.end()), values.end());
    std::vector<Level> levels;
    for (const double value : values) levels.push_back(level_of(quantity, value));
    return levels;
}

bool needs_levels(DesignKind kind) { return kind == DesignKind::grid || kind == DesignKind::one_at_a_time; }

// With levels instead of ranges of the scenario; nothing where points are not numbers of levels, or there is no such
// range.
std::optional<StudyFile> with_levels(const StudyFile& file, const scenario::Scenario& base) {
    if (!needs_levels(file.design) || std::ranges::none_of(file.parameters, &Parameter::takes_scenario_range))
        return std::nullopt;
    StudyFile study = file;
    for (Parameter& parameter : study.parameters) {
        if (!parameter.takes_scenario_range()) continue;
        const std::optional<Quantity> quantity = ranged_quantity(base, parameter.path);
        if (quantity) parameter.levels = levels_of(*quantity, study.design);
    }
    return study;
}

// What follows the number of a value; nothing where it is no number.
std::optional<std::string> unit_of_level(const Level& level) {
    Measurement ignored;
    UnitError fault;
    if (!parse_measurement(level.text, ignored, fault)) return std::nullopt;
    return std::string(unit_of(level.text));
}

std::optional<std::string> common_unit(const std::vector<Level>& levels) {
    const std::optional<std::string> unit = unit_of_level(levels.front());
    const auto differs = [&](const Level& level) { return unit_of_level(level) != unit; };
    return std::ranges::any_of(levels, differs) ? std::nullopt : unit;
}

// How many points, as a double: it may be beyond what an integer holds.
double point_count(const StudyFile& study) {
    double product = 1;
    double sum = 1;
    for (const Parameter& parameter : study.parameters) {
        product *= static_cast<double>(parameter.levels.size());
        sum += static_cast<double>(parameter.levels.size());
    }
    switch (study.design) {
        case DesignKind::grid:
            return product;
        case DesignKind::one_at_a_time:
            return sum;
        case DesignKind::list:
            return static_cast<double>(study.parameters.front().levels.size());
        case DesignKind::morris:
            return static_cast<double>(study.trajectories) * static_cast<double>(study.parameters.size() + 1);
        case DesignKind::latin_hypercube:
        case DesignKind::sobol:
            break;
    }
    return static_cast<double>(study.points);
}

study::Places places_of(const StudyFile& study, std::uint64_t seed) {
    std::vector<std::size_t> levels;
    std::vector<std::string> names;
    for (const Parameter& parameter : study.parameters) {
        levels.push_back(parameter.levels.size());
        names.push_back(parameter.path);
    }
    study::Places rows;
    switch (study.design) {
        case DesignKind::grid:
            return study::grid_points(levels);
        case DesignKind::one_at_a_time:
            return study::single_points(levels);
        case DesignKind::latin_hypercube:
            return study::latin_hypercube(names, study.points, seed);
        case DesignKind::sobol:
            return study::sobol_points(names.size(), study.points);
        case DesignKind::morris:
            return study::morris_points(names.size(), study.trajectories, seed);
        case DesignKind::list:
            break;
    }
    for (std::size_t row = 0; row < levels.front(); ++row)
        rows.insert(rows.end(), names.size(), static_cast<double>(row));
    return rows;
}

// Numbers of levels where the points are quantiles of them.
bool is_by_quantile(DesignKind kind) {
    return kind == DesignKind::latin_hypercube || kind == DesignKind::sobol || kind == DesignKind::morris;
}

Diagnostic too_large(const StudyFile& study, double points) {
    return {
        .place = {study.file, 0, 0},
        .path = "design",
        .message = fmt::format("{} points with {} parameters are too many (the limit is {} points, and {} values)",
                               study::counted(points), study.parameters.size(),
                               study::counted(static_cast<double>(scenario::kMostPoints)), study::counted(kMostCells)),
        .hint = "leave out values, or take a Latin hypercube or a Sobol sequence"};
}

Diagnostic no_range(const Parameter& parameter, DesignKind kind, const scenario::Scenario& base) {
    std::vector<std::string_view> paths;
    for (const scenario::Param param : scenario::ranged(base.quantities)) paths.push_back(base.quantities[param].path);
    const std::string otherwise =
        needs_levels(kind) ? "give 'values', or 'from', 'to' and 'step'" : "give 'from' and 'to'";
    return {.place = parameter.place,
            .path = parameter.path,
            .message = "the scenario gives this no range",
            .hint = did_you_mean(nearest(parameter.path, paths), otherwise),
            .excerpt = parameter.excerpt};
}

}  // namespace

Result<Design> Design::make(const StudyFile& file, const scenario::Scenario& base, std::uint64_t seed) {
    const std::optional<StudyFile> leveled = with_levels(file, base);
    const StudyFile& study = leveled ? *leveled : file;
    Diagnostics errors;
    Design design;
    for (const Parameter& parameter : study.parameters) {
        Axis axis{.parameter = parameter, .quantity = {}};
        std::optional<std::string> unit = parameter.span ? std::optional(parameter.span->unit) : std::nullopt;
        if (!parameter.levels.empty()) unit = common_unit(parameter.levels);
        if (parameter.takes_scenario_range()) {
            axis.quantity = ranged_quantity(base, parameter.path);
            if (!axis.quantity) {
                errors.push_back(no_range(parameter, study.design, base));
                continue;
            }
            unit = display(axis.quantity->value, axis.quantity->dimension, axis.quantity->unit).unit;
        }
        design.axes_.push_back(std::move(axis));
        design.shown_.push_back({parameter.path, std::move(unit), parameter.place, parameter.excerpt});
    }
    const double points = point_count(study);
    const bool is_too_large = points > static_cast<double>(scenario::kMostPoints) ||
                              points * static_cast<double>(study.parameters.size()) > kMostCells;
    if (is_too_large) errors.push_back(too_large(study, points));
    if (study.design == DesignKind::sobol && study.parameters.size() > kMostDimensions) {
        errors.push_back({.place = {study.file, 0, 0},
                          .path = "design",
                          .message = fmt::format("a Sobol sequence has {} parameters at most", kMostDimensions)});
    }
    if (!errors.empty()) return errors;

    design.size_ = static_cast<std::uint64_t>(points);
    design.places_ = places_of(study, seed);
    if (!is_by_quantile(study.design)) return design;
    for (std::size_t i = 0; i < design.places_.size(); ++i) {
        const auto levels = static_cast<double>(design.axes_[i % design.axes_.size()].parameter.levels.size());
        if (levels > 0) design.places_[i] = std::min(std::floor(design.places_[i] * levels), levels - 1);
    }
    return design;
}

std::optional<Level> Design::level(std::uint64_t point, std::size_t parameter) const {
    const double place = places_[point * axes_.size() + parameter];
    if (std::isnan(place)) return std::nullopt;
    const Axis& axis = axes_[parameter];
    if (!axis.parameter.levels.empty()) return axis.parameter.levels[static_cast<std::size_t>(place)];
    if (const auto& span = axis.parameter.span) {
        const double share = place == study::Trajectory::kLast ? 1.0 : place;
        return measured_level(span->low + share * (span->high - span->low), span->unit);
    }
    return level_of(*axis.quantity, scenario::value_at(*axis.quantity, place));
}

double Design::number_of(const Level& level) {
    Measurement number;
    UnitError fault;
    const std::string_view unit = unit_of(level.text);
    const std::string_view text = std::string_view(level.text).substr(0, level.text.rfind(unit));
    return parse_measurement(text, number, fault) ? number.value : std::nan("");
}

std::vector<std::size_t> Design::overridden(std::uint64_t point) const {
    std::vector<std::size_t> parameters;
    for (std::size_t i = 0; i < axes_.size(); ++i) {
        if (!std::isnan(places_[point * axes_.size() + i])) parameters.push_back(i);
    }
    return parameters;
}

std::vector<scenario::Override> Design::overrides(std::uint64_t point) const {
    std::vector<scenario::Override> overrides;
    for (const std::size_t i : overridden(point)) {
        overrides.push_back({fmt::format("{} = {}", axes_[i].parameter.path, level(point, i)->assignment)});
    }
    return overrides;
}

std::string Design::text(std::uint64_t point) const {
    std::string text;
    for (const std::size_t i : overridden(point)) {
        text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", axes_[i].parameter.path, level(point, i)->text);
    }
    return text.empty() ? "as in the scenario" : text;
}

}  // namespace corridor
