#include "report/audit_section.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <optional>
#include <set>
#include <utility>

#include "corridor/report/csv.h"
#include "corridor/report/table.h"
#include "corridor/study/fingerprint.h"
#include "shown.h"

namespace corridor {
namespace {

struct AuditColumn {
    std::string_view measure;
    std::string_view title;
    std::string_view unit = {};
};

// What was carried and run, then money, then emissions.
constexpr std::array<AuditColumn, 27> kColumns{{{"containers_carried", "containers"},
                                                {"teu_carried", "TEU"},
                                                {"tonnes_carried", "t"},
                                                {"taken_directly", "directly"},
                                                {"taken_directly_teu", "TEU directly"},
                                                {"ride_length", "km"},
                                                {"tonne_km", "t-km"},
                                                {"vehicle_trips", "departures"},
                                                {"vehicle_km", "vehicle-km"},
                                                {"vehicle_km_empty", "of that empty"},
                                                {"empty_run_km", "empty-run km"},
                                                {"charter_hours", "charter h"},
                                                {"energy_used", "energy"},
                                                {"rides_lifted", "lifts"},
                                                {"rides_lifted_teu", "TEU lifted"},
                                                {"visits", "visits"},
                                                {"visits_teu", "TEU visiting"},
                                                {"visits_tonnes", "t visiting"},
                                                {"storage_teu_days", "stored TEU-d"},
                                                {"running_cost", "running cost"},
                                                {"cost_of_rides", "paid for rides"},
                                                {"tariff_income", "income"},
                                                {"cost_of_lifts", "paid for lifts"},
                                                {"cost_of_storage", "for storage"},
                                                {"cost_of_road", "for the road"},
                                                {"emissions_wtt", "WTT (t CO2e)"},
                                                {"emissions_ttw", "TTW (t CO2e)"}}};

// "demand.ID.road", "demand.ID.collected"; ids have no dots.
bool is_part_of_demand(std::string_view subject) {
    return subject.starts_with("demand.") && std::ranges::count(subject, '.') == 2 &&
           (subject.ends_with(".road") || subject.ends_with(".collected"));
}

// Demands and the whole are sums of rows, not rows.
bool is_row(std::string_view subject) {
    return subject.find(".ride.") != std::string_view::npos || is_part_of_demand(subject) ||
           subject.starts_with("service.") || subject.starts_with("terminal.");
}

bool is_column(std::string_view measure) {
    return std::ranges::find(kColumns, measure, &AuditColumn::measure) != kColumns.end();
}

// The rows and columns of a report that hold anything.
class AuditTable {
  public:
    explicit AuditTable(const RunReport& report) : report_(report) {
        if (!report.measures.find("tonne_km", "total")) return;
        std::set<std::string_view> known;
        for (const MeasureInfo& info : report.measures.infos()) {
            if (!is_column(info.name) || !is_row(info.subject)) continue;
            if (known.insert(info.subject).second) subjects_.push_back(info.subject);
        }
        for (AuditColumn column : kColumns) {
            const auto has = [&](const MeasureInfo& info) {
                return info.name == column.measure && is_row(info.subject);
            };
            const auto found = std::ranges::find_if(report.measures.infos(), has);
            if (found == report.measures.infos().end()) continue;
            column.unit = found->unit;
            columns_.push_back(column);
        }
    }

    const std::vector<AuditColumn>& columns() const { return columns_; }
    const std::vector<std::string>& subjects() const { return subjects_; }

    std::optional<double> value(const std::string& subject, std::string_view column) const {
        const auto position = report_.measures.find(column, subject);
        return position ? std::optional(report_.estimates[*position].mean()) : std::nullopt;
    }

    // " (CNY)", where there is money.
    std::string currency() const {
        const auto& infos = report_.measures.infos();
        const auto found = std::ranges::find(infos, "cost", &MeasureInfo::name);
        return found == infos.end() ? "" : fmt::format(" ({})", found->unit);
    }

  private:
    const RunReport& report_;
    std::vector<AuditColumn> columns_;
    std::vector<std::string> subjects_;
};

// The rows of one kind, with the columns that they have.
template <class Belongs>
std::string group(const AuditTable& audit, const std::string& title, Detail detail, Belongs belongs) {
    std::vector<std::string> subjects;
    std::ranges::copy_if(audit.subjects(), std::back_inserter(subjects), belongs);
    if (subjects.empty()) return "";
    std::vector<AuditColumn> columns;
    std::vector<Column> titles{{"", Align::left}};
    for (const AuditColumn& column : audit.columns()) {
        const auto has = [&](const std::string& subject) { return audit.value(subject, column.measure).has_value(); };
        if (std::ranges::none_of(subjects, has)) continue;
        columns.push_back(column);
        titles.push_back({std::string(column.title)});
    }
    const std::size_t shown = shown_rows(subjects.size(), detail);
    TextTable table(std::move(titles));
    for (std::size_t i = 0; i < shown; ++i) {
        std::vector<std::string> cells{subjects[i]};
        for (const AuditColumn& column : columns) {
            const auto value = audit.value(subjects[i], column.measure);
            cells.push_back(value ? number_text(*value) : "");
        }
        table.add_row(std::move(cells));
    }
    const std::string rest =
        shown < subjects.size() ? fmt::format("... and {} more (--all)\n", subjects.size() - shown) : "";
    return fmt::format("\n{}\n{}{}", title, table.text(), rest);
}

}  // namespace

namespace report {

std::string audit_section(const RunReport& report, Detail detail) {
    const AuditTable audit(report);
    const auto rides = [](std::string_view subject) {
        return subject.starts_with("demand.") || subject.starts_with("empties.");
    };
    const auto services = [](std::string_view subject) { return subject.starts_with("service."); };
    const auto terminals = [](std::string_view subject) { return subject.starts_with("terminal."); };
    const std::string currency = audit.currency();
    return group(audit, "Rides, what they cost and emit" + currency, detail, rides) +
           group(audit, "Services, what they cost and emit" + currency, detail, services) +
           group(audit, "Terminals, what they cost and emit" + currency, detail, terminals);
}

Json audit_json(const RunReport& report) {
    const AuditTable audit(report);
    Json rows = Json::array();
    for (const std::string& subject : audit.subjects()) {
        Json row = Json::object({{"subject", subject}});
        for (const AuditColumn& column : audit.columns()) {
            if (const auto value = audit.value(subject, column.measure))
                row[std::string(column.measure)] = number(*value);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace report

std::string audit_csv(const RunReport& report) {
    const AuditTable audit(report);
    std::vector<std::string> titles{"subject"};
    for (const AuditColumn& column : audit.columns())
        titles.push_back(fmt::format("{} ({})", column.measure, column.unit));
    titles.emplace_back("fingerprint");
    const std::string fingerprint = fingerprint_text(report.fingerprint);
    CsvWriter csv(std::vector<std::string_view>(titles.begin(), titles.end()));
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    for (const std::string& subject : audit.subjects()) {
        csv.text(subject);
        for (const AuditColumn& column : audit.columns())
            csv.number(audit.value(subject, column.measure).value_or(kNone));
        csv.digits(fingerprint).end_row();
    }
    return csv.str();
}

}  // namespace corridor
