#include "corridor/report/optimise_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "corridor/base/text.h"
#include "corridor/base/unit.h"
#include "corridor/report/csv.h"
#include "corridor/report/table.h"
#include "corridor/study/fingerprint.h"
#include "corridor/version.h"
#include "report/json_text.h"
#include "report/shown.h"

namespace corridor {
namespace {

using report::Json;

std::string_view name_of(Feasibility verdict) {
    switch (verdict) {
        case Feasibility::open:
            return "open";
        case Feasibility::feasible:
            return "meets";
        case Feasibility::infeasible:
            return "fails";
        case Feasibility::undefined:
            return "undefined";
    }
    return "";
}

// The point whose worst mean exceeds its bound by least, of those that have means; nothing where none has.
std::optional<std::size_t> nearest_of(const OptimiseResult& result) {
    std::optional<std::size_t> nearest;
    for (std::size_t i = 0; i < result.asked.size(); ++i) {
        if (result.asked[i].verdict != Feasibility::infeasible) continue;
        if (!nearest || result.asked[i].excess < result.asked[*nearest].excess) nearest = i;
    }
    return nearest;
}

std::string number_with(double value, const std::string& unit) {
    return number_text(value, 6) + (unit.empty() ? "" : " " + unit);
}

// "link.river.speed [km/h]"
std::string with_unit(const std::string& what, const std::string& unit) {
    return unit.empty() ? what : fmt::format("{} [{}]", what, unit);
}

// Of the search, and of its confirmation where there is one.
std::uint64_t fingerprint_of(const OptimiseReport& report) {
    const std::uint64_t of_search = report.result.fingerprint;
    return report.result.chosen ? combined_fingerprint(of_search, report.confirmation.fingerprint) : of_search;
}

class OptimiseTables {
  public:
    explicit OptimiseTables(const OptimiseReport& report) : report_(report), plan_(report.plan) {}

    std::string answer() const {
        if (report_.result.chosen) return found(report_.result.asked[*report_.result.chosen]);
        std::string text = fmt::format("None of the {} points meets the target", report_.result.points);
        const auto nearest = nearest_of(report_.result);
        if (!nearest) {
            text += ": a measure of the target is undefined everywhere (nothing happens that it counts)";
            return paragraph(text);
        }
        const Candidate& candidate = report_.result.asked[*nearest];
        const MeanRequirement& binding = plan_.requirements[candidate.binding];
        return paragraph(
            fmt::format("{}. Nearest: {}; '{}' binds, its mean is {} {}. Widen the ranges, or ask for less", text,
                        values(candidate.point), binding.text, estimate_text(candidate.means[candidate.binding]),
                        report_.units[candidate.binding]));
    }

    std::string confirmation() const {
        if (!report_.result.chosen) return "";
        const Confirmation& fresh = report_.confirmation;
        TextTable table(
            {{"", Align::left}, {"unit", Align::left}, {"as it stands"}, {"result"}, {"change"}, {"met in"}});
        for (std::size_t i = 0; i < fresh.requirements.size(); ++i) {
            const Confirmed& each = fresh.requirements[i];
            table.add_row({plan_.requirements[i].text, report_.units[i], estimate_text(each.base),
                           estimate_text(each.chosen), estimate_text(each.change), share_text(each.met)});
        }
        if (plan_.minimised) {
            table.add_row({name(*plan_.minimised), report_.units.back(), estimate_text(fresh.minimised.base),
                           estimate_text(fresh.minimised.chosen), estimate_text(fresh.minimised.change), "-"});
        }
        if (fresh.requirements.size() > 1) {
            table.add_row({"all requirements", "", "-", "-", "-", share_text(fresh.all_met)});
        }
        return fmt::format("\nConfirmed on {} fresh replications (seed {}), paired with the scenario as it stands\n{}",
                           fresh.replications, report_.fresh_seed, table.text()) +
               doubts();
    }

