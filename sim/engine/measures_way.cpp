// What vehicles meet between two stops.
#include <array>

#include "measure_plan.h"
#include "model/subject.h"

namespace corridor::engine {
namespace {

using model::Direction;
using Directions = std::vector<std::size_t>;  ///< those that a subject takes together
using LockTallies = std::array<LockTally, 2>;

/// `value` of a lock's tally, added up over directions.
template <class Value>
double sum_over(const Results& r, Id<model::Lock> id, const Directions& directions, Value value) {
    double sum = 0.0;
    for (const std::size_t d : directions) {
        sum += static_cast<double>(value(r.tally.locks[id][d]));
    }
    return sum;
}

TimeStat waits(const Results& r, Id<model::Lock> id, const Directions& directions) {
    TimeStat all = r.tally.locks[id][directions.front()].wait;
    for (std::size_t i = 1; i < directions.size(); ++i) {
        all.merge(r.tally.locks[id][directions[i]].wait);
    }
    return all;
}

void add_lock_measures(MeasurePlan& plan, const std::string& who, Id<model::Lock> id, const Directions& of) {
    const auto lockages = [](const LockTally& tally) { return tally.lockages; };
    const auto vessels = [](const LockTally& tally) { return tally.vessels; };
    plan.add("lock_wait_mean", who, [=](const Results& r) { return waits(r, id, of).mean_ms() / kHour; });
    plan.add("lock_wait_p95", who, [=](const Results& r) { return waits(r, id, of).percentile_ms(0.95) / kHour; });
    plan.add("lock_queue_mean", who, [=](const Results& r) {
        return sum_over(r, id, of, [](const LockTally& tally) { return tally.waiting_ms; }) / window_ms(r);
    });
    plan.add("lockages", who, [=](const Results& r) { return sum_over(r, id, of, lockages); });
    plan.add("vessels_per_lockage", who,
             [=](const Results& r) { return ratio(sum_over(r, id, of, vessels), sum_over(r, id, of, lockages)); });
}

/// Where a chamber serves both directions there is one share of its time, else one of each direction.
void add_utilisation(MeasurePlan& plan, const std::string& who, Id<model::Lock> id, const Directions& of) {
    plan.add("lock_utilisation", who, [=](const Results& r) {
        const model::Lock& lock = r.model.locks[id];
        const double chambers = lock.chambers * (lock.two_way ? 1.0 : static_cast<double>(of.size()));
        const double busy = sum_over(r, id, of, [](const LockTally& tally) { return tally.busy_ms; });
        return busy / (chambers * window_ms(r));
    });
}

void add_turns(MeasurePlan& plan, const std::string& who, Id<model::Lock> id, const Directions& of) {
    plan.add("lock_turns", who,
             [=](const Results& r) { return sum_over(r, id, of, [](const LockTally& tally) { return tally.turns; }); });
}

void add_cause(MeasurePlan& plan, std::string_view name, const std::string& who, Id<model::Link> id, std::size_t d,
               WayCause cause) {
    plan.add(name, who, [=](const Results& r) {
        const LinkTally& tally = r.tally.links[id][d];
        const auto waited = static_cast<double>(tally.waits[static_cast<std::size_t>(cause)]);
        return ratio(waited / kHour, static_cast<double>(tally.passages));
    });
}

void add_link_measures(MeasurePlan& plan, const model::Link& link, Id<model::Link> id, Direction direction) {
    const std::string who = subject(link) + '.' + std::string(model::label(direction));
    const auto d = static_cast<std::size_t>(direction);
    const auto wait = [=](const Results& r) -> const TimeStat& { return r.tally.links[id][d].wait; };
    plan.add("link_passages", who,
             [=](const Results& r) { return static_cast<double>(r.tally.links[id][d].passages); });
    plan.add("link_wait_mean", who, [=](const Results& r) { return wait(r).mean_ms() / kHour; });
    plan.add("link_wait_p95", who, [=](const Results& r) { return wait(r).percentile_ms(0.95) / kHour; });
    if (link.paths_per_day > 0.0 || link.headway > 0) {
        add_cause(plan, "path_wait_mean", who, id, d, WayCause::path);
    }
    if (link.alternating) {
        add_cause(plan, "section_wait_mean", who, id, d, WayCause::section);
    }
    if (!link.open.empty() || link.is_disrupted) {
        add_cause(plan, "closure_wait_mean", who, id, d, WayCause::closure);
    }
    if (!link.depth.empty()) {
        add_cause(plan, "depth_wait_mean", who, id, d, WayCause::depth);
    }
}

void add_depth_measures(MeasurePlan& plan, const std::string& who, Id<model::Stop> id) {
    const auto mean = [=](auto value) {
        return [=](const Results& r) {
            const DepthTally& tally = r.tally.depths[id];
            return ratio(static_cast<double>(value(tally)), static_cast<double>(tally.departures));
        };
    };
    plan.add("depth_payload_mean", who, mean([](const DepthTally& tally) { return tally.payload_t; }));
    plan.add("depth_bound_share", who, mean([](const DepthTally& tally) { return tally.bound; }));
}

}  // namespace

void add_way_measures(MeasurePlan& plan, const model::Model& model) {
    for (std::size_t s = 0; s < model.stops.size(); ++s) {
        const Id<model::Stop> id{s};
        if (!model.stops[id].shallows.empty()) {
            add_depth_measures(plan, model::boarding_subject(model, id), id);
        }
    }
    for (std::size_t l = 0; l < model.links.size(); ++l) {
        const Id<model::Link> id{l};
        for (const Direction direction : scenario::kDirections) {
            if (model.links[id].has_entrance()) {
                add_link_measures(plan, model.links[id], id, direction);
            }
        }
    }
    for (std::size_t l = 0; l < model.locks.size(); ++l) {
        const Id<model::Lock> id{l};
        const model::Lock& lock = model.locks[id];
        const std::string who = subject(lock);
        add_lock_measures(plan, who, id, {0, 1});
        add_utilisation(plan, who, id, {0, 1});
        if (lock.two_way) {
            add_turns(plan, who, id, {0, 1});
        }
        for (const Direction direction : scenario::kDirections) {
            const Directions of{static_cast<std::size_t>(direction)};
            const std::string one_way = who + '.' + std::string(model::label(direction));
            add_lock_measures(plan, one_way, id, of);
            if (!lock.two_way) {
                add_utilisation(plan, one_way, id, of);
            } else {
                add_turns(plan, one_way, id, of);
            }
        }
    }
}

}  // namespace corridor::engine
