#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

#include "corridor/base/text.h"
#include "corridor/report/run_report.h"
#include "corridor/report/table.h"
#include "corridor/study/fingerprint.h"
#include "corridor/version.h"
#include "report/audit_section.h"
#include "report/comparison_section.h"
#include "report/explain_section.h"
#include "report/months.h"
#include "report/theory_section.h"
#include "shown.h"

namespace corridor {
namespace {

std::string header(const RunReport& report) {
    const std::string title = report.title.empty() ? "(no title)" : printable(report.title);
    return fmt::format("{}\nscenario {}, seed {}, {} replication{}, corridor {}, trajectories {}\n", title, report.hash,
                       report.seed, report.replications, report.replications == 1 ? "" : "s", kVersion,
                       fingerprint_text(report.fingerprint));
}

std::string warnings_section(const RunReport& report) {
    if (report.warnings.empty()) return "";
    std::string out = "\nWarnings\n";
    for (const Diagnostic& warning : report.warnings) out += paragraph(one_line(warning));
    return out;
}

// What a planner in a hurry has to see.
std::string findings(const RunReport& report) {
    return header(report) + report::verdict_section(report) + warnings_section(report);
}

// A column of a table of measures: its title, and which measure it shows.
struct MeasureColumn {
    std::string title;
    std::string_view measure;
    bool where_counted = false;  // left out where no row has the measure
};

constexpr std::size_t kAnyParts = std::numeric_limits<std::size_t>::max();

// A table of measures with one row per entity.
struct MeasureTable {
    std::string_view title;
    std::string_view entity;  // "service."
    // How many names follow it, each after a dot: 2 for "terminal.a.quay", 0 for "total"; or kAnyParts.
    std::size_t parts = 0;
    std::vector<MeasureColumn> columns;
};

bool is_row_of(std::string_view subject, const MeasureTable& layout) {
    if (!subject.starts_with(layout.entity)) return false;
    if (layout.parts == 0) return subject == layout.entity;
    if (layout.parts == kAnyParts) return true;
    subject.remove_prefix(layout.entity.size());
    return static_cast<std::size_t>(std::ranges::count(subject, '.')) + 1 == layout.parts;
}

class MeasureTables {
  public:
    MeasureTables(const RunReport& report, Detail detail) : report_(report), detail_(detail) {}

    std::string section(MeasureTable layout) const {
        const std::vector<std::string_view> subjects = subjects_of(layout);
        if (subjects.empty()) return "";
        std::erase_if(layout.columns, [&](const MeasureColumn& column) {
            return column.where_counted && !has_any(subjects, column.measure);
        });
        const std::size_t shown = shown_rows(subjects.size(), detail_);
        const bool has_names =
            std::ranges::any_of(subjects, [&](std::string_view subject) { return !name_of(subject).empty(); });
        std::vector<Column> columns{{std::string{layout.entity.substr(0, layout.entity.find('.'))}, Align::left}};
        for (const MeasureColumn& column : layout.columns) columns.push_back({column.title});
        if (has_names) columns.push_back({"name", Align::left});
        TextTable table(std::move(columns));
        for (std::size_t i = 0; i < shown; ++i) {
            std::vector<std::string> cells = row(subjects[i], layout);
            if (has_names) cells.push_back(name_of(subjects[i]));
            table.add_row(std::move(cells));
        }
        std::string out = fmt::format("\n{}\n{}", layout.title, table.text());
        if (shown < subjects.size()) out += fmt::format("... and {} more (--all)\n", subjects.size() - shown);
        return out;
    }

  private:
    bool has_any(const std::vector<std::string_view>& subjects, std::string_view measure) const {
        return std::ranges::any_of(
            subjects, [&](std::string_view subject) { return report_.measures.find(measure, subject).has_value(); });
    }

    // In the order of the catalogue; those that have the first column.
    std::vector<std::string_view> subjects_of(const MeasureTable& layout) const {
        std::vector<std::string_view> subjects;
        for (const MeasureInfo& info : report_.measures.infos()) {
            if (info.name == layout.columns.front().measure && is_row_of(info.subject, layout)) {
                subjects.push_back(info.subject);
            }
        }
        return subjects;
    }

    std::vector<std::string> row(std::string_view subject, const MeasureTable& layout) const {
        const std::string_view id = layout.parts == 0 ? "all" : subject.substr(layout.entity.size());
        std::vector<std::string> cells{std::string{id}};
        for (const MeasureColumn& column : layout.columns) {
            const auto position = report_.measures.find(column.measure, subject);
            cells.push_back(position ? estimate_text(report_.estimates[*position]) : "-");
        }
        return cells;
    }

    // Of the entity; empty where it has none but its id.
    std::string name_of(std::string_view subject) const {
        const std::size_t kind_end = subject.find('.') + 1;
        const auto found = report_.names.find(std::string{subject.substr(0, subject.find('.', kind_end))});
        return found == report_.names.end() ? "" : found->second;
    }