    std::string path(Detail detail) const {
        constexpr std::size_t kMost = 12;
        std::vector<Column> columns;
        for (const Variable& variable : plan_.variables) columns.push_back({with_unit(variable.path, variable.unit)});
        columns.insert(columns.end(), {{"price"}, {"replications"}, {"target", Align::left}});
        for (std::size_t i = 0; i < plan_.requirements.size(); ++i) {
            const MeanRequirement& each = plan_.requirements[i];
            columns.push_back({with_unit(name({each.measure, each.subject}), report_.units[i])});
        }
        if (plan_.minimised) columns.push_back({with_unit(name(*plan_.minimised), report_.units.back())});
        TextTable table(std::move(columns));
        const std::size_t all = report_.result.asked.size();
        const std::size_t shown = shown_rows(all, detail, kMost);
        for (std::size_t i = all - shown; i < all; ++i) table.add_row(cells(report_.result.asked[i]));
        const std::string rest = shown == all ? "" : fmt::format(", the last {} (--all)", shown);
        return fmt::format("\nPoints asked, in order: {} of {}{}\n", all, report_.result.points, rest) + table.text() +
               near_misses() + first_refusal();
    }

  private:
    bool is_within_tolerance(const Candidate& candidate) const {
        return !candidate.means.empty() && std::abs(candidate.excess) <= plan_.tolerance;
    }

    std::string_view caveat(const Candidate& candidate) const {
        if (!candidate.is_certain) return ", too close to call";
        return is_within_tolerance(candidate) ? ", within tolerance" : "";
    }

    // Points that would be cheaper and fail by so little that either answer will do.
    std::string near_misses() const {
        const auto count = std::ranges::count_if(report_.result.asked, [&](const Candidate& each) {
            return each.verdict == Feasibility::infeasible && is_within_tolerance(each);
        });
        if (count == 0) return "";
        return paragraph(
            fmt::format("{} of the points asked fail{} by less than the tolerance of {} %; a smaller --tolerance "
                        "tells more surely",
                        count, count == 1 ? "s" : "", number_text(100 * plan_.tolerance, 3)));
    }

    // Why some points have no model.
    std::string first_refusal() const {
        const auto refused =
            std::ranges::find_if(report_.result.asked, [](const Candidate& each) { return !each.refusal.empty(); });
        if (refused == report_.result.asked.end()) return "";
        return paragraph(fmt::format("No model, for instance at {}: {}", values(refused->point), refused->refusal));
    }

    std::string found(const Candidate& candidate) const {
        std::string text =
            fmt::format("{} is the {} point that meets the target, of {} in all", values(candidate.point),
                        plan_.minimised ? "best" : "cheapest", report_.result.points);
        if (!plan_.minimised) text += fmt::format("; price {}", number_text(candidate.price, 6));
        text += fmt::format("; as it stands: {}", values(report_.base));
        if (!candidate.is_certain) {
            text += fmt::format(". It was too close to call within {} replications, and is chosen by its mean",
                                plan_.most_replications);
        }
        return paragraph(text);
    }

    // What a fresh sample says against the choice.
    std::string doubts() const {
        std::string out;
        for (std::size_t i = 0; i < report_.confirmation.requirements.size(); ++i) {
            const MeanRequirement& each = plan_.requirements[i];
            const Estimate& mean = report_.confirmation.requirements[i].chosen;
            const bool is_met = each.is_at_most ? mean.mean() <= each.bound : mean.mean() >= each.bound;
            if (is_met) continue;
            out +=
                paragraph(fmt::format("The fresh mean does not meet '{}': it lies within the tolerance of {} %, or the "
                                      "choice is one of the wrong ones in twenty",
                                      each.text, number_text(100 * plan_.tolerance, 3)));
        }
        return out +
               paragraph("Met in: share of single periods whose own value meets the bound, with its 95 % interval.");
    }

