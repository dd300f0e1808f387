#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "corridor/base/text.h"
#include "corridor/base/unit.h"
#include "corridor/report/run_report.h"
#include "corridor/report/table.h"
#include "corridor/version.h"

namespace corridor {
namespace {

constexpr std::size_t kMostRows = 30;

std::string header(const RunReport& report) {
    const std::string title = report.title.empty() ? "(no title)" : printable(report.title);
    return fmt::format("{}\nscenario {}, seed {}, {} replication{}, corridor {}\n", title, report.hash, report.seed,
                       report.replications, report.replications == 1 ? "" : "s", kVersion);
}

std::string percent(double share) { return std::isnan(share) ? "-" : fmt::format("{:.1f} %", 100 * share); }

std::string prior_text(const ComparisonRow& row) {
    if (!row.prior) return "-";
    return fmt::format("{} ({} to {})", number_text(row.prior->median, 4), number_text(row.prior->interval90.low, 4),
                       number_text(row.prior->interval90.high, 4));
}

std::string label_of(const ComparisonRow& row) { return fmt::format("{}/{}", row.figure, row.reading); }

std::string place_name(Verdict verdict) {
    switch (verdict) {
        case Verdict::undefined:
            return "-";
        case Verdict::below:
            return "below";
        case Verdict::inside:
            return "inside";
        case Verdict::inside_but_wide:
            return "inside, wide";
        case Verdict::above:
            return "above";
        case Verdict::within_limit:
            return "within limit";
        case Verdict::over_limit:
            return "over limit";
    }
    return "";
}

std::string comparison_table(const RunReport& report) {
    TextTable table({{"figure/reading", Align::left},
                     {"reported"},
                     {"unit", Align::left},
                     {"use", Align::left},
                     {"prior median (90 %)"},
                     {"simulated"},
                     {"naive"},
                     {"ratio"},
                     {"percentile"},
                     {"capacity bound"},
                     {"report lies", Align::left}});
    for (const ComparisonRow& row : report.comparison) {
        table.add_row({label_of(row), format_number(row.reported), row.unit, std::string(label(row.use)),
                       prior_text(row), estimate_text(row.simulated), number_text(row.naive, 4),
                       number_text(row.ratio, 3), number_text(row.percentile, 3), percent(row.capacity_bound_share),
                       place_name(verdict(row))});
    }
    return table.text();
}

using Rows = std::span<const ComparisonRow>;

// "the report lies below ...: as boxes, teu": one verdict and the readings it is of; empty where there are none.
std::string verdict_on(Rows rows, Verdict wanted) {
    std::vector<std::string_view> readings;
    for (const ComparisonRow& row : rows) {
        if (verdict(row) == wanted) readings.push_back(row.reading);
    }
    if (readings.empty()) return "";
    return fmt::format(" Read as {}: {}.", fmt::join(readings, ", "), meaning(wanted));
}

// One paragraph for all readings of a figure.
std::string conclusion_of(Rows rows) {
    const ComparisonRow& first = rows.front();
    std::string out = first.figure;
    if (!first.sources.empty()) out += fmt::format(" [{}]", fmt::join(first.sources, ", "));
    out += fmt::format(", {}.", standing(first.use));
    for (const Verdict each : {Verdict::inside, Verdict::inside_but_wide, Verdict::below, Verdict::above,
                               Verdict::within_limit, Verdict::over_limit, Verdict::undefined}) {
        out += verdict_on(rows, each);
    }
    double most = std::numeric_limits<double>::quiet_NaN();
    for (const ComparisonRow& row : rows) most = std::fmax(most, row.capacity_bound_share);
    return paragraph(fmt::format("{} Capacity bound for {} of the containers at most, so this tests {}.", out,
                                 percent(std::isnan(most) ? 0 : most), what_is_tested(most)));
}

// Rows of one figure stand together.
std::string conclusions(Rows rows) {
    std::string out;
    while (!rows.empty()) {
        const auto end =
            std::ranges::find_if(rows, [&](const ComparisonRow& row) { return row.figure != rows.front().figure; });
        const auto count = static_cast<std::size_t>(end - rows.begin());
        out += conclusion_of(rows.first(count));
        rows = rows.subspan(count);
    }
    return out;
}

std::string comparison_section(const RunReport& report) {
    if (report.comparison.empty()) return "";
    std::string prior = fmt::format("Prior: {} draws over the ranges", report.prior_draws);
    if (report.prior_refused > 0) prior += fmt::format(", {} of which make no model", report.prior_refused);
    std::string out = "\nReported and simulated\n" + comparison_table(report);
    out += paragraph(prior +
                     ". Simulated: at the stated values, mean and 95 % interval. Naive: the same inputs "
                     "multiplied out. Percentile: of the report among the draws. Capacity bound: share of "
                     "containers left behind by a full vehicle.");
    return out + '\n' + conclusions(report.comparison);
}

std::string warnings_section(const RunReport& report) {
    if (report.warnings.empty()) return "";
    std::string out = "\nWarnings\n";
    for (const Diagnostic& warning : report.warnings) out += paragraph(one_line(warning));
    return out;
}

// A column of a table of measures: its title, and which measure it shows.
struct MeasureColumn {
    std::string title;
    std::string_view measure;
};

// A table of measures with one row per entity.
struct MeasureTable {
    std::string_view title;
    std::string_view entity;  // "service."
    std::size_t parts = 0;    // how many names follow it, each after a dot: 2 for "terminal.a.quay"
    std::vector<MeasureColumn> columns;
};

bool is_row_of(std::string_view subject, const MeasureTable& layout) {
    if (!subject.starts_with(layout.entity)) return false;
    subject.remove_prefix(layout.entity.size());
    return static_cast<std::size_t>(std::ranges::count(subject, '.')) + 1 == layout.parts;
}

class MeasureTables {
  public:
    MeasureTables(const RunReport& report, Detail detail)
        : report_(report), detail_(detail), catalog_(report.measures) {}

