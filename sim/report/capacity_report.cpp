#include "corridor/report/capacity_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "corridor/base/text.h"
#include "corridor/model/balance.h"
#include "corridor/report/csv.h"
#include "corridor/report/table.h"
#include "corridor/study/fingerprint.h"
#include "corridor/version.h"
#include "report/json_text.h"
#include "report/theory_section.h"

namespace corridor {
namespace {

using report::Json;

std::string verdict(const CapacityResult& capacity) {
    if (!capacity.carried) {
        return "Queues grow without end even at the smallest factor tried: something lets hardly anything through.";
    }
    const std::string carried = fmt::format("All demand can grow to {} times, {} TEU/day",
                                            number_text(*capacity.carried, 3), number_text(capacity.teu_per_day, 4));
    if (!capacity.refuted) return carried + ", and no limit was found.";
    return carried + fmt::format("; at {} times, queues grow without end, or more is turned away or goes by road.",
                                 number_text(*capacity.refuted, 4));
}

// The test is one-sided: what cannot be shown to grow is taken to be bounded.
std::string caveat(std::uint64_t replications) {
    return fmt::format(
        "Judged by {} replications a trial: a factor counts as carried unless its queues grow for certain, so wide "
        "intervals (few replications, a short period) make the most look greater than it is.",
        replications);
}

std::string bottleneck_lines(const CapacityResult& capacity) {
    std::string out;
    for (const ResourceUse& use : capacity.bottlenecks) {
        const bool is_stock = use.resource == label(model::Resource::empties);
        out += paragraph(fmt::format("{} {} {}: {:.1f} % {}{}", use.resource, is_stock ? "for" : "of", use.subject,
                                     100 * use.share, is_stock ? "find none at once" : "used",
                                     use.queue_grows ? ", vehicles wait ever longer" : ""));
    }
    return out.empty() ? "" : "\nHeld back by\n" + out;
}

std::string names(const std::vector<std::string>& growing) {
    constexpr std::size_t kMost = 3;
    const std::size_t shown = std::min(growing.size(), kMost);
    const std::string text =
        fmt::format("{}", fmt::join(growing.begin(), growing.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
    return shown < growing.size() ? fmt::format("{} and {} more", text, growing.size() - shown) : text;
}

std::vector<std::string> all_growing(const GrowthTrial& trial) {
    std::vector<std::string> all = trial.growing;
    all.insert(all.end(), trial.growing_waits.begin(), trial.growing_waits.end());
    return all;
}

std::string verdict_on(const GrowthTrial& trial) {
    if (trial.is_bounded()) return "bounded";
    const std::vector<std::string> growing = all_growing(trial);
    if (!growing.empty()) return "growing: " + names(growing);
    return fmt::format("bounded, but {:.1f} % turned away or by road", 100 * trial.unserved_share);
}

std::string trials_table(const CapacityResult& capacity) {
    TextTable table({{"demand times"},
                     {"released (containers/day)"},
                     {"backlog grows by (containers/day)"},
                     {"waits are", Align::left}});
    for (const GrowthTrial& trial : capacity.trials) {
        table.add_row({number_text(trial.factor, 4), number_text(trial.released_per_day, 4),
                       estimate_text(trial.growth_per_day), verdict_on(trial)});
    }
    return "\nTrials, in their order\n" + table.text();
}

Json optional_number(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

Json trial_json(const GrowthTrial& trial) {
    return Json::object({{"factor", trial.factor},
                         {"released_per_day", trial.released_per_day},
                         {"growth_per_day", report::number(trial.growth_per_day.mean())},
                         {"ci95", report::interval_json(trial.growth_per_day.interval95())},
                         {"growing", trial.growing},
                         {"growing_waits", trial.growing_waits},
                         {"unserved_share", trial.unserved_share}});
}

}  // namespace

std::string capacity_text(const CapacityReport& report) {
    constexpr std::size_t kMostCuts = 12;
    std::string out =
        fmt::format("{}\nscenario {}, seed {}, {} replications a trial, corridor {}, trajectories {}\n\n",
                    report.title.empty() ? "(no title)" : printable(report.title), report.hash, report.seed,
                    report.replications, kVersion, fingerprint_text(report.capacity.fingerprint));
    out += paragraph(verdict(report.capacity)) + paragraph(caveat(report.replications));
    out += bottleneck_lines(report.capacity) + trials_table(report.capacity);
    return out + report::cuts_table(report.cuts, report.cuts_omitted, kMostCuts);
}

std::string capacity_json(const CapacityReport& report) {
    Json json = report::result_header(report.title, report.hash, report.command);
    json["seed"] = report.seed;
    json["replications"] = report.replications;
    json["fingerprint"] = fingerprint_text(report.capacity.fingerprint);
    json["growth"] = Json::object({{"carried", optional_number(report.capacity.carried)},
                                   {"refuted", optional_number(report.capacity.refuted)},
                                   {"teu_per_day", report.capacity.teu_per_day}});
    json["bottlenecks"] = Json::array();
    for (const ResourceUse& use : report.capacity.bottlenecks) {
        json["bottlenecks"].push_back(Json::object({{"resource", use.resource},
                                                    {"subject", use.subject},
                                                    {"use", use.share},
                                                    {"queue_grows", use.queue_grows}}));
    }
    json["trials"] = Json::array();
    for (const GrowthTrial& trial : report.capacity.trials) json["trials"].push_back(trial_json(trial));
    json["min_cuts"] = report::cuts_json(report.cuts);
    json["min_cuts_omitted"] = report.cuts_omitted;
    return report::json_text(json);
}

std::string capacity_csv(const CapacityReport& report) {
    CsvWriter csv({"factor", "released_per_day", "growth_per_day", "low95", "high95", "bounded", "fingerprint"});
    const std::string fingerprint = fingerprint_text(report.capacity.fingerprint);
    for (const GrowthTrial& trial : report.capacity.trials) {
        const auto interval = trial.growth_per_day.interval95().value_or(Interval{});
        csv.number(trial.factor).number(trial.released_per_day).number(trial.growth_per_day.mean());
        csv.number(interval.low).number(interval.high).number(trial.is_bounded() ? 1 : 0);
        csv.digits(fingerprint).end_row();
    }
    return csv.str();
}

}  // namespace corridor