    std::string values(const Point& point) const {
        std::vector<std::string> texts;
        for (std::size_t i = 0; i < point.size(); ++i) {
            texts.push_back(
                fmt::format("{} = {}", plan_.variables[i].path, number_with(point[i], plan_.variables[i].unit)));
        }
        return fmt::format("{}", fmt::join(texts, ", "));
    }

    std::vector<std::string> cells(const Candidate& candidate) const {
        std::vector<std::string> cells;
        for (const double value : candidate.point) cells.push_back(number_text(value, 6));
        cells.push_back(number_text(candidate.price, 6));
        cells.push_back(fmt::format("{}", candidate.replications));
        cells.push_back(candidate.refusal.empty() ? fmt::format("{}{}", name_of(candidate.verdict), caveat(candidate))
                                                  : "no model");
        for (std::size_t i = 0; i < plan_.requirements.size(); ++i) {
            cells.push_back(candidate.means.empty() ? "-" : estimate_text(candidate.means[i]));
        }
        if (plan_.minimised) cells.push_back(estimate_text(candidate.minimised));
        return cells;
    }

    static std::string share_text(const Estimate& met) {
        const auto trials = static_cast<double>(met.samples());
        if (trials == 0) return "-";
        const Interval interval = wilson_interval(met.mean() * trials, trials);
        return fmt::format("{:.1f} % ({:.1f} to {:.1f})", 100 * met.mean(), 100 * interval.low, 100 * interval.high);
    }

    static std::string name(const MeasureName& name) { return fmt::format("{} {}", name.measure, name.subject); }

