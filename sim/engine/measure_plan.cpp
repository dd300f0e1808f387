#include "measure_plan.h"

#include <algorithm>
#include <limits>

#include "corridor/base/contract.h"

namespace corridor::engine {

double ratio(double numerator, double denominator) {
    return denominator > 0.0 ? numerator / denominator : std::numeric_limits<double>::quiet_NaN();
}

MeasurePlan::MeasurePlan(const model::Model& model) {
    add_flow_measures(*this, model);
    add_service_measures(*this, model);
    add_demand_measures(*this, model);
    add_terminal_measures(*this, model);
}

void MeasurePlan::add(std::string_view name, std::string subject, Formula formula) {
    const auto& all = measure_descriptions();
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& d) { return d.name == name; });
    expects(found != all.end(), "a measure is described before it is used");
    infos_.push_back({std::string(name), std::move(subject), std::string(found->unit)});
    formulas_.push_back(std::move(formula));
}

std::vector<double> MeasurePlan::evaluate(const Results& results) const {
    std::vector<double> values;
    values.reserve(formulas_.size());
    for (const Formula& formula : formulas_) {
        values.push_back(formula(results));
    }
    return values;
}

}  // namespace corridor::engine

namespace corridor {

MeasureCatalog::MeasureCatalog(std::vector<MeasureInfo> infos) : infos_(std::move(infos)) {
    for (std::size_t i = 0; i < infos_.size(); ++i) {
        const bool is_new = index_.emplace(infos_[i].name + '\n' + infos_[i].subject, i).second;
        expects(is_new, "every measure has a name and subject of its own");
    }
}

std::optional<std::size_t> MeasureCatalog::find(std::string_view name, std::string_view subject) const {
    const auto found = index_.find(std::string(name) + '\n' + std::string(subject));
    return found == index_.end() ? std::nullopt : std::optional(found->second);
}

MeasureCatalog measure_catalog(const model::Model& model) { return MeasureCatalog(engine::MeasurePlan(model).infos()); }

const std::vector<MeasureDescription>& measure_descriptions() {
    static const std::vector<MeasureDescription> all{
        {"containers_shipped", "containers", "total, service, link; direction, month, laden or empty; link.demand",
         "containers loaded on waterway services"},
        {"teu_shipped", "TEU", "as containers_shipped", "the same in TEU"},
        {"containers_railed", "containers", "as containers_shipped", "containers loaded on railway services"},
        {"teu_railed", "TEU", "as containers_shipped", "the same in TEU"},
        {"teu_km", "TEU-km", "total, service", "TEU loaded times the distance of their ride"},
        {"departures_run", "departures", "service, line", "trips begun"},
        {"departures_late", "departures", "service, line", "of those, begun after the timetabled time"},
        {"departures_cancelled", "departures", "service, line", "departures without a vehicle, by policy"},
        {"departures_outstanding", "departures", "service, line",
         "timetabled departures of the period that have not left at its end"},
        {"lateness_mean", "h", "line", "mean delay of timetabled departures, 0 where on time"},
        {"running_time_mean", "h", "line", "mean time from the first departure to the last arrival of a trip"},
        {"load_factor", "share", "service, stop", "TEU on board over TEU offered, at departure"},
        {"teu_per_departure", "TEU", "service, stop", "mean load at departure"},
        {"left_behind_mean", "containers", "stop", "mean number ready at a departure that found no room"},
        {"left_behind_share", "share", "stop", "share of departures that left containers behind"},
        {"full_share", "share", "stop", "share of departures without room for one more container"},
        {"containers_boarded", "containers", "service, stop", "containers loaded"},
        {"containers_rolled", "containers", "service, stop",
         "of those, left behind at least once because a vehicle was full"},
        {"rolled_share", "share", "service, stop", "containers_rolled over containers_boarded"},
        {"wait_mean", "h", "service, stop", "mean time from being ready until departure, cut-off included"},
        {"wait_sd", "h", "stop", "its standard deviation over containers"},
        {"wait_p50", "h", "stop", "its median over containers"},
        {"wait_p95", "h", "stop", "its 95th percentile over containers"},
        {"wait_max", "h", "stop", "the longest"},
        {"fleet_utilisation", "share", "service", "share of vehicle time spent on trips, berths included"},
        {"containers_released", "containers", "total, demand", "containers released"},
        {"containers_delivered", "containers", "total, demand; month", "containers discharged at their destination"},
        {"teu_delivered", "TEU", "total, demand", "the same in TEU"},
        {"delivered_within_share", "share", "demand.LIMIT", "of those delivered, share within the time limit"},
        {"containers_under_way", "containers", "total, demand", "released and not delivered by the end of the period"},
        {"containers_in_system", "containers", "total, demand", "time average from release to delivery"},
        {"door_to_door_time_mean", "h", "demand", "mean time from release to delivery, of those delivered"},
        {"door_to_door_time_sd", "h", "demand", "its standard deviation over containers"},
        {"door_to_door_time_p50", "h", "demand", "its median over containers"},
        {"door_to_door_time_p95", "h", "demand", "its 95th percentile over containers"},
        {"door_to_door_time_max", "h", "demand", "the longest"},
        {"lifts", "lifts", "terminal, facility", "crane moves ended, background calls included"},
        {"lifts_teu", "TEU", "terminal, facility", "the same in TEU"},
        {"crane_utilisation", "share", "facility", "busy time within the opening hours over crane time within them"},
        {"crane_wait_mean", "h", "facility", "mean time from the request of a move until it starts"},
        {"crane_wait_sd", "h", "facility", "its standard deviation over moves"},
        {"crane_wait_p95", "h", "facility", "its 95th percentile over moves"},
        {"crane_wait_share", "share", "facility", "share of moves that wait at all"},
        {"crane_queue_mean", "containers", "facility", "time average number of moves that wait for a crane"},
        {"berth_utilisation", "share", "facility", "berth (track) time taken over berth time"},
        {"berth_wait_mean", "h", "facility", "mean time from a vehicle's arrival until it has a berth"},
        {"berth_wait_p95", "h", "facility", "its 95th percentile over calls"},
        {"berth_wait_max", "h", "facility", "the longest"},
        {"berth_queue_at_end", "vehicles", "facility", "vehicles that wait for a berth at the end of the period"},
        {"turnaround_mean", "h", "facility", "mean time from a vehicle's arrival until it leaves"},
        {"moves_per_berth_hour", "moves/h", "facility", "crane moves over the time berths were taken"},
        {"dwell_mean", "h", "terminal", "mean time from entering the terminal until leaving it"},
        {"dwell_sd", "h", "terminal", "its standard deviation over containers"},
        {"dwell_p50", "h", "terminal", "its median over containers"},
        {"dwell_p95", "h", "terminal", "its 95th percentile over containers"},
        {"yard_mean", "containers", "terminal; month", "time average number in the yard"},
        {"yard_sd", "containers", "terminal", "its standard deviation over time"},
        {"yard_p95", "containers", "terminal", "its 95th percentile over time"},
        {"yard_max", "containers", "terminal", "the most seen, sampled every 70 minutes"},
    };
    return all;
}

}  // namespace corridor
