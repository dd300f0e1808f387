#include "measure_plan.h"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "corridor/base/contract.h"

namespace corridor::engine {
namespace {

const MeasureDescription* description_of(std::string_view name) {
    static const auto by_name = [] {
        std::unordered_map<std::string_view, const MeasureDescription*> all;
        for (const MeasureDescription& description : measure_descriptions()) {
            all.emplace(description.name, &description);
        }
        return all;
    }();
    const auto found = by_name.find(name);
    return found == by_name.end() ? nullptr : found->second;
}

constexpr std::string_view kMoneyUnit = "money";
constexpr std::array<std::string_view, 2> kPer{"", "/TEU"};
using MoneyUnits = std::array<std::string, kPer.size()>;

std::map<Currency, MoneyUnits> money_units() {
    std::map<Currency, MoneyUnits> all;
    for (unsigned i = 0; i <= std::numeric_limits<std::uint8_t>::max(); ++i) {
        const auto currency = static_cast<Currency>(i);
        const std::string_view code = code_of(currency).empty() ? kMoneyUnit : code_of(currency);
        for (std::size_t per = 0; per < kPer.size(); ++per) {
            all[currency].at(per) = std::string(code) + std::string(kPer.at(per));
        }
    }
    return all;
}

/// "CNY/TEU" for "money/TEU"; other units as they are. The texts live as long as the program.
std::string_view in_currency(std::string_view unit, Currency currency) {
    if (!unit.starts_with(kMoneyUnit)) {
        return unit;
    }
    static const std::map<Currency, MoneyUnits> units = money_units();
    const auto per = std::find(kPer.begin(), kPer.end(), unit.substr(kMoneyUnit.size())) - kPer.begin();
    return units.at(currency).at(static_cast<std::size_t>(per));
}

}  // namespace

double ratio(double numerator, double denominator) {
    return denominator > 0.0 ? numerator / denominator : std::numeric_limits<double>::quiet_NaN();
}

MeasurePlan::MeasurePlan(const model::Model& model, Explain explain)
    : explain_(explain), currency_(model.currency), outline_(measure_outline(model)) {
    add_flow_measures(*this, model);
    add_service_measures(*this, model);
    add_demand_measures(*this, model);
    add_terminal_measures(*this, model);
    add_empties_measures(*this, model);
    add_carriage_measures(*this, model);
    add_cost_measures(*this, model);
    add_emission_measures(*this, model);
    add_room_measures(*this, model);
    add_way_measures(*this, model);
    if (explains()) {
        add_time_use_measures(*this, model);
    }
    add_disruption_measures(*this, model);
    infos_.shrink_to_fit();
    formulas_.shrink_to_fit();
}

MeasurePlan::MeasurePlan(std::vector<MeasureInfo> infos) : infos_(std::move(infos)) {}

bool MeasurePlan::fits(const model::Model& model) const { return outline_ == measure_outline(model); }

void MeasurePlan::add(std::string_view name, std::string subject, Formula formula) {
    const MeasureDescription* const description = description_of(name);
    expects(description != nullptr, "a measure is described before it is used");
    infos_.push_back({description->name, std::move(subject), in_currency(description->unit, currency_)});
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

namespace {

std::uint64_t hash_of(std::string_view name, std::string_view subject) {
    const std::hash<std::string_view> hash;
    constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15;
    return hash(name) * kOdd + hash(subject);
}

}  // namespace

/// The index is a sorted list of hashes: a tenth of the memory of a map that repeats the names.
struct MeasureCatalog::Content {
    struct Entry {
        std::uint64_t hash = 0;
        std::uint32_t position = 0;
        auto operator<=>(const Entry&) const = default;
    };

    explicit Content(engine::MeasurePlan of) : plan(std::move(of)) {
        index.reserve(plan.infos().size());
        for (const MeasureInfo& info : plan.infos()) {
            index.push_back({hash_of(info.name, info.subject), static_cast<std::uint32_t>(index.size())});
        }
        std::sort(index.begin(), index.end());
        for (const Entry& entry : index) {
            const MeasureInfo& info = plan.infos()[entry.position];
            expects(find(info.name, info.subject) == entry.position, "every measure has a name and subject of its own");
        }
    }

    std::optional<std::size_t> find(std::string_view name, std::string_view subject) const {
        const std::uint64_t hash = hash_of(name, subject);
        auto entry = std::lower_bound(index.begin(), index.end(), Entry{hash, 0});
        for (; entry != index.end() && entry->hash == hash; ++entry) {
            const MeasureInfo& info = plan.infos()[entry->position];
            if (info.name == name && info.subject == subject) {
                return entry->position;
            }
        }
        return std::nullopt;
    }

    engine::MeasurePlan plan;
    std::vector<Entry> index;
};

MeasureCatalog::MeasureCatalog() : MeasureCatalog(std::vector<MeasureInfo>{}) {}
MeasureCatalog::MeasureCatalog(std::vector<MeasureInfo> infos)
    : MeasureCatalog(engine::MeasurePlan(std::move(infos))) {}
MeasureCatalog::MeasureCatalog(engine::MeasurePlan plan) : content_(std::make_shared<const Content>(std::move(plan))) {}

const std::vector<MeasureInfo>& MeasureCatalog::infos() const { return content_->plan.infos(); }

const engine::MeasurePlan& MeasureCatalog::plan() const { return content_->plan; }

std::optional<std::size_t> MeasureCatalog::find(std::string_view name, std::string_view subject) const {
    return content_->find(name, subject);
}

MeasureCatalog measure_catalog(const model::Model& model, Explain explain) {
    return MeasureCatalog(engine::MeasurePlan(model, explain));
}

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
        {"departures_cancelled", "departures", "service, line",
         "departures cancelled by date or in a closure, or without a vehicle, by policy"},
        {"departures_outstanding", "departures", "service, line",
         "timetabled departures of the period that have not left at its end"},
        {"lateness_mean", "h", "line", "mean delay of timetabled departures, 0 where on time"},
        {"running_time_mean", "h", "line", "mean time from the first departure to the last arrival of a trip"},
        {"load_factor", "share", "service, stop", "TEU on board over TEU offered, at departure"},
        {"teu_per_departure", "TEU", "service, stop", "mean load at departure"},
        {"left_behind_mean", "containers", "stop", "mean number ready at a departure that found no room"},
        {"left_behind_share", "share", "stop", "share of departures that left containers behind"},
        {"held_back_mean", "containers", "stop", "of those, mean number held back by room kept for later stops"},
        {"full_share", "share", "stop", "share of departures without room for one more container"},
        {"containers_boarded", "containers", "service, stop", "containers loaded"},
        {"containers_rolled", "containers", "service, stop",
         "of those, left behind at least once because a vehicle was full"},
        {"rolled_share", "share", "service, stop", "containers_rolled over containers_boarded"},
        {"wait_mean", "h", "service, stop", "mean time from being ready until departure, cut-off included"},
        {"wait_sd", "h", "stop", "its standard deviation over containers"},
        {"wait_p50", "h", "stop", "its median over containers"},
        {"wait_p95", "h", "stop", "its 95th percentile over containers"},
        {"wait_min", "h", "stop", "the shortest: the tightest connection"},
        {"wait_max", "h", "stop", "the longest"},
        {"headway_mean", "h", "stop", "mean time between departures of vehicles that leave when ready"},
        {"headway_variation", "ratio", "stop",
         "its standard deviation over its mean: 0 where evenly spread, 1 for pairs"},
        {"held_mean", "h", "line", "mean time that departures are held for the least headway"},
        {"fleet_utilisation", "share", "service, fleet", "share of vehicle time spent on trips, berths included"},
        {"fleet_cycle_time_mean", "h", "service",
         "vehicle time over cycles begun, idle time included; with directions each a cycle is a trip both ways"},
        {"empty_runs", "runs", "fleet", "runs of a shared fleet's vehicles from place to place beside their trips"},
        {"empty_vehicle_km", "vehicle-km", "fleet", "distance of those runs"},
        {"empty_running_share", "share", "fleet", "of all vehicle-km, those of empty runs"},
        {"containers_released", "containers", "total, demand", "containers released"},
        {"containers_delivered", "containers", "total, demand; month", "containers discharged at their destination"},
        {"teu_delivered", "TEU", "total, demand", "the same in TEU"},
        {"delivered_within_share", "share", "demand.LIMIT", "of those delivered, share within the time limit"},
        {"containers_under_way", "containers", "total, demand", "released and not delivered by the end of the period"},
        {"containers_by_road", "containers", "total, demand", "containers that left by road (only where they may)"},
        {"containers_in_system", "containers", "total, demand", "time average from release to delivery"},
        {"door_to_door_time_mean", "h", "demand", "mean time from release to delivery, of those delivered"},
        {"door_to_door_time_sd", "h", "demand", "its standard deviation over containers"},
        {"door_to_door_time_p50", "h", "demand", "its median over containers"},
        {"door_to_door_time_p95", "h", "demand", "its 95th percentile over containers"},
        {"door_to_door_time_max", "h", "demand", "the longest"},
        {"by_road_share", "share", "demand", "containers_by_road over containers_released"},
        {"lifts", "lifts", "terminal, facility", "crane moves ended, background calls included"},
        {"lifts_teu", "TEU", "terminal, facility", "the same in TEU"},
        {"crane_utilisation", "share", "facility", "busy time within the opening hours over crane time within them"},
        {"crane_wait_mean", "h", "facility", "mean time from the request of a move until it starts"},
        {"crane_wait_sd", "h", "facility", "its standard deviation over moves"},
        {"crane_wait_p95", "h", "facility", "its 95th percentile over moves"},
        {"crane_wait_share", "share", "facility", "share of moves that wait at all"},
        {"crane_queue_mean", "containers", "facility", "time average number of moves that wait for a crane"},
        {"crane_failures", "failures", "facility", "breakdowns of cranes"},
        {"crane_availability", "share", "facility", "crane time not down, over crane time"},
        {"cranes_down_mean", "cranes", "facility", "time average number under repair or waiting for it"},
        {"all_cranes_up_share", "share", "facility", "share of time in which no crane is down"},
        {"all_cranes_down_share", "share", "facility", "share of time in which every crane is down"},
        {"repair_wait_mean", "h", "facility", "mean time from a failure until a gang begins the repair"},
        {"gang_utilisation", "share", "facility", "share of time repair gangs are at work"},
        {"repair_at_once_share", "share", "facility", "share of failures that find a gang free"},
        {"berth_utilisation", "share", "facility", "berth (track) time taken over berth time"},
        {"berth_wait_mean", "h", "facility; background (with tugs)",
         "mean time from a vehicle's arrival until it has a berth"},
        {"berth_wait_p95", "h", "facility", "its 95th percentile over calls"},
        {"berth_wait_max", "h", "facility", "the longest"},
        {"berth_queue_at_end", "vehicles", "facility", "vehicles that wait for a berth at the end of the period"},
        {"calls_turned_away", "calls", "facility", "calls of background traffic that found no place to wait"},
        {"turned_away_share", "share", "facility", "of all calls of background traffic"},
        {"turnaround_mean", "h", "facility; background (with tugs)",
         "mean time from a vehicle's arrival until it leaves"},
        {"calls_ended", "calls", "background (with tugs)", "calls that have left their berth"},
        {"tug_utilisation", "share", "facility", "tug time at work over tug time"},
        {"tug_wait_mean", "h", "facility", "mean time from asking for tugs, to dock or to leave, until they are there"},
        {"tug_wait_p95", "h", "facility", "its 95th percentile"},
        {"tug_wait_max", "h", "facility", "the longest"},
        {"tug_wait_share", "share", "facility", "share of those who ask for tugs and have to wait"},
        {"moves_per_berth_hour", "moves/h", "facility", "crane moves over the time berths were taken"},
        {"dwell_mean", "h", "terminal", "mean time from entering the terminal until leaving it"},
        {"dwell_sd", "h", "terminal", "its standard deviation over containers"},
        {"dwell_p50", "h", "terminal", "its median over containers"},
        {"dwell_p95", "h", "terminal", "its 95th percentile over containers"},
        {"yard_mean", "containers", "terminal; month", "time average number in the yard"},
        {"yard_sd", "containers", "terminal", "its standard deviation over time"},
        {"yard_p95", "containers", "terminal", "its 95th percentile over time"},
        {"yard_p99", "containers", "terminal", "its 99th percentile over time"},
        {"waiting_time", "container-h", "total, CAUSE, CAUSE.PLACE; with --explain",
         "time containers waited in the period, by cause"},
        {"journey_time", "container-h", "total, USE, USE.PLACE; with --explain",
         "time containers were moved, handled or transferred in the period"},
        {"yard_max", "containers", "terminal", "the most seen, sampled every 70 minutes"},
        {"empties_mean", "containers", "terminal.SIZE", "time average of the stock of empties (ft20, ft40, ft45)"},
        {"empties_min", "containers", "terminal.SIZE", "its least"},
        {"empties_at_end", "containers", "terminal.SIZE", "the stock at the end of the period"},
        {"shortages", "containers", "total, demand", "containers released that found no empty"},
        {"shortage_share", "share", "total, demand", "of those released, of demands that take empties"},
        {"empties_missing_at_end", "containers", "total, demand", "waiting for an empty at the end of the period"},
        {"empty_wait_mean", "h", "demand", "mean time from release until an empty is there, 0 where it is at once"},
        {"empty_wait_p95", "h", "demand", "its 95th percentile over containers"},
        {"empty_wait_max", "h", "demand", "the longest"},
        {"empties_repositioned", "containers", "total", "empties that came where they were sent"},
        {"empties_repositioned_teu", "TEU", "total", "the same in TEU"},
        {"empties_repositioned_teu_km", "TEU-km", "total",
         "TEU loaded to be repositioned times the distance of their ride"},
        {"cost", "money", "total, demand", "what the cargo pays: rides, lifts, storage and road"},
        {"cost_per_teu", "money/TEU", "total, demand", "the same per TEU that set out"},
        {"cost_of_rides", "money", "total, demand, ride", "tariffs, or shares of running_cost where there are none"},
        {"cost_of_lifts", "money", "total, demand, terminal, ride", "what lifts cost; of a ride, at both its ends"},
        {"cost_of_storage", "money", "total, demand, terminal, ride", "time in the yard; of a ride, before it"},
        {"cost_of_road", "money", "total, demand", "what goes by road"},
        {"running_cost", "money", "service, ride", "departures, vehicle-km and charter; of a ride, its share"},
        {"running_cost_per_teu", "money/TEU", "service", "the same per TEU loaded"},
        {"tariff_income", "money", "service", "what the cargo pays the service"},
        {"containers_carried", "containers", "ride, demand.road", "containers that set out on the ride"},
        {"teu_carried", "TEU", "ride, demand.road", "the same in TEU"},
        {"tonnes_carried", "t", "ride, demand.road", "the same in tonnes, boxes included"},
        {"ride_length", "km", "ride, demand.road", "its length"},
        {"tonne_km", "t-km", "total, demand, service, ride, demand.road", "tonnes times the length of their ride"},
        {"vehicle_trips", "departures", "service, ride",
         "departures, in parts by km at stops on the way; of a ride, its share by TEU on board"},
        {"vehicle_km", "km", "service, ride", "of that; of a service, without load too"},
        {"vehicle_km_empty", "km", "service", "of that, without load"},
        {"rides_lifted", "containers", "facility", "lifts of the rides that left, without background calls"},
        {"rides_lifted_teu", "TEU", "facility", "the same in TEU"},
        {"visits", "containers", "terminal", "containers that passed, each once a visit"},
        {"visits_teu", "TEU", "terminal", "the same in TEU"},
        {"visits_tonnes", "t", "terminal", "the same in tonnes"},
        {"storage_teu_days", "TEU-d", "terminal, ride", "time in the yard beyond the free time; of a ride, before it"},
        {"energy_used", "energy", "service, ride",
         "in the unit of the emission factors; of a ride, by its share of tonne_km, empty running included"},
        {"emissions", "t CO2e", "total, demand, service, terminal, ride, demand.road", "well to wheel"},
        {"emissions_wtt", "t CO2e", "as emissions", "of that, well to tank"},
        {"emissions_ttw", "t CO2e", "as emissions", "of that, tank to wheel"},
        {"emissions_per_teu", "kg CO2e/TEU", "total, demand", "emissions per TEU that set out"},
        {"emissions_per_tonne_km", "g CO2e/t-km", "total, demand, service", "emissions over tonne_km"},
        {"containers_lost", "containers", "total, demand", "containers turned away because the yard was full"},
        {"lost_share", "share", "demand", "containers_lost over containers_released"},
        {"yard_utilisation", "share", "terminal", "room in use, or kept for who is to come, over the yard's capacity"},
        {"yard_full_share", "share", "terminal", "share of time without room for one more TEU"},
        {"landing_wait_mean", "h", "terminal",
         "mean time that a container on board of a vehicle at its berth waits for room in the yard"},
        {"landing_queue_mean", "containers", "terminal", "time average number of them"},
        {"yard_stuck_time", "h", "terminal",
         "at the end of the period, how long somebody has waited and no room was given or freed"},
        {"outside_wait_mean", "h", "terminal", "mean time from release until let in, of those let in"},
        {"outside_wait_p95", "h", "terminal", "its 95th percentile over containers"},
        {"outside_for_gate_mean", "containers", "terminal", "time average number outside while the gate is closed"},
        {"outside_for_room_mean", "containers", "terminal",
         "time average number outside while the gate is open and the yard full"},
        {"waiting_for_room_at_end", "containers", "terminal",
         "containers that wait for room or the gate at the end of the period"},
        {"collection_for_gate_mean", "containers", "terminal",
         "time average number to be collected that wait for the gate"},
        {"direct_transfers", "containers", "terminal",
         "containers that went from vessel to train, or back, in one lift"},
        {"vehicles_blocked_mean", "vehicles", "facility",
         "time average number at berths with containers that the yard has no room for"},
        {"crane_blocked_share", "share", "facility",
         "share of crane time in which a crane holds a container that the next yard has no room for"},
        {"link_passages", "vehicles", "link.direction", "vehicles that passed a link where they may have to wait"},
        {"link_wait_mean", "h", "link.direction", "mean time that they waited to enter it or its sections"},
        {"link_wait_p95", "h", "link.direction", "its 95th percentile over passages"},
        {"path_wait_mean", "h", "link.direction", "of that, for a path or the headway to the vehicle ahead"},
        {"section_wait_mean", "h", "link.direction", "of that, for vehicles of the other direction"},
        {"closure_wait_mean", "h", "link.direction", "of that, for the link to open"},
        {"depth_wait_mean", "h", "link.direction", "of that, for the water to be deep enough"},
        {"depth_payload_mean", "t", "stop", "mean of what the depth on the way allows a vessel to carry at departure"},
        {"depth_bound_share", "share", "stop",
         "share of departures that left containers behind where the depth allows less than the payload"},
        {"lock_wait_mean", "h", "lock; direction", "mean time from a vessel's arrival until its lockage begins"},
        {"lock_wait_p95", "h", "lock; direction", "its 95th percentile over vessels"},
        {"lock_queue_mean", "vehicles", "lock; direction", "time average number of vessels that wait"},
        {"lockages", "lockages", "lock; direction", "lockages begun, with vessels"},
        {"lock_turns", "lockages", "lock; direction", "chambers sent empty to fetch vessels (two-way operation)"},
        {"vessels_per_lockage", "vehicles", "lock; direction", "mean number of vessels in a lockage"},
        {"lock_utilisation", "share", "lock; direction of one-way operation",
         "share of chamber time taken, turns and returns included"},
        {"disruptions_begun", "disruptions", "disruption", "how often it begins, each of its parts counted"},
        {"disrupted_share", "share", "disruption", "share of time in which it holds, for any of its parts"},
        {"throughput_lost", "containers", "total, demand", "containers delivered less than without disruptions"},
        {"backlog_most", "containers", "total", "the most containers more in the system than without disruptions"},
        {"time_to_recover_mean", "h", "total",
         "mean time from the start of a disruption until the backlog is gone, 0 where there was none"},
        {"time_to_recover_max", "h", "total", "the longest"},
        {"disruptions_unfinished", "disruptions", "total",
         "1 where a backlog is left at the end of the period, else 0"},
    };
    return all;
}

}  // namespace corridor
