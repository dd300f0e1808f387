// Vehicles that wait for departures, departures that wait for vehicles, and empty runs.
#include <optional>
#include <utility>

#include "simulation.h"
#include "window.h"

namespace corridor::reference {

bool Simulation::fetches_vehicles(Id<model::Pool> pool) const {
    return model_.fleets[model_.pools[pool].fleet].repositioning == model::EmptyRuns::on_demand;
}

std::size_t Simulation::earliest_due(Id<model::Pool> pool) const {
    std::size_t earliest = kNone;
    for (const Id<model::Line> id : model_.pools[pool].lines) {
        const std::deque<Tick>& due = lines_[id.index()].due;
        if (due.empty()) continue;
        if (earliest == kNone || due.front() < lines_[earliest].due.front()) earliest = id.index();
    }
    return earliest;
}

std::size_t Simulation::departures_due(Id<model::Pool> pool) const {
    std::size_t sum = 0;
    for (const Id<model::Line> id : model_.pools[pool].lines) sum += lines_[id.index()].due.size();
    return sum;
}

std::optional<std::pair<std::size_t, Tick>> Simulation::next_departure(Id<model::Pool> pool) {
    if (const std::size_t earliest = earliest_due(pool); earliest != kNone) {
        const Tick departure = lines_[earliest].due.front();
        lines_[earliest].due.pop_front();
        return std::pair(earliest, departure);
    }
    for (const Id<model::Line> id : model_.pools[pool].lines) {
        if (line(id.index()).dispatch == model::Dispatch::on_demand && load_is_ready(id.index())) {
            return std::pair(id.index(), now_);
        }
    }
    return std::nullopt;
}

void Simulation::on_ready(std::size_t pool) {
    const Id<model::Pool> id{pool};
    --pools_[pool].coming;
    if (const auto next = next_departure(id)) return start_trip(next->first, next->second);
    ++pools_[pool].there;
    switch (model_.fleets[model_.pools[id].fleet].repositioning) {
        case model::EmptyRuns::none:
            return;
        case model::EmptyRuns::on_demand:
            return find_departure(id);
        case model::EmptyRuns::home:
            return go_home(id);
    }
}

const model::Pool::EmptyRun* Simulation::nearest_run(Id<model::Pool> to) const {
    const model::Pool::EmptyRun* nearest = nullptr;
    for (const Id<model::Pool> from : model_.fleets[model_.pools[to].fleet].pools) {
        for (const model::Pool::EmptyRun& run : model_.pools[from].runs) {
            const bool may_go = run.to == to && pools_[from.index()].there > 0;
            if (may_go && (nearest == nullptr || run.time < nearest->time)) nearest = &run;
        }
    }
    return nearest;
}

bool Simulation::fetch_vehicle(Id<model::Pool> to) {
    if (!fetches_vehicles(to)) return false;
    if (pools_[to.index()].coming > departures_due(to)) return true;
    const model::Pool::EmptyRun* const run = nearest_run(to);
    if (run != nullptr) begin_empty_run(*run);
    return run != nullptr;
}

/// Where one has waited longest.
void Simulation::find_departure(Id<model::Pool> from) {
    const model::Pool::EmptyRun* best = nullptr;
    std::optional<Tick> earliest;
    for (const model::Pool::EmptyRun& run : model_.pools[from].runs) {
        const std::size_t l = earliest_due(run.to);
        if (l == kNone || departures_due(run.to) <= pools_[run.to.index()].coming) continue;
        if (earliest && *earliest <= lines_[l].due.front()) continue;
        earliest = lines_[l].due.front();
        best = &run;
    }
    if (best != nullptr) begin_empty_run(*best);
}

void Simulation::go_home(Id<model::Pool> from) {
    if (pools_[from.index()].there <= model_.pools[from].at_start) return;
    for (const model::Pool::EmptyRun& run : model_.pools[from].runs) {
        const Pool& there = pools_[run.to.index()];
        if (there.there + there.coming < model_.pools[run.to].at_start) return begin_empty_run(run);
    }
}

void Simulation::begin_empty_run(const model::Pool::EmptyRun& run) {
    Pool& from = pools_[run.from.index()];
    --from.there;
    ++pools_[run.to.index()].coming;
    Fleet& fleet = fleets_[model_.pools[run.from].fleet.index()];
    fleet.empty_runs += is_inside(window_, now_) ? 1 : 0;
    if (run.way.empty()) {
        fleet.busy += overlap(window_, now_, now_ + run.time);
        return schedule(now_ + run.time, Kind::is_ready, run.to.index(), run.to.index());
    }
    Vehicle vehicle;
    vehicle.empty_run = &run;
    vehicle.rank = std::uint64_t{lines_.size() + model_.backgrounds.size() + run.from.index()} << 40 | from.runs++;
    vehicle.trip = from.runs - 1;
    vehicle.trip_began = now_;
    vehicle.is_on_trip = false;
    vehicles_.push_back(vehicle);
    schedule_vehicle(now_, Kind::goes_on, vehicles_.size() - 1);
}

void Simulation::end_empty_run(Vehicle& vehicle) {
    const std::size_t pool = vehicle.empty_run->to.index();
    fleets_[model_.pools[vehicle.empty_run->to].fleet.index()].busy += overlap(window_, vehicle.trip_began, now_);
    vehicle.empty_run = nullptr;
    schedule(now_, Kind::is_ready, pool, pool);
}

}  // namespace corridor::reference
