#include "replication.h"

#include <algorithm>

namespace corridor::engine {

using model::Dispatch;
using model::Model;

namespace {

// A few kilobytes of state for each stop, its queue, its facility and its demand: more than this leave the L2 cache.
constexpr std::size_t kManyStops = 256;

}  // namespace

Replication::Replication(const Model& model)
    : model_(model), tally_(model), disruptions_(model), stops_(model.stops.size()) {
    for (const model::Facility& facility : model.facilities) {
        const auto& open = model.terminals[facility.terminal].open;
        facilities_.push_back({0,
                               {},
                               CranePoolState(facility.cranes, open, model.window.to),
                               Stream{0},
                               facility.in_turn ? std::make_unique<CraneQueue>(facility) : nullptr});
    }
    for (const model::Line& line : model.lines) {
        lines_.push_back({.times = DepartureTimes(line.timetable)});
    }
    for (const model::Demand& demand : model.demands) {
        demands_.push_back({.releases = ReleaseStream(demand)});
        if (demand.road_time) {
            demands_.back().by_road = to_tick(moments(*demand.road_time).mean) + demand.road_surcharge;
        }
    }
    pools_.resize(model.pools.size());
    backgrounds_.resize(model.backgrounds.size());
    solo_.resize(model.terminals.size());
    yards_.resize(model.terminals.size());
    locks_.resize(model.locks.size());
    sections_.resize(model.sections.size());
    next_paths_.resize(model.links.size());
    for (std::size_t f = 0; f < model.facilities.size(); ++f) {
        const model::Facility& facility = model.facilities.items()[f];
        if (facility.in_turn) {
            solo_[facility.terminal.index()].facilities_in_turn.push_back(static_cast<std::uint32_t>(f));
        }
    }
    stocks_.resize(tally_.empties.size());
    is_large_ = model.stops.size() > kManyStops;
    connect();
    connect_locks();
}

RunStatus Replication::run(std::uint64_t seed, std::uint64_t number, const std::atomic<bool>* stop) {
    stop_ = stop;
    RunStatus status = simulate(seed, number);
    while (status.state == RunState::complete && was_short_of_room()) {  // which may fill another yard
        status = simulate(seed, number);
    }
    return status;
}

RunStatus Replication::simulate(std::uint64_t seed, std::uint64_t number) {
    reset(seed, number);
    schedule_first_events();
    while (!events_.empty() && events_.next().time < model_.window.to && status_.state == RunState::complete) {
        if (is_stopped()) {
            return {.state = RunState::cancelled, .reason = {}, .at = now_};
        }
        const Event event = events_.pop();
        if (event.time < now_) {
            hold(check_clock(now_, event.time));
            break;
        }
        now_ = event.time;
        began_at_ = event.kind > EventKind::starting ? now_ : began_at_;
        if (event.kind >= EventKind::containers) {
            reach(event.kind == EventKind::containers ? event.entity : solo_.size(), Part::ends);
        }
        if (is_large_) {
            look_ahead(event);
        }
        dispatch(event);
    }
    if (status_.state == RunState::complete) {
        now_ = model_.window.to;
        close_books();
        count_outstanding();
        status_ = audit();
    }
    return status_;
}

void Replication::reset(std::uint64_t seed, std::uint64_t number) {
    seed_ = seed;
    number_ = number;
    tally_.reset(model_);
    events_.clear();
    now_ = 0;
    began_at_ = reached_at_ = -1;
    status_ = {};
    fingerprint_ = 0;
    solo_moves_ = 0;
    vehicle_count_ = 0;
    retired_.clear();
    disruptions_.draw(seed, number);
    tell([&](Observer& observer) { observer.begin(disruptions_); });
    reset_facilities(seed, number);
    for (StopState& stop : stops_) {
        stop.line.clear();
        std::for_each(stop.behind.begin(), stop.behind.end(), [](WaitingLine& line) { line.clear(); });
    }
    reset_lines(seed, number);
    for (std::size_t p = 0; p < pools_.size(); ++p) {
        pools_[p] = {.available = model_.pools.items()[p].at_start, .coming = 0, .runs = 0};
    }
    for (std::size_t d = 0; d < demands_.size(); ++d) {
        demands_[d].releases.reset(seed, number);
        const model::Demand& demand = model_.demands.items()[d];
        demands_[d].collection = make_stream(seed, number, demand.collection_stream);
        demands_[d].choice = make_stream(seed, number, demand.choice_stream);
        demands_[d].road = make_stream(seed, number, demand.road_stream);
        demands_[d].moves = make_stream(seed, number, demand.move_stream);
        demands_[d].patience = make_stream(seed, number, demand.patience_stream);
        demands_[d].emptied = make_stream(seed, number, demand.emptied_stream);
    }
    for (std::size_t b = 0; b < backgrounds_.size(); ++b) {
        backgrounds_[b] = {make_stream(seed, number, model_.backgrounds.items()[b].stream), 0, 0.0};
    }
    for (StockState& stock : stocks_) {
        stock.on_the_way = 0;
        stock.waiting.clear();
    }
    next_review_ = 0;
    reset_yards();
    for (std::size_t t = 0; t < solo_.size(); ++t) {
        SoloTerminal& terminal = solo_[t];
        terminal.lets_in_late =
            terminal.may_let_in_late && !is_observed() && limit_of(Id<model::Terminal>{t}) == nullptr;
        terminal.stacks_late = terminal.may_stack_late && !is_observed() && limit_of(Id<model::Terminal>{t}) == nullptr;
        if (terminal.stacks_late) {
            queue_of(model_.terminals.items()[t].yard_cranes)->clear(CraneQueue::Start::late);
        }
        terminal.moves.clear();
        terminal.starts_later = false;
        terminal.scheduled = kNever;
    }
    reset_sections();
    reset_locks(seed, number);
}

void Replication::reset_facilities(std::uint64_t seed, std::uint64_t number) {
    for (std::size_t f = 0; f < facilities_.size(); ++f) {
        const model::Facility& facility = model_.facilities.items()[f];
        facilities_[f].busy = 0;
        facilities_[f].queue.clear();
        facilities_[f].cranes.reset(make_stream(seed, number, facility.cranes.stream));
        if (CraneTimes* const times = facilities_[f].cranes.times()) {
            const bool is_disrupted = facility.cranes.is_disrupted;
            times->draw(seed, number, is_disrupted ? &disruptions_.at(Id<model::Facility>{f}).cranes : nullptr);
            times->count(model_.window, tally_.breakdowns[Id<model::Facility>{f}]);
        }
        if (facilities_[f].queue_of_moves) {
            facilities_[f].queue_of_moves->clear(is_observed() ? CraneQueue::Start::in_time : facilities_[f].start);
            facilities_[f].fingerprint = 0;
        }
        facilities_[f].entry = make_stream(seed, number, facility.entry_stream);
        if (facility.tugs) {
            facilities_[f].free_tugs = facility.tugs->count;
            facilities_[f].waiting_for_tugs.clear();
            facilities_[f].leaving = make_stream(seed, number, facility.tugs->leaving_stream);
        }
    }
}

void Replication::reset_lines(std::uint64_t seed, std::uint64_t number) {
    for (std::size_t l = 0; l < lines_.size(); ++l) {
        lines_[l].times.reset(seed, number, model_.window);
        tally_.lines.items()[l].cancelled = lines_[l].times.cancelled();
        lines_[l].next_departure = 0;
        lines_[l].due.clear();
        lines_[l].held.clear();
        lines_[l].suspended.clear();
        lines_[l].called = 0;
        lines_[l].next_check = kNever;
        lines_[l].missing_quarters = 0;
        lines_[l].trips = lines_[l].alike = 0;
        lines_[l].last_scheduled = -1;
        lines_[l].last_departure = lines_[l].cast_off = kLongAgo;
        lines_[l].casting_off.clear();
    }
}

void Replication::schedule_first_events() {
    schedule_restoration(0);
    for (std::size_t l = 0; l < lines_.size(); ++l) {
        const model::Line& line = model_.lines.items()[l];
        if (line.dispatch == Dispatch::timetable) {
            // A list that would have closed before the origin is not served.
            lines_[l].next_departure = lines_[l].times.first_number_from(line.cut_off);
            schedule_closing(Id<model::Line>{l});
        } else if (model_.lines.items()[l].dispatch == Dispatch::on_demand) {
            schedule_load_check(Id<model::Line>{l}, 0);
        }
    }
    for (std::size_t b = 0; b < backgrounds_.size(); ++b) {
        schedule_background(Id<model::Background>{b});
    }
    for (std::size_t l = 0; l < locks_.size(); ++l) {
        for (const model::Direction direction : scenario::kDirections) {
            schedule_lock_traffic(Id<model::Lock>{l}, direction);
        }
    }
    for (std::size_t t = 0; t < solo_.size(); ++t) {
        schedule_solo(Id<model::Terminal>{t});
    }
    if (!model_.empties.ways.empty()) {
        events_.schedule(0, EventKind::review, 0);
    }
    for (std::size_t l = 0; l < lines_.size(); ++l) {
        const model::Line& line = model_.lines.items()[l];
        const bool leaves_when_ready = line.dispatch == Dispatch::when_ready && !is_closed(Id<model::Line>{l});
        while (leaves_when_ready && pools_[line.pool.index()].available > 0 &&
               may_send(model_.pools[line.pool].fleet)) {
            --pools_[line.pool.index()].available;
            start_trip(Id<model::Line>{l}, 0);
        }
    }
}

void Replication::dispatch(const Event& event) {
    switch (event.kind) {
        case EventKind::restored:
            return on_restored(event.entity);
        case EventKind::on_way:
            return on_way(event.entity);
        case EventKind::lock_traffic:
            return on_lock_traffic(event.entity);
        case EventKind::section:
            return on_section(Id<model::Section>{event.entity});
        case EventKind::arrival:
            return on_arrival(event.entity);
        case EventKind::entered:
            return on_entered(event.entity);
        case EventKind::handled:
            return on_handled(event.entity);
        case EventKind::vehicle_ready:
            return on_vehicle_ready(Id<model::Pool>{event.entity});
        case EventKind::background_call:
            return on_background_call(Id<model::Background>{event.entity});
        case EventKind::containers:
            return on_containers(Id<model::Terminal>{event.entity});
        case EventKind::review:
            return on_review();
        case EventKind::closing:
            return on_closing(Id<model::Line>{event.entity});
        case EventKind::load_check:
            return on_load_check(Id<model::Line>{event.entity});
        case EventKind::loading:
            return on_loading(event.entity);
        case EventKind::starting:
            return on_starting(Id<model::Terminal>{event.entity});
        case EventKind::leaving:
            return on_leaving(event.entity);
        case EventKind::cleared:
            return on_cleared(event.entity);
        case EventKind::lockage:
            return on_lockage(Id<model::Lock>{event.entity});
    }
}

/// Departures that are due, held for a load or being prepared at the horizon, and vehicles in the queues for berths.
void Replication::count_outstanding() {
    for (std::size_t l = 0; l < lines_.size(); ++l) {
        const auto in_period = [this](Tick due) { return inside(model_.window, due); };
        const bool has_timetable = model_.lines.items()[l].dispatch == Dispatch::timetable;
        for (const std::deque<Tick>* waiting : {&lines_[l].due, &lines_[l].held, &lines_[l].suspended}) {
            if (!has_timetable) {
                continue;
            }
            tally_.lines.items()[l].outstanding +=
                static_cast<std::uint64_t>(std::count_if(waiting->begin(), waiting->end(), in_period));
        }
    }
    for (std::size_t v = 0; v < vehicle_count_; ++v) {
        const Vehicle& vehicle = vehicles_[v];
        const bool prepares = vehicle.line.valid() && vehicle.first_left < 0;
        if (prepares && model_.lines[vehicle.line].dispatch == Dispatch::timetable) {
            tally_.lines[vehicle.line].outstanding += inside(model_.window, vehicle.scheduled) ? 1U : 0U;
        }
    }
    for (std::size_t f = 0; f < facilities_.size(); ++f) {
        tally_.facilities.items()[f].queue_at_end = facilities_[f].queue.size();
    }
}

/// Draws everyone released until the horizon and counts what is still under way there.
void Replication::close_books() {
    const Tick last = model_.window.to - 1;
    close_queues();
    for (std::size_t t = 0; t < solo_.size(); ++t) {
        let_in_late(Id<model::Terminal>{t}, last);
    }
    for (std::size_t s = 0; s < stops_.size(); ++s) {
        for (const std::uint32_t demand : stops_[s].feeders) {
            if (demands_[demand].releases.next() <= last) {
                collect_releases(Id<model::Stop>{s});
                break;
            }
        }
    }
    for (StopState& stop : stops_) {
        if (stop.has_impatient) {
            dismiss_impatient(stop, model_.window.to);
        }
    }
    count_waiting_for_room();
    for (StockLevel& level : tally_.empties) {
        level.hold_until(model_.window.to);
    }
    if (is_observed()) {
        tell_who_is_left();
    }
    count_waiting_for_locks();
    for (std::size_t s = 0; s < stops_.size(); ++s) {
        const Id<model::Terminal> terminal = model_.stops.items()[s].terminal;
        if (waits_are_dwells(model_.terminals[terminal])) {
            tally_.terminals[terminal].dwell.merge(tally_.stops.items()[s].wait);
        }
    }
    for (std::size_t v = 0; v < vehicle_count_; ++v) {
        const Vehicle& vehicle = vehicles_[v];
        if (vehicle.line.valid() && model_.lines[vehicle.line].pool.valid()) {
            const Id<model::Fleet> fleet = model_.services[model_.lines[vehicle.line].service].fleet;
            count_fleet_time(fleet, vehicle.trip_began, model_.window.to);
        }
        if (vehicle.empty_run != nullptr) {
            count_empty_run(vehicle, model_.window.to);
        }
        if (vehicle.entered >= 0) {
            count_berth_time(facility_of(vehicle), vehicle.entered, model_.window.to);
        }
    }
}

}  // namespace corridor::engine
