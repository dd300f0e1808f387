#include "timetables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "calendar.h"
#include "corridor/base/random.h"
#include "exceptions.h"
#include "traffic.h"

namespace corridor::model {
namespace {

template <class... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};
template <class... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

// The first of first + k * headway, k >= 0, that is not before the origin.
double first_from_origin(double first_ms, double headway_ms) {
    if (first_ms >= 0.0) return first_ms;
    const double k = std::ceil(-first_ms / headway_ms);
    return std::max(0.0, first_ms + k * headway_ms);
}

constexpr const char* kTooMany = "gives more than 10,000,000 departures in one run";
constexpr const char* kFewer = "give fewer, or departures = { continuous = true }";

void check_number(Compilation& compilation, scenario::Param pace, double headway_ms) {
    const auto run_ms = static_cast<double>(compilation.model.window.to);
    if (run_ms / headway_ms > scenario::kMostDepartures) compilation.numbers.error(pace, kTooMany, kFewer);
}

bool are_too_many(const Compilation& compilation, const scenario::Weekly& weekly) {
    const double run_weeks = static_cast<double>(compilation.model.window.to) / kMillisecondsPerHour / kHoursPerWeek;
    return static_cast<double>(weekly.minutes.size()) * run_weeks > scenario::kMostDepartures;
}

}  // namespace

Dispatch dispatch_of(const scenario::Departures& departures) {
    if (std::holds_alternative<scenario::WhenReady>(departures.rule)) return Dispatch::when_ready;
    if (std::holds_alternative<scenario::WhenFull>(departures.rule)) return Dispatch::on_demand;
    if (std::holds_alternative<scenario::Continuous>(departures.rule)) return Dispatch::continuous;
    return Dispatch::timetable;
}

Timetable compile_timetable(Compilation& compilation, const scenario::Service& service,
                            const scenario::Departures& departures, Direction direction) {
    Timetable timetable;
    Numbers& numbers = compilation.numbers;
    const Instant origin = compilation.model.origin;
    const auto ticks = [&](Instant time) { return (time - origin).count(); };
    std::visit(Overloaded{
                   [&](const scenario::PerWeek& per_week) {
                       timetable.headway_ms = numbers.headway_ms(per_week.departures);
                       check_number(compilation, per_week.departures, timetable.headway_ms);
                       timetable.random_phase = true;
                       timetable.stream = stream_key("phase", fmt::format("{}/{}", service.name, label(direction)));
                   },
                   [&](const scenario::Headway& headway) {
                       timetable.headway_ms = numbers.duration_ms(headway.headway);
                       if (timetable.headway_ms < 1.0) {
                           numbers.error(headway.headway, "must be at least 0.001 s");
                           timetable.headway_ms = 1.0;
                       }
                       const auto first = static_cast<double>(ticks(headway.first));
                       const bool runs_through_warm_up = headway.first <= compilation.scenario.start;
                       timetable.first_ms = runs_through_warm_up && first > 0.0
                                                ? std::fmod(first, timetable.headway_ms)
                                                : first_from_origin(first, timetable.headway_ms);
                       check_number(compilation, headway.headway, timetable.headway_ms);
                   },
                   [&](const scenario::Weekly& weekly) {
                       if (are_too_many(compilation, weekly)) {
                           return compilation.error(service, fmt::format("service.{}.departures", service.id), kTooMany,
                                                    kFewer);
                       }
                       timetable.listed = weekly_ticks(weekly.minutes, origin, compilation.calendar_end);
                   },
                   [&](const scenario::Dated& dated) {
                       for (const Instant time : dated.times) {
                           if (time >= origin) timetable.listed.push_back(ticks(time));
                       }
                   },
                   [](const scenario::WhenReady&) {},
                   [](const scenario::WhenFull&) {},
                   [](const scenario::Continuous&) {},
               },
               departures.rule);
    apply_exceptions(compilation, service, departures, direction, timetable);
    return timetable;
}

double expected_departures(const Timetable& timetable, const Window& window) {
    if (timetable.headway_ms > 0.0) {
        const double first = timetable.random_phase ? 0.0 : timetable.first_ms;
        const double from = std::max(first, static_cast<double>(window.from));
        double time = std::max(0.0, static_cast<double>(window.to) - from);
        for (const Window& cancelled : timetable.exceptions.cancelled) time -= length_ms(overlap(cancelled, window));
        return time / timetable.headway_ms + static_cast<double>(count_inside(timetable.exceptions.extra, window));
    }
    return static_cast<double>(count_inside(timetable.listed, window));
}

Tick mean_headway(const Model& model, const Timetable& timetable) {
    if (timetable.headway_ms > 0.0) return to_tick(timetable.headway_ms);
    const auto end = std::lower_bound(timetable.listed.begin(), timetable.listed.end(), model.window.to);
    const auto departures = end - timetable.listed.begin();
    if (departures < 2) return model.window.to;
    return (timetable.listed[static_cast<std::size_t>(departures) - 1] - timetable.listed.front()) / (departures - 1);
}

}  // namespace corridor::model
