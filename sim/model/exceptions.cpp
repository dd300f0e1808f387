#include "exceptions.h"

#include <fmt/format.h>

#include <algorithm>

#include "calendar.h"
#include "compilation.h"

namespace corridor::model {
namespace {

std::vector<Tick> rule_until(const Timetable& timetable, double first_ms, Tick until) {
    if (timetable.headway_ms <= 0.0) return timetable.listed;
    std::vector<Tick> departures;
    for (double k = 0.0;; k += 1.0) {
        const Tick departure = to_tick(first_ms + k * timetable.headway_ms);
        if (departure >= until) return departures;
        departures.push_back(departure);
    }
}

bool lies_in(const std::vector<Window>& windows, Tick time) {
    const auto next = first_after(windows, time);
    return next != windows.end() && next->from <= time;
}

/// Turns dates into ticks, and says which exceptions change nothing in the run.
class ExceptionCompiler {
  public:
    ExceptionCompiler(Compilation& compilation, const scenario::Service& service, Direction direction,
                      const Timetable& timetable)
        : compilation_(compilation), service_(service), window_(compilation.model.window), timetable_(timetable) {
        const bool has_own = direction == Direction::backward && service.return_departures;
        key_ = has_own ? "return_departures" : "departures";
        says_ = direction == Direction::forward || has_own;  // what holds for both directions is said once
        if (!timetable.random_phase) rule_ = rule_until(timetable, timetable.first_ms, window_.to);
    }

    Exceptions run(const scenario::Departures& departures) {
        Exceptions exceptions{.cancelled = {}, .extra = {}, .until = compilation_.calendar_end};
        for (std::size_t i = 0; i < departures.cancelled.size(); ++i) {
            const scenario::DatedWindow& dated = departures.cancelled[i];
            const Window cancelled{ticks(dated.from), ticks(dated.to) + (dated.from == dated.to ? 1 : 0)};
            exceptions.cancelled.push_back(cancelled);
            if (!hits(cancelled)) warn_of_cancelled(i, dated);
        }
        for (std::size_t i = 0; i < departures.extra.size(); ++i) {
            const Tick time = ticks(departures.extra[i]);
            const bool is_within = time >= 0 && time < window_.to;
            if (is_within) exceptions.extra.push_back(time);
            if (!is_within) warn_of_extra(i, departures.extra[i]);
        }
        merge_windows(exceptions.cancelled);
        return exceptions;
    }

  private:
    Tick ticks(Instant time) const { return (time - compilation_.model.origin).count(); }

    /// Whether a departure of the run is in the window; could be, where the hours are drawn.
    bool hits(const Window& cancelled) const {
        if (timetable_.random_phase) return cancelled.to > 0 && cancelled.from < window_.to;
        const auto next = std::lower_bound(rule_.begin(), rule_.end(), cancelled.from);
        return next != rule_.end() && *next < cancelled.to;
    }

    void warn(std::string_view key, std::size_t i, std::string message) {
        if (!says_) return;
        compilation_.warn(service_, fmt::format("service.{}.{}.{}[{}]", service_.id, key_, key, i), std::move(message));
    }

    void warn_of_cancelled(std::size_t i, const scenario::DatedWindow& dated) {
        const std::string from = format_instant(dated.from);
        const std::string when =
            dated.from == dated.to ? "at " + from : fmt::format("from {} to {}", from, format_instant(dated.to));
        warn("cancelled", i, fmt::format("cancels no departure (the timetable has none {} within the run)", when));
    }

    void warn_of_extra(std::size_t i, Instant extra) {
        warn("extra", i,
             fmt::format("{} is not within the run ({} to {})", format_instant(extra),
                         format_instant(compilation_.model.origin), format_instant(compilation_.scenario.end)));
    }

    Compilation& compilation_;
    const scenario::Service& service_;
    Window window_;
    const Timetable& timetable_;
    std::string_view key_;
    bool says_ = false;
    std::vector<Tick> rule_;
};

}  // namespace

DatedDepartures with_exceptions(const Timetable& timetable, const Exceptions& exceptions, double first_ms) {
    DatedDepartures result;
    for (const Tick departure : rule_until(timetable, first_ms, exceptions.until)) {
        (lies_in(exceptions.cancelled, departure) ? result.cancelled : result.run).push_back(departure);
    }
    const auto extra = result.run.insert(result.run.end(), exceptions.extra.begin(), exceptions.extra.end());
    std::inplace_merge(result.run.begin(), extra, result.run.end());
    return result;
}

std::uint64_t count_inside(const std::vector<Tick>& departures, const Window& window) {
    const auto from = std::lower_bound(departures.begin(), departures.end(), window.from);
    return static_cast<std::uint64_t>(std::lower_bound(from, departures.end(), window.to) - from);
}

void apply_exceptions(Compilation& compilation, const scenario::Service& service,
                      const scenario::Departures& departures, Direction direction, Timetable& timetable) {
    if (departures.cancelled.empty() && departures.extra.empty()) return;
    Exceptions exceptions = ExceptionCompiler(compilation, service, direction, timetable).run(departures);
    if (timetable.random_phase) {
        timetable.exceptions = std::move(exceptions);
        return;
    }
    DatedDepartures dated = with_exceptions(timetable, exceptions, timetable.first_ms);
    timetable.cancelled = count_inside(dated.cancelled, compilation.model.window);
    timetable.listed = std::move(dated.run);
    timetable.headway_ms = 0.0;
}

}  // namespace corridor::model
