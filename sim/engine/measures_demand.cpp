// Releases, deliveries and door-to-door times, by demand.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "measure_plan.h"

namespace corridor::engine {
namespace {

double delivered(const Results& r, Id<model::Demand> id, std::size_t month) {
    double sum = 0.0;
    for (std::uint32_t c = 0; c < r.model.demands[id].classes.size(); ++c) {
        sum += r.tally.demands[id].delivered_by_month.at(month, c);
    }
    return sum;
}

double delivered(const Results& r, Id<model::Demand> id) {
    return static_cast<double>(r.tally.demands[id].delivered_by_month.total());
}

double delivered_teu(const Results& r, Id<model::Demand> id) {
    const auto& classes = r.model.demands[id].classes;
    double quarters = 0.0;
    for (std::uint32_t c = 0; c < classes.size(); ++c) {
        quarters += static_cast<double>(r.tally.demands[id].delivered_by_month.of_class(c)) * classes[c].quarters;
    }
    return quarters / model::kQuartersPerTeu;
}

double under_way(const Results& r, Id<model::Demand> id) {
    const DemandTally& tally = r.tally.demands[id];
    const auto sum = [](const auto& counts) { return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}); };
    const std::uint64_t gone = sum(tally.delivered_of_class) + sum(tally.by_road_of_class) + sum(tally.lost_of_class);
    return static_cast<double>(tally.released - gone);
}

double by_road(const Results& r, Id<model::Demand> id) { return static_cast<double>(r.tally.demands[id].by_road); }

double in_system(const Results& r, Id<model::Demand> id) {
    const Tick window = r.model.window.to - r.model.window.from;
    return static_cast<double>(r.tally.demands[id].in_system_ms) / static_cast<double>(window);
}

template <class Value>
MeasurePlan::Formula total_of(Value value) {
    return [value](const Results& r) {
        double sum = 0.0;
        for (std::size_t d = 0; d < r.model.demands.size(); ++d) {
            const Id<model::Demand> id{d};
            sum += r.model.demands[id].repositions ? 0.0 : value(r, id);
        }
        return sum;
    };
}

/// Over all containers that demands have had delivered.
double mean_door_to_door(const Results& r) {
    double sum_ms = 0.0;
    double count = 0.0;
    for (std::size_t d = 0; d < r.model.demands.size(); ++d) {
        const Id<model::Demand> id{d};
        const TimeStat& time = r.tally.demands[id].door_to_door;
        if (r.model.demands[id].repositions || time.count() == 0) {
            continue;
        }
        sum_ms += time.mean_ms() * static_cast<double>(time.count());
        count += static_cast<double>(time.count());
    }
    return ratio(sum_ms, count * kHour);
}

void add_times(MeasurePlan& plan, const std::string& who, Id<model::Demand> id) {
    const auto time = [id](const Results& r) -> const TimeStat& { return r.tally.demands[id].door_to_door; };
    plan.add("door_to_door_time_mean", who, [time](const Results& r) { return time(r).mean_ms() / kHour; });
    plan.add("door_to_door_time_sd", who, [time](const Results& r) { return time(r).sd_ms() / kHour; });
    plan.add("door_to_door_time_p50", who, [time](const Results& r) { return time(r).percentile_ms(0.5) / kHour; });
    plan.add("door_to_door_time_p95", who, [time](const Results& r) { return time(r).percentile_ms(0.95) / kHour; });
    plan.add("door_to_door_time_max", who, [time](const Results& r) { return time(r).longest_ms() / kHour; });
}

void add_road(MeasurePlan& plan, const std::string& who, Id<model::Demand> id) {
    plan.add("containers_by_road", who,
             [id](const Results& r) { return static_cast<double>(r.tally.demands[id].by_road); });
    plan.add("by_road_share", who, [id](const Results& r) {
        return ratio(static_cast<double>(r.tally.demands[id].by_road), released(r, id));
    });
}

}  // namespace

void add_demand_measures(MeasurePlan& plan, const model::Model& model) {
    const auto delivered_in_all = [](const Results& r, Id<model::Demand> id) { return delivered(r, id); };
    plan.add("containers_released", "total", total_of(released));
    plan.add("containers_delivered", "total", total_of(delivered_in_all));
    plan.add("teu_delivered", "total", total_of(delivered_teu));
    plan.add("containers_under_way", "total", total_of(under_way));
    plan.add("containers_in_system", "total", total_of(in_system));
    plan.add("door_to_door_time_mean", "total", mean_door_to_door);
    const auto may_go_by_road = [](const model::Demand& demand) { return demand.road_time || demand.patience; };
    if (std::any_of(model.demands.begin(), model.demands.end(), may_go_by_road)) {
        plan.add("containers_by_road", "total", total_of(by_road));
    }
    for (std::size_t d = 0; d < model.demands.size(); ++d) {
        const Id<model::Demand> id{d};
        const std::string who = subject(model.demands[id]);
        const std::size_t months = model.demands[id].repositions ? 0 : model.months.size();
        const std::size_t limits = model.demands[id].repositions ? 0 : model.delivered_within.size();
        plan.add("containers_released", who, [id](const Results& r) { return released(r, id); });
        plan.add("containers_delivered", who, [id](const Results& r) { return delivered(r, id); });
        for (std::size_t month = 0; month < months; ++month) {
            plan.add("containers_delivered", who + '.' + model.months[month].label,
                     [id, month](const Results& r) { return delivered(r, id, month); });
        }
        plan.add("teu_delivered", who, [id](const Results& r) { return delivered_teu(r, id); });
        plan.add("containers_under_way", who, [id](const Results& r) { return under_way(r, id); });
        plan.add("containers_in_system", who, [id](const Results& r) { return in_system(r, id); });
        for (std::size_t i = 0; i < limits; ++i) {
            const double limit = static_cast<double>(model.delivered_within[i]) / kHour;
            plan.add("delivered_within_share", fmt::format("{}.{} h", who, limit), [id, i](const Results& r) {
                const DemandTally& tally = r.tally.demands[id];
                return ratio(static_cast<double>(tally.within[i]), static_cast<double>(tally.door_to_door.count()));
            });
        }
        add_times(plan, who, id);
        if (may_go_by_road(model.demands[id])) {
            add_road(plan, who, id);
        }
    }
}

}  // namespace corridor::engine
