#include "report/explain_section.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "corridor/engine/time_use.h"
#include "corridor/report/table.h"
#include "shown.h"

namespace corridor::report {
namespace {

constexpr std::size_t kMostPlaces = 12;

struct CauseRow {
    std::string_view cause;
    std::string_view place;  ///< empty for the sum over all places
    const Estimate* estimate = nullptr;
};

class TimeTable {
  public:
    explicit TimeTable(const RunReport& report)
        : report_(report),
          waiting_(mean_of("waiting_time", "total")),
          all_(waiting_ + mean_of("journey_time", "total")),
          released_(mean_of("containers_released", "total")) {}

    bool is_asked_for() const { return report_.measures.find("waiting_time", "total").has_value(); }

    std::string by_cause() const {
        TextTable table({{"cause", Align::left},
                         {"container-hours"},
                         {"of the waiting"},
                         {"hours a container"},
                         {"meaning", Align::left}});
        std::string_view last;
        for (const TimeUseInfo& use : time_uses()) {
            if (use.label == last) continue;  // one cause at several kinds of places
            last = use.label;
            const auto position = report_.measures.find(measure_of(use), use.label);
            if (position && report_.estimates[*position].mean() > 0) add(table, use, report_.estimates[*position]);
        }
        const Estimate& total = report_.estimates[*report_.measures.find("waiting_time", "total")];
        table.add_row({"all waiting", estimate_text(total), "100 %", number_text(waiting_ / released_, 3), ""});
        return table.text();
    }

    std::string by_place(Detail detail) const {
        std::vector<CauseRow> rows = places();
        std::ranges::stable_sort(rows, std::greater{}, [](const CauseRow& row) { return row.estimate->mean(); });
        const std::size_t shown = shown_rows(rows.size(), detail, kMostPlaces);
        TextTable table({{"cause", Align::left}, {"where", Align::left}, {"container-hours"}, {"of the waiting"}});
        for (std::size_t i = 0; i < shown; ++i) {
            table.add_row({std::string{rows[i].cause}, std::string{rows[i].place}, estimate_text(*rows[i].estimate),
                           share_text(rows[i].estimate->mean())});
        }
        std::string out = table.text();
        if (shown < rows.size()) out += fmt::format("... and {} more (--all)\n", rows.size() - shown);
        return out;
    }

    std::string summary() const {
        return paragraph(
            fmt::format("Containers were {} container-hours under way from release to delivery inside "
                        "the period; they waited for {} of it.",
                        number_text(all_), share_text_of(waiting_, all_)));
    }

  private:
    static std::string_view measure_of(const TimeUseInfo& use) {
        return use.is_waiting ? "waiting_time" : "journey_time";
    }

    double mean_of(std::string_view name, std::string_view subject) const {
        const auto position = report_.measures.find(name, subject);
        return position ? report_.estimates[*position].mean() : 0.0;
    }

    static std::string share_text_of(double part, double whole) {
        return whole > 0 ? number_text(100 * part / whole, 3) + " %" : "-";
    }
    std::string share_text(double hours) const { return share_text_of(hours, waiting_); }

    void add(TextTable& table, const TimeUseInfo& use, const Estimate& estimate) const {
        table.add_row({std::string{use.label}, estimate_text(estimate),
                       use.is_waiting ? share_text(estimate.mean()) : "(not waiting)",
                       number_text(estimate.mean() / released_, 3), std::string{use.meaning}});
    }

    // Waits that are not the sum of a cause: "vehicle-full.service.feeder.forward".
    std::vector<CauseRow> places() const {
        std::vector<CauseRow> rows;
        for (std::size_t i = 0; i < report_.measures.size(); ++i) {
            const MeasureInfo& info = report_.measures.infos()[i];
            const std::size_t dot = info.subject.find('.');
            if (info.name != "waiting_time" || dot == std::string::npos || !(report_.estimates[i].mean() > 0)) continue;
            const std::string_view subject = info.subject;
            rows.push_back({subject.substr(0, dot), subject.substr(dot + 1), &report_.estimates[i]});
        }
        return rows;
    }

    const RunReport& report_;
    double waiting_;
    double all_;
    double released_;
};

}  // namespace

std::string explain_section(const RunReport& report, Detail detail) {
    const TimeTable table(report);
    if (!table.is_asked_for()) return "";
    return "\nWhy containers waited, by cause\n" + table.by_cause() + table.summary() +
           "\nWhere they waited longest, all containers together\n" + table.by_place(detail);
}

}  // namespace corridor::report
