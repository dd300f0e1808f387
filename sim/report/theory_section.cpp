#include "report/theory_section.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "corridor/report/csv.h"
#include "corridor/report/table.h"
#include "corridor/study/fingerprint.h"
#include "shown.h"

namespace corridor::report {

Json load_json(const model::Load& load) {
    return Json::object({{"resource", label(load.resource)},
                         {"subject", load.subject},
                         {"where", load.where},
                         {"offered", load.offered},
                         {"capacity", load.capacity},
                         {"unit", load.unit},
                         {"share", load.share()}});
}

namespace {

constexpr std::size_t kMostTheory = 12;

// JSON has no infinity; a load of 1 or more beside the null says why.
Json finite(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

std::string limited(double value) { return std::isinf(value) ? "no limit" : number_text(value, 4); }

std::string cut_short(std::size_t shown, std::size_t all) {
    return shown < all ? fmt::format("... and {} more (--all)\n", all - shown) : "";
}

std::string waits_table(const TwinReport& theory, Detail detail) {
    std::vector<const TheoryComparison*> waits;
    for (const TheoryComparison& one : theory.rows) {
        if (one.row.unit == "h") waits.push_back(&one);
    }
    if (waits.empty()) return "";
    std::ranges::stable_sort(waits, std::ranges::greater{}, [](const auto* one) { return one->row.load; });
    const std::size_t shown = shown_rows(waits.size(), detail, kMostTheory);
    TextTable table({{"wait", Align::left},
                     {"of", Align::left},
                     {"load"},
                     {"simulated (h)"},
                     {"theory (h)"},
                     {"verdict", Align::left},
                     {"by", Align::left}});
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& [row, simulated, agreement] = *waits[i];
        const bool is_stable = std::isfinite(row.value);
        table.add_row({row.measure, row.subject, fmt::format("{:.1f} %", 100 * row.load), estimate_text(simulated),
                       is_stable ? number_text(row.value, 4) : "grows", std::string{label(agreement)},
                       fmt::format("{}, {}", row.method, label(row.standing))});
    }
    return "\nTheory beside simulation, waits in the steady state\n" + table.text() + cut_short(shown, waits.size());
}

std::string loads_table(const TwinReport& theory, Detail detail) {
    std::vector<const LoadComparison*> loads;
    for (const LoadComparison& one : theory.loads) {
        if (one.load.offered > 0.0 || detail == Detail::everything) loads.push_back(&one);
    }
    if (loads.empty()) return "";
    std::ranges::stable_sort(loads, std::ranges::greater{}, [](const auto* one) { return one->load.share(); });
    const std::size_t shown = shown_rows(loads.size(), detail, kMostTheory);
    TextTable table(
        {{"resource", Align::left}, {"of", Align::left}, {"where", Align::left}, {"asked for"}, {"used (simulated)"}});
    const auto percent = [](double share) { return fmt::format("{:.1f} %", 100 * share); };
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& [load, simulated] = *loads[i];
        table.add_row({std::string{label(load.resource)}, load.subject, load.where, percent(load.share()),
                       simulated.samples() > 0 ? percent(simulated.mean()) : ""});
    }
    return "\nWhat is asked of each resource and what was used\n" + table.text() + cut_short(shown, loads.size());
}

Json load_row_json(const LoadComparison& one) {
    Json json = load_json(one.load);
    json["measure"] = one.load.measure.empty() ? Json(nullptr) : Json(one.load.measure);
    json["simulated"] = number(one.simulated.mean());
    return json;
}

Json row_json(const TheoryComparison& one) {
    return Json::object({{"measure", one.row.measure},
                         {"subject", one.row.subject},
                         {"unit", one.row.unit},
                         {"load", one.row.load},
                         {"theory", finite(one.row.value)},
                         {"method", one.row.method},
                         {"standing", label(one.row.standing)},
                         {"simulated", number(one.simulated.mean())},
                         {"ci95", report::interval_json(one.simulated.interval95())},
                         {"agreement", label(one.agreement)}});
}

Json cut_json(const CutRow& cut) {
    Json json = Json::object({{"from", cut.from},
                              {"to", cut.to},
                              {"unit", "TEU/day"},
                              {"demand", cut.offered_teu_per_day},
                              {"most", finite(cut.most_teu_per_day)}});
    json["cut"] = Json::array();
    for (const model::Bottleneck& part : cut.bottlenecks) {
        json["cut"].push_back(Json::object({{"subject", part.subject}, {"where", part.where}}));
    }
    return json;
}

}  // namespace

std::string bottleneck_names(const std::vector<model::Bottleneck>& bottlenecks) {
    std::string names;
    for (const model::Bottleneck& part : bottlenecks) {
        names += fmt::format("{}{} ({})", names.empty() ? "" : ", ", part.subject, part.where);
    }
    return names;
}

std::string cuts_table(const std::vector<CutRow>& cuts, std::size_t omitted, std::size_t most_rows) {
    if (cuts.empty()) return "";
    const std::size_t shown = std::min(cuts.size(), most_rows);
    TextTable table({{"from", Align::left},
                     {"to", Align::left},
                     {"demand (TEU/day)"},
                     {"most (TEU/day)"},
                     {"held back by", Align::left}});
    for (std::size_t i = 0; i < shown; ++i) {
        const CutRow& cut = cuts[i];
        table.add_row({cut.from, cut.to, number_text(cut.offered_teu_per_day, 4), limited(cut.most_teu_per_day),
                       bottleneck_names(cut.bottlenecks)});
    }
    return "\nThe most that can flow, if everything else stood aside\n" + table.text() +
           cut_short(shown, cuts.size() + omitted);
}

std::string theory_section(const TwinReport& theory, Detail detail) {
    const std::size_t most = shown_rows(theory.cuts.size(), detail, kMostTheory);
    return loads_table(theory, detail) + waits_table(theory, detail) +
           cuts_table(theory.cuts, theory.cuts_omitted, most);
}

Json cuts_json(const std::vector<CutRow>& cuts) {
    Json json = Json::array();
    for (const CutRow& cut : cuts) json.push_back(cut_json(cut));
    return json;
}

Json theory_json(const TwinReport& theory) {
    Json json = Json::object({{"loads", Json::array()}, {"rows", Json::array()}, {"min_cuts", cuts_json(theory.cuts)}});
    for (const LoadComparison& one : theory.loads) json["loads"].push_back(load_row_json(one));
    for (const TheoryComparison& one : theory.rows) json["rows"].push_back(row_json(one));
    json["min_cuts_omitted"] = theory.cuts_omitted;
    return json;
}

}  // namespace corridor::report

namespace corridor {

std::string theory_csv(const RunReport& report) {
    CsvWriter csv({"measure", "subject", "unit", "load", "theory", "method", "standing", "simulated", "low95", "high95",
                   "agreement", "fingerprint"});
    const std::string fingerprint = fingerprint_text(report.fingerprint);
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    for (const auto& [row, simulated, agreement] : report.theory.rows) {
        const auto interval = simulated.interval95();
        csv.text(row.measure).text(row.subject).text(row.unit).number(row.load);
        csv.number(std::isfinite(row.value) ? row.value : kNone).text(row.method).text(label(row.standing));
        csv.number(simulated.mean()).number(interval ? interval->low : kNone);
        csv.number(interval ? interval->high : kNone).text(label(agreement));
        csv.digits(fingerprint).end_row();
    }
    return csv.str();
}

}  // namespace corridor