    std::string section(const MeasureTable& layout) const {
        const std::vector<std::string_view> subjects = subjects_of(layout);
        if (subjects.empty()) return "";
        const std::size_t shown =
            detail_ == Detail::everything ? subjects.size() : std::min(subjects.size(), kMostRows);
        std::vector<Column> columns{{std::string{layout.entity.substr(0, layout.entity.size() - 1)}, Align::left}};
        for (const MeasureColumn& column : layout.columns) columns.push_back({column.title});
        TextTable table(std::move(columns));
        for (std::size_t i = 0; i < shown; ++i) table.add_row(row(subjects[i], layout));
        std::string out = fmt::format("\n{}\n{}", layout.title, table.text());
        if (shown < subjects.size()) out += fmt::format("... and {} more (--all)\n", subjects.size() - shown);
        return out;
    }

  private:
    // In the order of the catalogue; those that have the first column.
    std::vector<std::string_view> subjects_of(const MeasureTable& layout) const {
        std::vector<std::string_view> subjects;
        for (const MeasureInfo& info : report_.measures) {
            if (info.name == layout.columns.front().measure && is_row_of(info.subject, layout)) {
                subjects.push_back(info.subject);
            }
        }
        return subjects;
    }

    std::vector<std::string> row(std::string_view subject, const MeasureTable& layout) const {
        std::vector<std::string> cells{std::string{subject.substr(layout.entity.size())}};
        for (const MeasureColumn& column : layout.columns) {
            const auto position = catalog_.find(column.measure, subject);
            cells.push_back(position ? estimate_text(report_.estimates[*position]) : "-");
        }
        return cells;
    }

    const RunReport& report_;
    Detail detail_;
    MeasureCatalog catalog_;
};

std::string measure_sections(const RunReport& report, Detail detail) {
    const MeasureTables tables(report, detail);
    std::string out = tables.section({.title = "Services, departures and containers loaded in the window",
                                      .entity = "service.",
                                      .parts = 1,
                                      .columns = {{"departures", "departures_run"},
                                                  {"containers", "containers_boarded"},
                                                  {"load factor", "load_factor"},
                                                  {"wait (h)", "wait_mean"},
                                                  {"left behind (share)", "rolled_share"},
                                                  {"late", "departures_late"},
                                                  {"cancelled", "departures_cancelled"},
                                                  {"fleet in use (share)", "fleet_utilisation"}}});
    out += tables.section({.title = "Demand, containers from release to delivery",
                           .entity = "demand.",
                           .parts = 1,
                           .columns = {{"released", "containers_released"},
                                       {"delivered", "containers_delivered"},
                                       {"TEU delivered", "teu_delivered"},
                                       {"door to door (h)", "door_to_door_time_mean"},
                                       {"95th percentile (h)", "door_to_door_time_p95"},
                                       {"under way", "containers_in_system"}}});
    out += tables.section({.title = "Terminals, cranes and berths",
                           .entity = "terminal.",
                           .parts = 2,
                           .columns = {{"lifts", "lifts"},
                                       {"crane use (share)", "crane_utilisation"},
                                       {"crane wait (h)", "crane_wait_mean"},
                                       {"berth use (share)", "berth_utilisation"},
                                       {"berth wait (h)", "berth_wait_mean"},
                                       {"turnaround (h)", "turnaround_mean"}}});
    out += tables.section({.title = "Yards",
                           .entity = "terminal.",
                           .parts = 1,
                           .columns = {{"containers (mean)", "yard_mean"},
                                       {"95th percentile", "yard_p95"},
                                       {"most", "yard_max"},
                                       {"dwell (h)", "dwell_mean"}}});
    return out;
}

std::string all_measures(const RunReport& report) {
    TextTable table({{"measure", Align::left}, {"subject", Align::left}, {"mean"}, {"unit", Align::left}, {"sd"}});
    for (std::size_t i = 0; i < report.measures.size(); ++i) {
        const MeasureInfo& info = report.measures[i];
        const Estimate& estimate = report.estimates[i];
        table.add_row({info.name, info.subject, estimate_text(estimate), info.unit, number_text(estimate.sd(), 3)});
    }
    return "\nEvery measure, mean and 95 % interval\n" + table.text();
}

}  // namespace

std::string run_text(const RunReport& report, Detail detail) {
    std::string out = header(report) + comparison_section(report) + measure_sections(report, detail);
    if (detail == Detail::everything) out += all_measures(report);
    return out + warnings_section(report);
}

std::string comparison_text(const RunReport& report) {
    const std::string section = comparison_section(report);
    return header(report) + (section.empty() ? "\nThe scenario has no reported figures.\n" : section) +
           warnings_section(report);
}

}  // namespace corridor