    const OptimiseReport& report_;
    const OptimisePlan& plan_;
};

Json values_json(const OptimisePlan& plan, const Point& point) {
    Json values = Json::object();
    for (std::size_t i = 0; i < point.size(); ++i) values[plan.variables[i].path] = report::number(point[i]);
    return values;
}

Json change_json(const Confirmed& confirmed) {
    return Json::object({{"base", report::number(confirmed.base.mean())},
                         {"result", report::number(confirmed.chosen.mean())},
                         {"change", Json::object({{"mean", report::number(confirmed.change.mean())},
                                                  {"ci95", report::interval_json(confirmed.change.interval95())}})}});
}

Json share_json(const Estimate& met) {
    const auto trials = static_cast<double>(met.samples());
    const Interval interval = wilson_interval(met.mean() * trials, trials);
    return Json::object({{"share", met.mean()}, {"ci95", Json{interval.low, interval.high}}});
}

Json confirmation_json(const OptimiseReport& report) {
    const Confirmation& fresh = report.confirmation;
    Json requirements = Json::array();
    for (std::size_t i = 0; i < fresh.requirements.size(); ++i) {
        Json row = Json::object({{"requirement", report.plan.requirements[i].text}, {"unit", report.units[i]}});
        row.update(change_json(fresh.requirements[i]));
        row["met"] = share_json(fresh.requirements[i].met);
        requirements.push_back(std::move(row));
    }
    return Json::object({{"replications", fresh.replications},
                         {"requirements", std::move(requirements)},
                         {"all_met", share_json(fresh.all_met)},
                         {"minimised", report.plan.minimised ? change_json(fresh.minimised) : Json(nullptr)}});
}

Json candidate_json(const OptimisePlan& plan, const Candidate& candidate) {
    const auto estimate_json = [](const Estimate& estimate) {
        return Json::object(
            {{"mean", report::number(estimate.mean())}, {"ci95", report::interval_json(estimate.interval95())}});
    };
    Json means = Json::array();
    for (const Estimate& mean : candidate.means) means.push_back(estimate_json(mean));
    return Json::object({{"values", values_json(plan, candidate.point)},
                         {"price", candidate.price},
                         {"replications", candidate.replications},
                         {"verdict", name_of(candidate.verdict)},
                         {"certain", candidate.is_certain},
                         {"means", std::move(means)},
                         {"minimised", plan.minimised ? estimate_json(candidate.minimised) : Json(nullptr)},
                         {"refusal", candidate.refusal}});
}

}  // namespace

std::string optimise_text(const OptimiseReport& report, Detail detail) {
    const OptimiseTables tables(report);
    std::string out =
        fmt::format("{}\nscenario {}, seed {}, {} points, corridor {}, trajectories {}\n\n",
                    report.title.empty() ? "(no title)" : printable(report.title), report.hash, report.plan.seed,
                    report.result.points, kVersion, fingerprint_text(fingerprint_of(report)));
    out += tables.answer();
    for (const Diagnostic& warning : report.warnings) out += paragraph("warning: " + one_line(warning));
    return out + tables.confirmation() + tables.path(detail);
}

std::string optimise_json(const OptimiseReport& report) {
    Json json = report::result_header(report.title, report.hash, report.command);
    json["seed"] = report.plan.seed;
    json["fresh_seed"] = report.fresh_seed;
    json["points"] = report.result.points;
    json["fingerprint"] = fingerprint_text(fingerprint_of(report));
    json["base"] = values_json(report.plan, report.base);
    json["chosen"] = nullptr;
    json["confirmation"] = nullptr;
    if (report.result.chosen) {
        const Candidate& chosen = report.result.asked[*report.result.chosen];
        json["chosen"] = Json::object({{"values", values_json(report.plan, chosen.point)},
                                       {"price", chosen.price},
                                       {"certain", chosen.is_certain}});
        json["confirmation"] = confirmation_json(report);
    }
    json["asked"] = Json::array();
    for (const Candidate& candidate : report.result.asked)
        json["asked"].push_back(candidate_json(report.plan, candidate));
    json["warnings"] = Json::array();
    for (const Diagnostic& warning : report.warnings) json["warnings"].push_back(one_line(warning));
    return report::json_text(json);
}

std::string optimise_csv(const OptimiseReport& report) {
    std::vector<std::string> titles;
    for (const Variable& variable : report.plan.variables) titles.push_back(with_unit(variable.path, variable.unit));
    titles.insert(titles.end(), {"price", "replications", "verdict", "certain", "chosen"});
    const auto add_estimate = [&titles](const std::string& title) {
        titles.insert(titles.end(), {title, title + ", low 95 %", title + ", high 95 %"});
    };
    for (std::size_t i = 0; i < report.plan.requirements.size(); ++i) {
        add_estimate(with_unit(report.plan.requirements[i].text, report.units[i]));
    }
    if (report.plan.minimised) {
        add_estimate(
            with_unit(report.plan.minimised->measure + ' ' + report.plan.minimised->subject, report.units.back()));
    }
    titles.emplace_back("fingerprint");
    CsvWriter csv({titles.begin(), titles.end()});
    const std::string fingerprint = fingerprint_text(fingerprint_of(report));
    const auto write = [&csv](const Estimate& estimate) {
        const auto interval = estimate.interval95().value_or(Interval{kEmptyCell, kEmptyCell});
        csv.number(estimate.samples() == 0 ? kEmptyCell : estimate.mean()).number(interval.low).number(interval.high);
    };
    for (std::size_t place = 0; place < report.result.asked.size(); ++place) {
        const Candidate& candidate = report.result.asked[place];
        for (const double value : candidate.point) csv.number(value);
        csv.number(candidate.price).number(static_cast<double>(candidate.replications));
        csv.text(name_of(candidate.verdict)).text(candidate.is_certain ? "yes" : "no");
        csv.text(report.result.chosen == place ? "yes" : "no");
        for (std::size_t i = 0; i < report.plan.requirements.size(); ++i) {
            write(candidate.means.empty() ? Estimate{} : candidate.means[i]);
        }
        if (report.plan.minimised) write(candidate.minimised);
        csv.digits(fingerprint).end_row();
    }
    return csv.str();
}

}  // namespace corridor