    const RunReport& report_;
    Detail detail_;
};

// The tables between the verdict and the audit, in order.
const std::vector<MeasureTable> kTables{
    {.title = "Services, departures and containers loaded in the window",
     .entity = "service.",
     .parts = 1,
     .columns = {{"departures", "departures_run"},
                 {"containers", "containers_boarded"},
                 {"load factor", "load_factor"},
                 {"wait (h)", "wait_mean"},
                 {"left behind (share)", "rolled_share"},
                 {"late", "departures_late"},
                 {"cancelled", "departures_cancelled"},
                 {"fleet in use (share)", "fleet_utilisation"}}},
    {.title = "Shared fleets",
     .entity = "fleet.",
     .parts = 1,
     .columns = {{"in use (share)", "fleet_utilisation"},
                 {"empty runs", "empty_runs"},
                 {"vehicle-km empty", "empty_vehicle_km"},
                 {"empty running (share)", "empty_running_share"}}},
    {.title = "Demand, containers from release to delivery",
     .entity = "demand.",
     .parts = 1,
     .columns = {{"released", "containers_released"},
                 {"turned away", "containers_lost", true},
                 {"by road", "containers_by_road", true},
                 {"delivered", "containers_delivered"},
                 {"TEU delivered", "teu_delivered"},
                 {"door to door (h)", "door_to_door_time_mean"},
                 {"95th percentile (h)", "door_to_door_time_p95"},
                 {"in system (mean)", "containers_in_system"}}},
    {.title = "Terminals, cranes and berths",
     .entity = "terminal.",
     .parts = 2,
     .columns = {{"lifts", "lifts"},
                 {"crane use (share)", "crane_utilisation"},
                 {"crane wait (h)", "crane_wait_mean"},
                 {"berth use (share)", "berth_utilisation"},
                 {"berth wait (h)", "berth_wait_mean"},
                 {"turnaround (h)", "turnaround_mean"}}},
    {.title = "Tugs",
     .entity = "terminal.",
     .parts = 2,
     .columns = {{"use (share)", "tug_utilisation"},
                 {"wait (h)", "tug_wait_mean"},
                 {"95th percentile (h)", "tug_wait_p95"},
                 {"longest (h)", "tug_wait_max"}}},
    {.title = "Yards",
     .entity = "terminal.",
     .parts = 1,
     .columns = {{"containers (mean)", "yard_mean"},
                 {"95th percentile", "yard_p95"},
                 {"most", "yard_max"},
                 {"dwell (h)", "dwell_mean"}}},
    {.title = "Empty containers at hand",
     .entity = "terminal.",
     .parts = 2,
     .columns = {{"mean", "empties_mean"}, {"least", "empties_min"}, {"at the end", "empties_at_end"}}},
    {.title = "Containers that found no empty",
     .entity = "demand.",
     .parts = 1,
     .columns = {{"containers", "shortages"},
                 {"share", "shortage_share"},
                 {"wait of all (h)", "empty_wait_mean"},
                 {"longest (h)", "empty_wait_max"},
                 {"missing at the end", "empties_missing_at_end"}}},
    {.title = "Locks, vessels that are not modelled further included",
     .entity = "lock.",
     .parts = 1,
     .columns = {{"lockages", "lockages"},
                 {"vessels each", "vessels_per_lockage"},
                 {"chambers in use (share)", "lock_utilisation"},
                 {"wait (h)", "lock_wait_mean"},
                 {"95th percentile (h)", "lock_wait_p95"},
                 {"waiting (mean)", "lock_queue_mean"}}},
    {.title = "Links, mean waits to enter by cause",
     .entity = "link.",
     .parts = 2,
     .columns = {{"passages", "link_passages"},
                 {"wait (h)", "link_wait_mean"},
                 {"for a path (h)", "path_wait_mean"},
                 {"the other direction (h)", "section_wait_mean"},
                 {"closed (h)", "closure_wait_mean"},
                 {"depth (h)", "depth_wait_mean"}}},
    {.title = "Low water, what the depth lets vessels carry at departure",
     .entity = "service.",
     .parts = kAnyParts,
     .columns = {{"allowed (t)", "depth_payload_mean"}, {"bound (share)", "depth_bound_share"}}},
    {.title = "Disruptions",
     .entity = "disruption.",
     .parts = 1,
     .columns = {{"begun", "disruptions_begun"}, {"share of time", "disrupted_share"}}},
    {.title = "What disruptions cost, against the same history without them",
     .entity = "total",
     .parts = 0,
     .columns = {{"containers lost", "throughput_lost"},
                 {"most backlog", "backlog_most"},
                 {"time to recover (h)", "time_to_recover_mean"},
                 {"longest (h)", "time_to_recover_max"},
                 {"unfinished", "disruptions_unfinished"}}},
};

std::string measure_sections(const RunReport& report, Detail detail) {
    const MeasureTables tables(report, detail);
    std::string out;
    for (const MeasureTable& layout : kTables) out += tables.section(layout);
    return out;
}

std::string all_measures(const RunReport& report) {
    TextTable table({{"measure", Align::left}, {"subject", Align::left}, {"mean"}, {"unit", Align::left}, {"sd"}});
    for (std::size_t i = 0; i < report.measures.size(); ++i) {
        const MeasureInfo& info = report.measures.infos()[i];
        const Estimate& estimate = report.estimates[i];
        table.add_row({std::string{info.name}, info.subject, estimate_text(estimate), std::string{info.unit},
                       number_text(estimate.sd(), 3)});
    }
    return "\nEvery measure, mean and 95 % interval\n" + table.text();
}

}  // namespace

std::string run_text(const RunReport& report, Detail detail) {
    std::string out = findings(report) + report::comparison_section(report) + measure_sections(report, detail);
    out += report::months_section(report, detail);
    out += report::audit_section(report, detail);
    out += report::explain_section(report, detail);
    out += report::theory_section(report.theory, detail);
    if (detail == Detail::everything) out += all_measures(report);
    return out;
}

std::string comparison_text(const RunReport& report) {
    const std::string section = report::comparison_section(report);
    return findings(report) + (section.empty() ? "\nThe scenario has no reported figures.\n" : section);
}

}  // namespace corridor
