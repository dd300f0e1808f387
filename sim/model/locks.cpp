#include <fmt/format.h>

#include <algorithm>

#include "compilation.h"
#include "corridor/base/random.h"
#include "corridor/base/unit.h"
#include "ways.h"

namespace corridor::model {
namespace {

constexpr double kShortestCycle = 1000.0;  ///< ms

class LockCompiler {
  public:
    LockCompiler(Compilation& compilation, const scenario::Lock& source) : compilation_(compilation), source_(source) {}

    void run() {
        lock_.id = source_.id;
        lock_.name = source_.name;
        lock_.link = same<Link>(source_.link);
        if (compilation_.model.links[lock_.link].alternating) {
            error(fmt::format(
                      "stands on '{}', whose traffic alternates (vessels that wait for a lock would hold the reach)",
                      compilation_.model.links[lock_.link].id),
                  "divide the link: the lock on one, the reach on the other");
        }
        lock_.two_way = source_.operation == scenario::LockOperation::two_way;
        lock_.chambers = numbers().count(source_.chambers, 1, scenario::kMostPlaces);
        lock_.waits_until_full = source_.start == scenario::LockStart::when_full;
        if (source_.longest_wait) lock_.longest_wait = numbers().duration(*source_.longest_wait);
        add_room();
        add_times();
        if (source_.traffic) add_traffic(*source_.traffic);
        compilation_.lock_places.push_back(place());
        compilation_.model.locks.push_back(std::move(lock_));
    }

  private:
    Numbers& numbers() { return compilation_.numbers; }

    double length(scenario::Param param) { return metres(numbers().positive(param)); }

    void error(std::string message, std::string hint) {
        compilation_.error(source_, subject(lock_), std::move(message), std::move(hint));
    }

    void add_room() {
        if (source_.places) {
            lock_.places = numbers().count(*source_.places, 1, scenario::kMostPlaces);
        } else {
            lock_.chamber = {length(*source_.chamber_length), length(*source_.chamber_width)};
        }
    }

    void add_times() {
        lock_.entering = numbers().duration(source_.entering_time);
        lock_.leaving = numbers().duration(source_.leaving_time);
        if (source_.cycle_time) {
            const Tick cycle = numbers().duration(*source_.cycle_time);
            lock_.levelling = {cycle / 2, cycle - cycle / 2};
        } else {
            lock_.levelling = {numbers().duration(*source_.emptying_time), numbers().duration(*source_.filling_time)};
        }
        const Tick shortest = lock_.entering + lock_.levelling[0] + lock_.levelling[1] + lock_.leaving;
        if (static_cast<double>(shortest) < kShortestCycle) {
            error(
                fmt::format("takes no time (a cycle takes {}, and must take 1 s)", format_duration(Duration{shortest})),
                "leave it out, or give 'cycle_time'");
        }
    }

    void add_traffic(const scenario::LockTraffic& traffic) {
        for (const Direction direction : scenario::kDirections) {
            const auto& rate = traffic.rate[static_cast<std::size_t>(direction)];
            if (!rate) continue;
            LockTraffic& result = lock_.traffic[static_cast<std::size_t>(direction)];
            result.per_ms = numbers().not_negative(*rate) / kMillisecondsPerHour;
            result.stream = stream_key("lock traffic", fmt::format("{}/{}", source_.name, label(direction)));
            if (result.per_ms * static_cast<double>(compilation_.model.window.to) > scenario::kMostDepartures) {
                numbers().error(*rate, "gives more than 10,000,000 vessels in one run", "give fewer vessels");
                result.per_ms = 0.0;
            }
        }
        if (!traffic.length || lock_.places > 0) return;
        lock_.traffic_size = {length(*traffic.length), length(*traffic.beam)};
        if (!fits(lock_, lock_.traffic_size)) {
            error(fmt::format("its traffic does not fit ({})", size_text(lock_, lock_.traffic_size)),
                  "give 'traffic' a smaller size, or the lock larger chambers");
        }
    }

    double place() {
        if (!source_.at) return 0.5;
        const double at = numbers().not_negative(*source_.at);
        const Link& link = compilation_.model.links[lock_.link];
        if (at > link.km) {
            numbers().error(*source_.at, fmt::format("is beyond the end of '{}' (it is {} long)", link.id,
                                                     format_measurement(link.km, kLength)));
        }
        return link.km > 0.0 ? std::min(1.0, at / link.km) : 0.5;
    }

    Compilation& compilation_;
    const scenario::Lock& source_;
    Lock lock_;
};

}  // namespace

bool fits(const Lock& lock, const VesselSize& vessel) {
    return vessel.length_m <= lock.chamber.length_m && vessel.beam_m <= lock.chamber.beam_m;
}

std::string size_text(const Lock& lock, const VesselSize& vessel) {
    return fmt::format("a vessel is {} m long and {} m wide, a chamber {} m and {} m", vessel.length_m, vessel.beam_m,
                       lock.chamber.length_m, lock.chamber.beam_m);
}

void compile_locks(Compilation& compilation) {
    for (const scenario::Lock& lock : compilation.scenario.locks) LockCompiler(compilation, lock).run();
}

}  // namespace corridor::model
