// A calibration as tables for the screen.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>

#include "corridor/base/text.h"
#include "corridor/base/unit.h"
#include "corridor/report/calibration_report.h"
#include "corridor/report/table.h"
#include "corridor/study/fingerprint.h"
#include "corridor/version.h"
#include "report/calibration_names.h"

namespace corridor {
namespace {

using report::CalibrationNames;
using report::ShownBelief;
using scenario::FigureUse;
using scenario::Reported;

bool has_value(const PriorSummary& summary) { return !std::isnan(summary.median); }

std::string summary_text(const PriorSummary& summary) {
    if (!has_value(summary)) return "-";
    return fmt::format("{} ({} to {})", number_text(summary.median, 4), number_text(summary.interval90.low, 4),
                       number_text(summary.interval90.high, 4));
}

// The tables of one report.
class CalibrationTables {
  public:
    explicit CalibrationTables(const CalibrationReport& report)
        : names_(report), result_(report.result), figures_(report.result.figures) {
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
            table.add_row({names_.name(belief.target), reported_text(belief.target), names_.unit(belief.target),
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
            const ShownBelief values = names_.shown(belief);
            table.add_row({names_.quantity(belief).path, values.unit, summary_text(values.prior),
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
            table.add_row({names_.name(left.target), reported_text(left.target), names_.unit(left.target),
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

  private:
    std::string reported_text(std::size_t target) const {
        std::string value = format_number(names_.reported(target));
        const Interval within = names_.reported_interval90(target);
        if (within.low == within.high) return value;
        return fmt::format("{} ({} to {})", value, number_text(within.low, 4), number_text(within.high, 4));
    }

    std::string place(const FigureBelief& belief, const PriorSummary& summary) const {
        if (!has_value(summary)) return "-";
        const double value = names_.reported(belief.target);
        if (names_.figure(belief.target).use == FigureUse::limit) {
            return value >= summary.interval90.high ? "within limit" : "over limit";
        }
        if (value < summary.interval90.low) return "below";
        return value > summary.interval90.high ? "above" : "inside";
    }

    std::string standing_of(const FigureBelief& belief) const {
        if (belief.is_fitted) return "in sample, fitted";
        switch (names_.figure(belief.target).use) {
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
        std::string text =
            fmt::format("{}: {} {} reported, {} as first believed, {} calibrated. ", names_.name(belief.target),
                        format_number(names_.reported(belief.target)), names_.unit(belief.target),
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
        const Reported& whose = names_.figure(figures_[first].target);
        std::size_t end = first;
        int readings = 0;
        int before = 0;
        int after = 0;
        for (; end < figures_.size() && &names_.figure(figures_[end].target) == &whose; ++end) {
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
            pairs.push_back(fmt::format("{} and {} ({:+.2f})", names_.quantity(result_.parameters[pair.first]).path,
                                        names_.quantity(result_.parameters[pair.second]).path, pair.correlation));
        }
        return pairs.empty() ? "" : paragraph(fmt::format("They vary together: {}", fmt::join(pairs, ", ")));
    }

    const CalibrationNames names_;
    const CalibrationResult& result_;
    std::vector<FigureBelief> figures_;  // in the order of the file
};

}  // namespace

Diagnostics calibration_warnings(const CalibrationReport& report) {
    const CalibrationNames names(report);
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
                             names.name(belief.target), 100 * belief.spread),
                 "ask for more --members");
        } else if (belief.spread > kScattered) {
            warn(fmt::format(
                     "the ensemble has not settled: of {} it spreads {:.1f} times what the reporting error leaves",
                     names.name(belief.target), belief.spread),
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

}  // namespace corridor
