#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "corridor/base/text.h"
#include "corridor/base/unit.h"
#include "corridor/report/calibration_report.h"
#include "corridor/report/table.h"
#include "corridor/scenario/quantiles.h"
#include "corridor/study/fingerprint.h"
#include "corridor/version.h"

namespace corridor {
namespace {

std::string calibrated_title(const std::string& title) {
    if (title.empty()) return "(no title), calibrated";
    return title.find("calibrated") == std::string::npos ? title + ", calibrated" : title;
}

using scenario::Quantity;
using scenario::Range;
using scenario::Reported;
using scenario::Scenario;

std::string toml_text(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) < 0x20) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
            out += c;
        }
    }
    return out + '"';
}

std::string toml_list(const std::vector<std::string>& texts) {
    std::vector<std::string> quoted;
    for (const std::string& text : texts) quoted.push_back(toml_text(text));
    return fmt::format("[{}]", fmt::join(quoted, ", "));
}

// "terminal.guoyuan.berths.count", with quotes where a part is no bare key.
std::string toml_key(std::string_view path) {
    constexpr std::string_view kBare = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    std::string out;
    while (true) {
        const std::size_t dot = path.find('.');
        const std::string_view part = path.substr(0, dot);
        out += part.find_first_not_of(kBare) == std::string_view::npos ? std::string(part) : toml_text(part);
        if (dot == std::string_view::npos) return out;
        out += '.';
        path.remove_prefix(dot + 1);
    }
}

// A triangular belief with this mode whose 5 % and 95 % quantiles are those given, by fixed-point iteration over the
// two quadratic equations of its distribution function; then cut to the range before.
Range triangle(const PriorSummary& summary, const Range& before) {
    const double below = summary.median - summary.interval90.low;
    const double above = summary.interval90.high - summary.median;
    constexpr double kTail = 0.05;
    // (x - d)^2 = tail (x + w) x: the width on one side, given that on the other.
    const auto side = [](double d, double w) {
        const double b = 2 * d + kTail * w;
        return (b + std::sqrt(std::max(0.0, b * b - 4 * (1 - kTail) * d * d))) / (2 * (1 - kTail));
    };
    double left = below;
    double right = above;
    for (int i = 0; i < 100; ++i) {
        left = side(below, right);
        right = side(above, left);
    }
    return {.low = std::max(before.low, summary.median - left), .high = std::min(before.high, summary.median + right)};
}

// Written in the planner's unit, to five digits.
std::string toml_number(double value, const Quantity& quantity) {
    const DisplayValue shown = display(value, quantity.dimension, quantity.unit);
    const std::string number = number_text(shown.value, 5);
    return shown.unit.empty() ? number : toml_text(fmt::format("{} {}", number, shown.unit));
}

std::string statement(const Scenario& scenario, const ParameterBelief& belief, const std::string& source) {
    const Quantity& quantity = scenario.quantities[belief.param];
    Range range = triangle(belief.posterior, *quantity.range);
    double value = belief.posterior.median;
    if (scenario::is_counted(scenario.quantities, belief.param)) {
        value = std::floor(value + 0.5);
        range = {.low = std::min(value, std::ceil(range.low)), .high = std::max(value, std::floor(range.high))};
    }
    std::vector<std::string> sources;
    for (const auto id : quantity.sources) sources.push_back(scenario.sources[id].id);
    sources.push_back(source);
    const std::string low = toml_number(range.low, quantity);
    const std::string high = toml_number(range.high, quantity);
    const std::string interval = low == high ? "" : fmt::format("range = [{}, {}], ", low, high);
    const std::string note = fmt::format("Calibrated; as first believed {} ({} to {})",
                                         format_measurement(quantity.value, quantity.dimension),
                                         format_measurement(quantity.range->low, quantity.dimension),
                                         format_measurement(quantity.range->high, quantity.dimension));
    return fmt::format("{} = {{ value = {}, {}sources = {}, note = {} }}\n", toml_key(quantity.path),
                       toml_number(value, quantity), interval, toml_list(sources), toml_text(note));
}

std::string unused_source_id(const Scenario& scenario, const std::string& wanted) {
    std::string id = wanted;
    for (int n = 2; std::ranges::any_of(scenario.sources, [&](const auto& source) { return source.id == id; }); ++n) {
        id = fmt::format("{}-{}", wanted, n);
    }
    return id;
}

// The sources of the figures that were fitted; a figure without one gets one, so that the calibration can name it.
struct Origins {
    std::vector<std::string> ids;
    std::string new_sources;
    std::string new_citations;
};

Origins origins_of(const CalibrationReport& report) {
    Origins origins;
    for (const FigureBelief& belief : report.result.figures) {
        if (!belief.is_fitted) continue;
        const Reported& figure = report.scenario.reported[report.targets[belief.target].figure];
        for (const auto id : figure.sources) origins.ids.push_back(report.scenario.sources[id].id);
        if (!figure.sources.empty()) continue;
        const std::string id = unused_source_id(report.scenario, "reported-" + figure.id);
        origins.ids.push_back(id);
        origins.new_citations += fmt::format("reported.{}.source = {}\n", toml_key(figure.id), toml_text(id));
        origins.new_sources += fmt::format("\n[source.{}]\nkind = \"reported\"\ntitle = {}\n", toml_key(id),
                                           toml_text("What reported." + figure.id + " says"));
    }
    return origins;
}

// What the calibration warned of goes with its values.
std::string doubts_of(const CalibrationReport& report) {
    std::string comments;
    for (const Diagnostic& doubt : calibration_warnings(report)) {
        comments += fmt::format("# Warning: {}\n", printable(one_line(doubt)));
    }
    return comments;
}

}  // namespace

CalibratedScenario calibrated_scenario(const CalibrationReport& report, const std::string& base) {
    const Scenario& scenario = report.scenario;
    const SmootherPlan& plan = report.plan.smoother;
    const std::string source = unused_source_id(scenario, "calibration");
    const Origins origins = origins_of(report);
    CalibratedScenario result;
    result.text = fmt::format(
        "# Written by: {}\n"
        "# Each range below is what the figures for calibration leave of it: the value is the median, the range that "
        "of a\n"
        "# triangular belief with the 90 % interval found, within the range as first believed. How they vary together "
        "is\n"
        "# not kept, so a run spreads wider than the calibration said. Agreement with those figures is by "
        "construction.\n"
        "{}"
        "extends = {}\n"
        "title = {}\n{}\n",
        printable(report.command), doubts_of(report), toml_text(base), toml_text(calibrated_title(scenario.title)),
        origins.new_citations);
    for (const ParameterBelief& belief : report.result.parameters) {
        const std::string& path = scenario.quantities[belief.param].path;
        if (!belief.is_informed) continue;
        if (path.find('[') == std::string::npos) {
            result.text += statement(scenario, belief, source);
        } else {
            result.omitted.push_back(path);
        }
    }
    const std::string title = fmt::format(
        "corridor {}: ensemble smoother, {} members, {} assimilations, seed {}, scenario {}, trajectories {}", kVersion,
        plan.members, plan.assimilations, plan.seed, scenario.hash, fingerprint_text(report.result.fingerprint));
    result.text += fmt::format("\n[source.{}]\nkind = \"calibrated\"\ntitle = {}\nderived_from = {}\n{}", source,
                               toml_text(title), toml_list(origins.ids), origins.new_sources);
    return result;
}

}  // namespace corridor
