#include "corridor/report/calibration_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string_view>

#include "corridor/base/text.h"
#include "corridor/base/unit.h"
#include "corridor/report/csv.h"
#include "corridor/report/table.h"
#include "corridor/study/fingerprint.h"
#include "corridor/version.h"
#include "report/json_text.h"

namespace corridor {
namespace {

using report::Json;
using scenario::FigureUse;
using scenario::Quantity;
using scenario::Reported;

constexpr double kNormal95 = 1.6448536269514722;  // quantile: 90 % lie within as many standard deviations

bool has_value(const PriorSummary& summary) { return !std::isnan(summary.median); }

std::string summary_text(const PriorSummary& summary) {
    if (!has_value(summary)) return "-";
    return fmt::format("{} ({} to {})", number_text(summary.median, 4), number_text(summary.interval90.low, 4),
                       number_text(summary.interval90.high, 4));
}

// One number of the scenario in the unit it was written in.
struct ShownParameter {
    std::string unit;
    PriorSummary prior;
    PriorSummary posterior;
};

ShownParameter shown(const Quantity& quantity, const ParameterBelief& belief) {
    const auto show = [&](double value) { return display(value, quantity.dimension, quantity.unit).value; };
    const auto all = [&](const PriorSummary& summary) {
        return PriorSummary{.median = show(summary.median),
                            .interval90 = {show(summary.interval90.low), show(summary.interval90.high)}};
    };
    return {.unit = display(belief.posterior.median, quantity.dimension, quantity.unit).unit,
            .prior = all(belief.prior),
            .posterior = all(belief.posterior)};
}

// The tables of one report.
class CalibrationTables {
  public:
    explicit CalibrationTables(const CalibrationReport& report)
        : report_(report), result_(report.result), figures_(report.result.figures) {
        const std::vector<std::size_t> place = positions_in_file(report.scenario, report.targets);
        std::ranges::sort(figures_, {}, [&](const FigureBelief& belief) { return place[belief.target]; });
    }

    std::string verdict() const {
        std::string out = "Verdict\n";
        for (const FigureBelief& belief : figures_) {
            if (belief.is_fitted) out += paragraph(fitted_sentence(belief));
        }
        for (std::size_t i = 0; i < figures_.size();) i = add_other_sentence(i, out);
        return out + paragraph(informed_sentence()) +
               paragraph(
                   "Calibrated values are one way to agree with the figures in sample, no evidence for them: only the "
                   "figures out of sample test them.");
    }

    std::string figures() const {
        TextTable table({{"figure/reading", Align::left},
                         {"reported (90 %)"},
                         {"unit", Align::left},
                         {"as first believed (90 %)"},
                         {"calibrated (90 %)"},
                         {"report lies", Align::left},
                         {"standing", Align::left}});
        for (const FigureBelief& belief : figures_) {
            table.add_row({name(belief.target), reported_text(belief.target), unit(belief.target),
                           summary_text(belief.prior), summary_text(belief.posterior), place(belief, belief.posterior),
                           standing_of(belief)});
        }
        return "\nReported, as first believed, calibrated: medians\n" + table.text();
    }

