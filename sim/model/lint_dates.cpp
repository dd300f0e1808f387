// Dates that mean nothing in a run: closures, outages, depths and months of profiles before or after it. A calendar may
// be kept for many years and a year be mistyped; each list is pointed out once.
#include <fmt/format.h>

#include <string>
#include <utility>

#include "compilation.h"
#include "corridor/base/time.h"

namespace corridor::model {
namespace {

class DatesLint {
  public:
    explicit DatesLint(Compilation& compilation)
        : compilation_(compilation), start_(compilation.model.origin), end_(compilation.scenario.end) {}

    void run() {
        const scenario::Scenario& scenario = compilation_.scenario;
        for (const scenario::Terminal& terminal : scenario.terminals) check(terminal);
        for (const scenario::Link& link : scenario.links) {
            check_calendar(link, "link." + link.id, link.calendar);
            check_depths(link);
        }
        for (const scenario::Demand& demand : scenario.demands) check_profile(demand);
    }

  private:
    /// The dates of one list that lie outside the run.
    struct Outside {
        std::string first;
        std::size_t count = 0;
    };

    bool is_outside(Instant from, Instant to) const { return to <= start_ || from >= end_; }

    static std::string span(Instant from, Instant to) {
        return fmt::format("{} to {}", format_instant(from), format_instant(to));
    }

    static void note(Outside& outside, std::string text) {
        if (outside.count == 0) outside.first = std::move(text);
        ++outside.count;
    }

    void warn(const scenario::Entity& entity, std::string path, const Outside& outside) {
        if (outside.count == 0) return;
        const std::string rest = outside.count == 1 ? " is" : fmt::format(" and {} more are", outside.count - 1);
        compilation_.warn(entity, std::move(path),
                          fmt::format("{}{} not within the run ({})", outside.first, rest, span(start_, end_)));
    }

    void check(const scenario::Terminal& terminal) {
        const std::string who = "terminal." + terminal.id;
        check_calendar(terminal, who, terminal.calendar);
        if (terminal.gate) check_calendar(terminal, who + ".gate", terminal.gate->calendar);
        for (const Mode mode : scenario::kModes) {
            const std::string_view kind = mode == Mode::waterway ? ".quay_cranes.out" : ".rail_cranes.out";
            const auto& cranes = terminal.cranes[static_cast<std::size_t>(mode)];
            if (cranes) check_outages(terminal, fmt::format("{}{}", who, kind), cranes->out);
        }
        if (terminal.yard_cranes) check_outages(terminal, who + ".yard_cranes.out", terminal.yard_cranes->out);
    }

    void check_calendar(const scenario::Entity& entity, std::string path,
                        const std::vector<scenario::DatedWindow>& calendar) {
        Outside outside;
        for (const scenario::DatedWindow& dated : calendar) {
            const std::string_view what = dated.open ? "the opening" : "the closure";
            if (is_outside(dated.from, dated.to)) note(outside, fmt::format("{} {}", what, span(dated.from, dated.to)));
        }
        warn(entity, std::move(path), outside);
    }

    void check_outages(const scenario::Entity& entity, std::string path,
                       const std::vector<scenario::CraneOutage>& outages) {
        Outside outside;
        for (const scenario::CraneOutage& outage : outages) {
            if (is_outside(outage.from, outage.to)) note(outside, span(outage.from, outage.to));
        }
        warn(entity, std::move(path), outside);
    }

    /// A depth holds until the next one, and the first of them before it too.
    void check_depths(const scenario::Link& link) {
        Outside outside;
        for (std::size_t i = 0; i < link.depth.size() && link.depth.size() > 1; ++i) {
            const Instant from = link.depth[i].from;
            const bool is_over = i + 1 < link.depth.size() && link.depth[i + 1].from <= start_;
            if (is_over || from >= end_) note(outside, fmt::format("the depth from {}", format_instant(from)));
        }
        warn(link, fmt::format("link.{}.depth", link.id), outside);
    }

    void check_profile(const scenario::Demand& demand) {
        Outside outside;
        for (const auto& [key, weight] : demand.profile) {
            const auto month = std::chrono::year{key / 12} / std::chrono::month{static_cast<unsigned>(key % 12) + 1};
            const Instant from = std::chrono::local_days{month / 1};
            const Instant to = std::chrono::local_days{(month + std::chrono::months{1}) / 1};
            if (is_outside(from, to)) note(outside, format_month(month));
        }
        warn(demand, fmt::format("demand.{}.profile", demand.id), outside);
    }

    Compilation& compilation_;
    Instant start_;
    Instant end_;
};

}  // namespace

void lint_dates(Compilation& compilation) { DatesLint(compilation).run(); }

}  // namespace corridor::model
