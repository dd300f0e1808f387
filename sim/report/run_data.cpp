#include <fmt/format.h>
#include <fmt/ranges.h>

#include "corridor/report/csv.h"
#include "corridor/report/run_report.h"
#include "corridor/study/fingerprint.h"
#include "report/audit_section.h"
#include "report/json_text.h"
#include "report/run_object.h"
#include "report/theory_section.h"

namespace corridor {
namespace {

using report::interval_json;
using report::Json;
using report::number;

Json measure_json(const MeasureInfo& info, const Estimate& estimate) {
    return Json::object({{"name", info.name},
                         {"subject", info.subject},
                         {"unit", info.unit},
                         {"mean", number(estimate.mean())},
                         {"ci95", interval_json(estimate.interval95())},
                         {"sd", number(estimate.sd())},
                         {"samples", estimate.samples()}});
}

Json prior_json(const ComparisonRow& row) {
    if (!row.prior) return nullptr;
    return Json::object(
        {{"median", row.prior->median}, {"interval90", {row.prior->interval90.low, row.prior->interval90.high}}});
}

std::string source_names(const ComparisonRow& row) { return fmt::format("{}", fmt::join(row.sources, ", ")); }

Json comparison_json(const ComparisonRow& row) {
    return Json::object({{"id", row.figure},
                         {"name", row.figure_name},
                         {"reading", row.reading},
                         {"reading_name", row.reading_name},
                         {"unit", row.unit},
                         {"reported", row.reported},
                         {"use", label(row.use)},
                         {"simulated", Json::object({{"mean", number(row.simulated.mean())},
                                                     {"ci95", interval_json(row.simulated.interval95())}})},
                         {"prior", prior_json(row)},
                         {"naive", number(row.naive)},
                         {"ratio", number(row.ratio)},
                         {"percentile", number(row.percentile)},
                         {"capacity_bound_share", number(row.capacity_bound_share)},
                         {"source", source_names(row)},
                         {"conclusion", row.conclusion}});
}

void add_interval(CsvWriter& csv, const std::optional<Interval>& interval) {
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    csv.number(interval ? interval->low : kNone).number(interval ? interval->high : kNone);
}

}  // namespace

std::map<std::string, std::string> display_names(const scenario::Scenario& scenario) {
    std::map<std::string, std::string> names;
    const auto add = [&](std::string_view kind, const auto& entities) {
        for (const scenario::Entity& entity : entities) {
            if (entity.name != entity.id) names.emplace(fmt::format("{}.{}", kind, entity.id), entity.name);
        }
    };
    add("terminal", scenario.terminals);
    add("link", scenario.links);
    add("fleet", scenario.fleets);
    add("lock", scenario.locks);
    add("service", scenario.services);
    add("demand", scenario.demands);
    return names;
}

std::string one_line(const Diagnostic& diagnostic) {
    std::string line = diagnostic.severity == Severity::note ? "note: " : "";
    if (!diagnostic.path.empty()) line += diagnostic.path + ": ";
    line += diagnostic.message;
    if (!diagnostic.hint.empty()) line += "; " + diagnostic.hint;
    return line;
}

Json report::run_object(const RunReport& report) {
    Json json = report::result_header(report.title, report.hash, report.command);
    json["seed"] = report.seed;
    json["replications"] = report.replications;
    json["fingerprint"] = fingerprint_text(report.fingerprint);
    json["names"] = Json::object();
    for (const auto& [subject, name] : report.names) json["names"][subject] = name;
    json["measures"] = Json::array();
    json["comparison"] = Json::array();
    json["prior_draws"] = report.prior_draws;
    json["prior_refused"] = report.prior_refused;
    json["prior_fingerprint"] = fingerprint_text(report.prior_fingerprint);
    json["theory"] = report::theory_json(report.theory);
    if (Json audit = report::audit_json(report); !audit.empty()) json["audit"] = std::move(audit);
    json["warnings"] = Json::array();
    for (std::size_t i = 0; i < report.measures.size(); ++i) {
        json["measures"].push_back(measure_json(report.measures.infos()[i], report.estimates[i]));
    }
    for (const ComparisonRow& row : report.comparison) json["comparison"].push_back(comparison_json(row));
    for (const Diagnostic& warning : report.warnings) json["warnings"].push_back(one_line(warning));
    return json;
}

std::string run_json(const RunReport& report) { return report::json_text(report::run_object(report)); }

std::string measures_csv(const RunReport& report) {
    CsvWriter csv({"name", "subject", "unit", "mean", "low95", "high95", "sd", "samples", "fingerprint"});
    const std::string fingerprint = fingerprint_text(report.fingerprint);
    for (std::size_t i = 0; i < report.measures.size(); ++i) {
        const MeasureInfo& info = report.measures.infos()[i];
        const Estimate& estimate = report.estimates[i];
        csv.text(info.name).text(info.subject).text(info.unit).number(estimate.mean());
        add_interval(csv, estimate.interval95());
        csv.number(estimate.sd()).number(static_cast<double>(estimate.samples()));
        csv.digits(fingerprint).end_row();
    }
    return csv.str();
}

std::string comparison_csv(const RunReport& report) {
    CsvWriter csv({"id",
                   "name",
                   "reading",
                   "reading_name",
                   "unit",
                   "reported",
                   "use",
                   "simulated_mean",
                   "simulated_low95",
                   "simulated_high95",
                   "prior_median",
                   "prior_low90",
                   "prior_high90",
                   "naive",
                   "ratio",
                   "percentile",
                   "capacity_bound_share",
                   "source",
                   "conclusion",
                   "prior_fingerprint",
                   "fingerprint"});
    const std::string prior_fingerprint = fingerprint_text(report.prior_fingerprint);
    const std::string fingerprint = fingerprint_text(report.fingerprint);
    for (const ComparisonRow& row : report.comparison) {
        csv.text(row.figure).text(row.figure_name).text(row.reading).text(row.reading_name).text(row.unit);
        csv.number(row.reported).text(label(row.use));
        csv.number(row.simulated.mean());
        add_interval(csv, row.simulated.interval95());
        csv.number(row.prior ? row.prior->median : std::numeric_limits<double>::quiet_NaN());
        add_interval(csv, row.prior ? std::optional{row.prior->interval90} : std::nullopt);
        csv.number(row.naive).number(row.ratio).number(row.percentile).number(row.capacity_bound_share);
        csv.text(source_names(row)).text(row.conclusion);
        csv.digits(prior_fingerprint).digits(fingerprint).end_row();
    }
    return csv.str();
}

}  // namespace corridor