    std::string parameters(Detail detail) const {
        std::vector<std::size_t> order(result_.parameters.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::stable_sort(order, {}, [&](std::size_t i) {
            return std::pair(!result_.parameters[i].is_informed, result_.parameters[i].variance_left);
        });
        TextTable table({{"range", Align::left},
                         {"unit", Align::left},
                         {"as first believed (90 %)"},
                         {"calibrated (90 %)"},
                         {"variance left"},
                         {"informed", Align::left}});
        for (const std::size_t i : order) {
            const ParameterBelief& belief = result_.parameters[i];
            if (!belief.is_informed && detail != Detail::everything) continue;
            const ShownParameter values = shown(quantity(belief), belief);
            table.add_row({quantity(belief).path, values.unit, summary_text(values.prior),
                           summary_text(values.posterior), fmt::format("{:.0f} %", 100 * belief.variance_left),
                           belief.is_informed ? "yes" : "no"});
        }
        return table.empty() ? "" : "\nWhat the figures say of the ranges\n" + table.text() + joint();
    }

    std::string left_out() const {
        if (result_.left_out.empty()) return "";
        TextTable table({{"left out", Align::left},
                         {"reported (90 %)"},
                         {"unit", Align::left},
                         {"as first believed (90 %)"},
                         {"from the others (90 %)"},
                         {"percentile"}});
        for (const LeftOut& left : result_.left_out) {
            table.add_row({name(left.target), reported_text(left.target), unit(left.target),
                           summary_text(result_.figures[left.target].prior), summary_text(left.predicted),
                           number_text(left.percentile, 3)});
        }
        return "\nEach figure predicted from the others that are calibrated on\n" + table.text();
    }

    std::string mismatch() const {
        std::vector<std::string> steps;
        for (const double step : result_.mismatch) steps.push_back(number_text(step, 3));
        return paragraph(
            fmt::format("Squared distance to the figures in sample, in their errors, before and after each "
                        "assimilation: {}. About 1 to 2 is agreement.",
                        fmt::join(steps, ", ")));
    }

    std::string name(std::size_t target) const {
        return fmt::format("{}/{}", figure(target).id, reading_of(report_.scenario, report_.targets[target]).id);
    }
    const std::string& unit(std::size_t target) const { return report_.targets[target].unit; }
    const Reported& figure(std::size_t target) const {
        return report_.scenario.reported[report_.targets[target].figure];
    }
    double reported(std::size_t target) const { return report_.scenario.quantities[figure(target).value].value; }
    /// By its reporting error.
    Interval reported_interval90(std::size_t target) const {
        const double off = kNormal95 * figure(target).error * reported(target);
        return {reported(target) - off, reported(target) + off};
    }
    const Quantity& quantity(const ParameterBelief& belief) const { return report_.scenario.quantities[belief.param]; }

  private:
    std::string reported_text(std::size_t target) const {
        const std::string value = format_number(reported(target));
        const Interval within = reported_interval90(target);
        if (within.low == within.high) return value;
        return fmt::format("{} ({} to {})", value, number_text(within.low, 4), number_text(within.high, 4));
    }

    std::string place(const FigureBelief& belief, const PriorSummary& summary) const {
        if (!has_value(summary)) return "-";
        const double value = reported(belief.target);
        if (figure(belief.target).use == FigureUse::limit) {
            return value >= summary.interval90.high ? "within limit" : "over limit";
        }
        if (value < summary.interval90.low) return "below";
        return value > summary.interval90.high ? "above" : "inside";
    }

    std::string standing_of(const FigureBelief& belief) const {
        if (belief.is_fitted) return "in sample, fitted";
        switch (figure(belief.target).use) {
            case FigureUse::calibrate:
                return "in sample, another reading";
            case FigureUse::validate:
                return "out of sample";
            case FigureUse::limit:
                return "an upper bound";
        }
        return "";
    }

    // What was fitted, and how far the ranges had to be strained for it.
    std::string fitted_sentence(const FigureBelief& belief) const {
        std::string text = fmt::format("{}: {} {} reported, {} as first believed, {} calibrated. ", name(belief.target),
                                       format_number(reported(belief.target)), unit(belief.target),
                                       summary_text(belief.prior), summary_text(belief.posterior));
        const std::string after = place(belief, belief.posterior);
        if (after != "inside") return text + "Even so the ranges do not reach it: they contradict the report";
        const std::string before = place(belief, belief.prior);
        if (before == "inside") return text + "In sample: agreement by construction";
        return text + fmt::format(
                          "In sample: agreement by construction, at the far end of what was first believed "
                          "(percentile {}), so the ranges are strained",
                          number_text(belief.prior_percentile, 3));
    }

    // All readings of the next figure that was not calibrated on; returns where the one after it begins.
    std::size_t add_other_sentence(std::size_t first, std::string& out) const {
        const Reported& whose = figure(figures_[first].target);
        std::size_t end = first;
        int readings = 0;
        int before = 0;
        int after = 0;
        for (; end < figures_.size() && &figure(figures_[end].target) == &whose; ++end) {
            const FigureBelief& belief = figures_[end];
            ++readings;
            if (place(belief, belief.prior) == "inside") ++before;
            if (place(belief, belief.posterior) == "inside") ++after;
        }
        if (whose.use == FigureUse::validate) {
            out +=
                paragraph(fmt::format("{}: out of sample. The report lies inside for {} of {} readings as first "
                                      "believed, for {} calibrated{}",
                                      whose.id, before, readings, after, after == 0 ? ": it contradicts them" : ""));
        }
        return end;
    }

    std::string informed_sentence() const {
        const auto informed = std::ranges::count(result_.parameters, true, &ParameterBelief::is_informed);
        return fmt::format(
            "{} of {} ranges are informed by the figures; of the others they say nothing, and those stay as "
            "first believed",
            informed, result_.parameters.size());
    }

    std::string joint() const {
        constexpr std::size_t kMost = 3;
        std::vector<std::string> pairs;
        for (const JointBelief& pair : result_.joint) {
            if (pairs.size() == kMost) break;
            pairs.push_back(fmt::format("{} and {} ({:+.2f})", quantity(result_.parameters[pair.first]).path,
                                        quantity(result_.parameters[pair.second]).path, pair.correlation));
        }
        return pairs.empty() ? "" : paragraph(fmt::format("They vary together: {}", fmt::join(pairs, ", ")));
    }

    const CalibrationReport& report_;
    const CalibrationResult& result_;
    std::vector<FigureBelief> figures_;  // in the order of the file
};

Json summary_json(const PriorSummary& summary) {
    return Json::object({{"median", report::number(summary.median)},
                         {"low90", report::number(summary.interval90.low)},
                         {"high90", report::number(summary.interval90.high)}});
}

std::string_view use_of(const CalibrationTables& tables, std::size_t target) {
    return label(tables.figure(target).use);
}

Json figures_json(const CalibrationTables& tables, const CalibrationResult& result) {
    Json figures = Json::array();
    for (const FigureBelief& belief : result.figures) {
        figures.push_back(
            Json::object({{"name", tables.name(belief.target)},
                          {"unit", tables.unit(belief.target)},
                          {"reported", tables.reported(belief.target)},
                          {"reported_interval90", report::interval_json(tables.reported_interval90(belief.target))},
                          {"error", tables.figure(belief.target).error},
                          {"use", use_of(tables, belief.target)},
                          {"fitted", belief.is_fitted},
                          {"prior", summary_json(belief.prior)},
                          {"prior_percentile", report::number(belief.prior_percentile)},
                          {"posterior", summary_json(belief.posterior)},
                          {"posterior_percentile", report::number(belief.posterior_percentile)},
                          {"spread", report::number(belief.spread)}}));
    }
    return figures;
}

Json parameters_json(const CalibrationTables& tables, const CalibrationResult& result) {
    Json parameters = Json::array();
    for (const ParameterBelief& belief : result.parameters) {
        const Quantity& quantity = tables.quantity(belief);
        const ShownParameter values = shown(quantity, belief);
        parameters.push_back(Json::object({{"path", quantity.path},
                                           {"unit", values.unit},
                                           {"prior", summary_json(values.prior)},
                                           {"posterior", summary_json(values.posterior)},
                                           {"variance_left", belief.variance_left},
                                           {"informed", belief.is_informed}}));
    }
    return parameters;
}

void add_reported(CsvWriter& csv, const CalibrationTables& tables, std::size_t target) {
    const Interval within = tables.reported_interval90(target);
    csv.number(tables.reported(target)).number(within.low).number(within.high);
}

void add_summary(CsvWriter& csv, const PriorSummary& summary) {
    csv.number(summary.median).number(summary.interval90.low).number(summary.interval90.high);
}

}  // namespace

Diagnostics calibration_warnings(const CalibrationReport& report) {
    const CalibrationTables tables(report);
    Diagnostics warnings;
    const auto warn = [&](std::string message, std::string hint) {
        warnings.push_back({.severity = Severity::warning, .message = std::move(message), .hint = std::move(hint)});
    };
    if (report.result.refused > 0) {
        warn(fmt::format("{} members are left out (at some point their values made no model, or a figure had no value)",
                         report.result.refused),
             "narrow the ranges");
    }
    constexpr double kCollapsed = 0.5;
    constexpr double kScattered = 2.0;
    for (const FigureBelief& belief : report.result.figures) {
        if (belief.spread < kCollapsed) {
            warn(fmt::format("the ensemble has collapsed: of {} it spreads {:.0f} % of what the reporting error leaves",
                             tables.name(belief.target), 100 * belief.spread),
                 "ask for more --members");
        } else if (belief.spread > kScattered) {
            warn(fmt::format(
                     "the ensemble has not settled: of {} it spreads {:.1f} times what the reporting error leaves",
                     tables.name(belief.target), belief.spread),
                 "ask for more --assimilations, or more --members");
        }
    }
    return warnings;
}

std::string calibration_text(const CalibrationReport& report, Detail detail) {
    const CalibrationTables tables(report);
    const scenario::Scenario& scenario = report.scenario;
    std::string out = fmt::format(
        "{}\nscenario {}, seed {}, {} ranges, {} members, {} assimilations, corridor {}, trajectories {}\n\n",
        scenario.title.empty() ? "(no title)" : printable(scenario.title), scenario.hash, report.plan.smoother.seed,
        report.result.parameters.size(), report.result.members, report.plan.smoother.assimilations, kVersion,
        fingerprint_text(report.result.fingerprint));
    out += tables.verdict();
    for (const Diagnostic& warning : report.warnings) out += paragraph("warning: " + one_line(warning));
    return out + tables.figures() + tables.mismatch() + tables.parameters(detail) + tables.left_out();
}

std::string calibration_json(const CalibrationReport& report) {
    const CalibrationTables tables(report);
    const CalibrationResult& result = report.result;
    Json json = report::result_header(report.scenario.title, report.scenario.hash, report.command);
    json["seed"] = report.plan.smoother.seed;
    json["members"] = result.members;
    json["assimilations"] = report.plan.smoother.assimilations;
    json["refused"] = result.refused;
    json["fingerprint"] = fingerprint_text(result.fingerprint);
    json["mismatch"] = result.mismatch;
    json["figures"] = figures_json(tables, result);
    json["parameters"] = parameters_json(tables, result);
    json["left_out"] = Json::array();
    for (const LeftOut& left : result.left_out) {
        json["left_out"].push_back(Json::object({{"name", tables.name(left.target)},
                                                 {"predicted", summary_json(left.predicted)},
                                                 {"percentile", report::number(left.percentile)}}));
    }
    json["joint"] = Json::array();
    for (const JointBelief& pair : result.joint) {
        json["joint"].push_back(Json::object({{"first", tables.quantity(result.parameters[pair.first]).path},
                                              {"second", tables.quantity(result.parameters[pair.second]).path},
                                              {"correlation", pair.correlation}}));
    }
    json["warnings"] = Json::array();
    for (const Diagnostic& warning : report.warnings) json["warnings"].push_back(one_line(warning));
    return report::json_text(json);
}

std::string calibration_csv(const CalibrationReport& report) {
    const CalibrationTables tables(report);
    CsvWriter csv({"kind", "name", "unit", "use", "fitted", "reported", "reported_low90", "reported_high90",
                   "prior_median", "prior_low90", "prior_high90", "posterior_median", "posterior_low90",
                   "posterior_high90", "prior_percentile", "posterior_percentile", "variance_left", "informed",
                   "fingerprint"});
    const std::string fingerprint = fingerprint_text(report.result.fingerprint);
    for (const FigureBelief& belief : report.result.figures) {
        csv.text("figure").text(tables.name(belief.target)).text(tables.unit(belief.target));
        csv.text(use_of(tables, belief.target)).text(belief.is_fitted ? "yes" : "no");
        add_reported(csv, tables, belief.target);
        add_summary(csv, belief.prior);
        add_summary(csv, belief.posterior);
        csv.number(belief.prior_percentile).number(belief.posterior_percentile).number(kEmptyCell).text("");
        csv.digits(fingerprint).end_row();
    }
    for (const LeftOut& left : report.result.left_out) {
        const FigureBelief& belief = report.result.figures[left.target];
        csv.text("left-out").text(tables.name(left.target)).text(tables.unit(left.target));
        csv.text(use_of(tables, left.target)).text("no");
        add_reported(csv, tables, left.target);
        add_summary(csv, belief.prior);
        add_summary(csv, left.predicted);
        csv.number(belief.prior_percentile).number(left.percentile).number(kEmptyCell).text("");
        csv.digits(fingerprint).end_row();
    }
    for (const ParameterBelief& belief : report.result.parameters) {
        const ShownParameter values = shown(tables.quantity(belief), belief);
        csv.text("parameter").text(tables.quantity(belief).path).text(values.unit).text("").text("");
        csv.number(kEmptyCell).number(kEmptyCell).number(kEmptyCell);
        add_summary(csv, values.prior);
        add_summary(csv, values.posterior);
        csv.number(kEmptyCell).number(kEmptyCell).number(belief.variance_left);
        csv.text(belief.is_informed ? "yes" : "no").digits(fingerprint).end_row();
    }
    return csv.str();
}

}  // namespace corridor
