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

void Replication::connect() {
    std::vector<std::size_t> legs_on_line(model_.lines.size());
    for (const model::Leg& leg : model_.legs) {
        ++legs_on_line[leg.line.index()];
        StopState& stop = stops_[leg.board.index()];
        for (const model::BoxClass& box_class : model_.demands[leg.demand].classes) {
            const std::uint32_t quarters = box_class.quarters;
            const bool none_yet = stop.largest_quarters == 0;
            stop.smallest_quarters = none_yet ? quarters : std::min(stop.smallest_quarters, quarters);
            stop.largest_quarters = std::max(stop.largest_quarters, quarters);
            const auto is_alike = [&](const model::BoxClass& other) { return other.size == box_class.size; };
            const auto alike = std::find_if(stop.lightest.begin(), stop.lightest.end(), is_alike);
            if (alike == stop.lightest.end()) {
                stop.lightest.push_back(box_class);
            } else if (box_class.tonnes < alike->tonnes) {
                *alike = box_class;
            }
        }
    }
    for (const model::Leg& leg : model_.legs) {
        sole_leg_.push_back(legs_on_line[leg.line.index()] == 1 ? 1 : 0);
        StopState& stop = stops_[leg.board.index()];
        stop.first_rank = std::min(stop.first_rank, model_.demands[leg.demand].rank);
    }
    for (const model::Leg& leg : model_.legs) {
        StopState& stop = stops_[leg.board.index()];
        const std::size_t lines_behind = model_.demands[leg.demand].rank - stop.first_rank;
        stop.behind.resize(std::max(stop.behind.size(), lines_behind));
    }
    connect_impatient();
    connect_cranes();
    for (std::size_t d = 0; d < demands_.size(); ++d) {
        connect_demand(Id<model::Demand>{d});
    }
    connect_gates();
}

/// Finds the legs that containers of limited patience wait for from their release on.
void Replication::connect_impatient() {
    impatient_leg_.assign(model_.legs.size(), 0);
    for (const model::Demand& demand : model_.demands) {
        for (const model::Itinerary& itinerary : demand.itineraries) {
            if (demand.patience) {
                impatient_leg_[itinerary.first.index()] = 1;
                stops_[model_.legs[itinerary.first].board.index()].has_impatient = true;
            }
        }
    }
}

/// Finds whose moves can be planned ahead: those of vehicles, if the cranes alone decide how long they take; and those
/// of yard cranes, unless some go before others or lose patience.
void Replication::connect_cranes() {
    using Start = CraneQueue::Start;
    for (std::size_t f = 0; f < facilities_.size(); ++f) {
        const model::Facility& facility = model_.facilities.items()[f];
        const bool may_plan = facility.in_turn && !facility.in_yard && !facility.may_hold;
        facilities_[f].start = may_plan ? Start::ahead : facility.in_yard ? Start::in_order : Start::in_time;
    }
    std::vector<std::uint32_t> ranks(model_.terminals.size(), ~0U);
    for (const model::Leg& leg : model_.legs) {
        const model::Demand& demand = model_.demands[leg.demand];
        const bool is_alone = model_.lines[leg.line].dispatch == Dispatch::continuous;
        for (const Id<model::Stop> stop : {leg.board, leg.alight}) {
            const model::Terminal& terminal = model_.terminals[model_.stops[stop].terminal];
            std::uint32_t& rank = ranks[model_.stops[stop].terminal.index()];
            const bool is_other_rank = rank != ~0U && rank != demand.rank;
            rank = demand.rank;
            if (terminal.yard_cranes.valid() && (is_other_rank || demand.patience)) {
                facilities_[terminal.yard_cranes.index()].start = Start::in_time;
            }
            if (is_alone || demand.move_time) {
                facilities_[model_.stops[stop].facility.index()].start = Start::in_time;
            }
        }
    }
}

/// Whether containers of a demand can meet none but each other in the queues they look at: then all they see is known
/// when a vehicle asks for them.
bool Replication::sees_its_own_alone(const model::Demand& demand) const {
    return !demand.patience && std::ranges::all_of(demand.itineraries, [this](const model::Itinerary& itinerary) {
        const model::Leg& leg = model_.legs[itinerary.first];
        return !leg.next.valid() && sole_leg_[itinerary.first.index()] != 0 &&
               model_.lines[leg.line].minimum_quarters == 0;
    });
}

/// Finds whether a demand is stepped by its terminal, or else which stops it feeds.
void Replication::connect_demand(Id<model::Demand> id) {
    const model::Demand& demand = model_.demands[id];
    const auto is_continuous = [this](const model::Itinerary& itinerary) {
        return model_.lines[model_.legs[itinerary.first].line].dispatch == Dispatch::continuous;
    };
    // Who looks at the queues of others has to be released in its turn, not when a vehicle asks.
    const bool looks =
        demand.choice == model::RouteChoice::adaptive && demand.has_alternatives() && !sees_its_own_alone(demand);
    // An empty is taken, or comes back by road, at an instant of its own.
    const bool moves_empties = demand.takes_empties || (demand.returns_empties && demand.road_time);
    // Who waits for room or for the gate is let in in its turn.
    const bool is_let_in = model_.terminals[demand.from].lets_in();
    if (demand.repositions) {
        return;
    }
    if (looks || moves_empties || is_let_in ||
        std::any_of(demand.itineraries.begin(), demand.itineraries.end(), is_continuous)) {
        solo_[demand.from.index()].demands.push_back(id.index());
        return;
    }
    for (const model::Itinerary& itinerary : demand.itineraries) {
        StopState& stop = stops_[model_.legs[itinerary.first].board.index()];
        if (stop.feeders.empty() || stop.feeders.back() != id.index()) {
            stop.feeders.push_back(id.index());
        }
        const bool alone = !demand.has_alternatives() && sole_leg_[itinerary.first.index()] != 0;
        stop.order = alone ? Order::by_time : Order::any;
    }
}

RunStatus Replication::run(std::uint64_t seed, std::uint64_t number, const std::atomic<bool>* stop) {
    stop_ = stop;
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
        ends_came_at_ = event.kind >= EventKind::containers ? now_ : ends_came_at_;
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
    began_at_ = ends_came_at_ = -1;
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
    for (SoloTerminal& terminal : solo_) {
        terminal.moves.clear();
        terminal.starts_later = false;
        terminal.scheduled = kNever;
        terminal.lets_in_late = terminal.may_let_in_late && !is_observed();
        terminal.has_room_for_all = false;
        terminal.next_look = 0;
    }
    std::for_each(yards_.begin(), yards_.end(), [](YardState& yard) { yard.clear(); });
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
        case EventKind::arrival:
            return on_arrival(event.entity);
        case EventKind::on_way:
            return on_way(event.entity);
        case EventKind::lock_traffic:
            return on_lock_traffic(event.entity);
        case EventKind::section:
            return on_section(Id<model::Section>{event.entity});
        case EventKind::lockage:
            return on_lockage(Id<model::Lock>{event.entity});
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
            tally_.fleets[fleet].busy_ms += clipped(model_.window, vehicle.trip_began, model_.window.to);
        }
        if (vehicle.empty_run != nullptr) {
            count_empty_run(vehicle, model_.window.to);
        }
        if (vehicle.entered >= 0) {
            tally_.facilities[facility_of(vehicle)].berth_busy_ms +=
                clipped(model_.window, vehicle.entered, model_.window.to);
        }
    }
}

}  // namespace corridor::engine
