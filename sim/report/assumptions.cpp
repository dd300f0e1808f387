#include "corridor/report/assumptions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>
#include <tuple>

#include "corridor/base/unit.h"
#include "corridor/report/csv.h"
#include "corridor/report/table.h"
#include "corridor/study/estimate.h"
#include "report/json_text.h"

namespace corridor {
namespace {

using report::Json;
using scenario::Quantity;
using scenario::QuantityRule;
using scenario::Scenario;
using scenario::SourceKind;

constexpr int kDigits = 6;

std::string_view name_of(Basis basis) {
    switch (basis) {
        case Basis::sourced:
            return "sourced";
        case Basis::derived:
            return "derived";
        case Basis::assumed:
            return "assumption";
        case Basis::by_default:
            return "default";
    }
    return "";
}

Basis basis_of(const Scenario& scenario, const Quantity& quantity) {
    if (quantity.rule == QuantityRule::assumed_default) return Basis::by_default;
    if (quantity.rule != QuantityRule::stated) return Basis::derived;
    const auto any = [&](SourceKind kind) {
        return std::ranges::any_of(quantity.sources, [&](auto id) { return scenario.sources[id].kind == kind; });
    };
    if (any(SourceKind::calibrated)) return Basis::derived;
    if (any(SourceKind::reported)) return Basis::sourced;
    return any(SourceKind::derived) ? Basis::derived : Basis::assumed;
}

// "a x b", "a + b", "1 / a"; empty for a number that was stated.
std::string rule_of(const Scenario& scenario, const Quantity& quantity) {
    std::vector<std::string_view> operands;
    for (const auto id : quantity.operands) operands.push_back(scenario.quantities[id].path);
    const std::string_view sign = quantity.rule == QuantityRule::sum ? " + " : " x ";
    const std::string_view start = quantity.rule == QuantityRule::inverse ? "1 / " : "";
    return fmt::format("{}{}", start, fmt::join(operands, sign));
}

Assumption describe(const Scenario& scenario, const Quantity& quantity, double value) {
    const DisplayValue shown = display(value, quantity.dimension, quantity.unit);
    const auto in_unit = [&](double base) { return display(base, quantity.dimension, quantity.unit).value; };
    Assumption a;
    a.path = quantity.path;
    a.unit = shown.unit;
    a.value = shown.value;
    a.low = quantity.range ? in_unit(quantity.range->low) : kNaN;
    a.high = quantity.range ? in_unit(quantity.range->high) : kNaN;
    a.basis = basis_of(scenario, quantity);
    for (const auto id : quantity.sources) a.sources.push_back(scenario.sources[id].id);
    a.rule = rule_of(scenario, quantity);
    a.note = quantity.note;
    return a;
}

std::string joined_sources(const Assumption& a) { return fmt::format("{}", fmt::join(a.sources, ", ")); }

std::string summary(const std::vector<Assumption>& all) {
    const auto count = [&](Basis basis) { return std::ranges::count(all, basis, &Assumption::basis); };
    return fmt::format("{} numbers: {} sourced, {} derived, {} assumed, {} documented defaults\n", all.size(),
                       count(Basis::sourced), count(Basis::derived), count(Basis::assumed), count(Basis::by_default));
}

std::string origin(const Assumption& a) {
    if (!a.rule.empty()) return "= " + a.rule;
    const std::string sources = joined_sources(a);
    if (a.basis == Basis::assumed) return sources.empty() ? "assumption" : fmt::format("assumption ({})", sources);
    return a.basis == Basis::by_default ? "default" : sources;
}

std::string range_text(const Assumption& a) {
    return std::isnan(a.low) ? "-" : fmt::format("{} to {}", number_text(a.low, kDigits), number_text(a.high, kDigits));
}

// "-12 % to +29 %" of the value.
std::string deviation_text(const Assumption& a) {
    if (!std::isfinite(a.relative_width())) return "-";
    return fmt::format("{:+.0f} % to {:+.0f} %", 100 * (a.low - a.value) / std::abs(a.value),
                       100 * (a.high - a.value) / std::abs(a.value));
}

// Reported figures are what results are held against; nothing rests on them.
std::set<scenario::Param> figures_of(const Scenario& scenario) {
    std::set<scenario::Param> figures;
    for (const scenario::Reported& figure : scenario.reported) figures.insert(figure.value);
    return figures;
}

}  // namespace

double Assumption::relative_width() const { return std::isnan(low) ? kNaN : (high - low) / std::abs(value); }

std::vector<Assumption> assumptions(const Scenario& scenario) {
    const scenario::Values values = scenario::stated_values(scenario.quantities);
    const std::set<scenario::Param> figures = figures_of(scenario);
    std::vector<Assumption> all;
    for (std::size_t i = 0; i < scenario.quantities.size(); ++i) {
        const scenario::Param param{i};
        if (figures.contains(param)) continue;
        all.push_back(describe(scenario, scenario.quantities[param], values[param]));
    }
    const auto key = [](const Assumption& a) {
        const double width = a.relative_width();
        return std::tuple(std::isnan(width) ? 1.0 : -width, a.path);
    };
    std::ranges::stable_sort(all, {}, key);
    return all;
}

std::string assumptions_text(const std::vector<Assumption>& all, Defaults defaults) {
    TextTable table({{"number", Align::left},
                     {"value"},
                     {"unit", Align::left},
                     {"range"},
                     {"may be off by"},
                     {"rests on", Align::left}});
    for (const Assumption& a : all) {
        if (a.basis == Basis::by_default && defaults == Defaults::counted) continue;
        table.add_row({a.path, number_text(a.value, kDigits), a.unit, range_text(a), deviation_text(a), origin(a)});
    }
    return summary(all) + (table.empty() ? "" : "\n" + table.text());
}

std::string assumptions_json(const Scenario& scenario, const std::vector<Assumption>& all, const std::string& command) {
    Json numbers = Json::array();
    for (const Assumption& a : all) {
        numbers.push_back(Json::object(
            {{"path", a.path},
             {"value", a.value},
             {"unit", a.unit},
             {"range", std::isnan(a.low) ? Json(nullptr) : Json{a.low, a.high}},
             {"relative_width", std::isfinite(a.relative_width()) ? Json(a.relative_width()) : Json(nullptr)},
             {"basis", name_of(a.basis)},
             {"source", joined_sources(a)},
             {"rule", a.rule},
             {"note", a.note}}));
    }
    Json json = report::result_header(scenario.title, scenario.hash, command);
    json["numbers"] = std::move(numbers);
    return report::json_text(json);
}

std::string assumptions_csv(const std::vector<Assumption>& all) {
    CsvWriter csv({"path", "value", "unit", "low", "high", "relative_width", "basis", "source", "rule", "note"});
    for (const Assumption& a : all) {
        const double width = a.relative_width();
        csv.text(a.path).number(a.value).text(a.unit).number(a.low).number(a.high);
        csv.number(std::isfinite(width) ? width : kEmptyCell).text(name_of(a.basis)).text(joined_sources(a));
        csv.text(a.rule).text(a.note).end_row();
    }
    return csv.str();
}

}  // namespace corridor
