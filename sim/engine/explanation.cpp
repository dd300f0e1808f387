#include "explanation.h"

#include <algorithm>
#include <numeric>

#include "model/calendar.h"
#include "replication.h"

namespace corridor::engine {
namespace {

using model::Dispatch;

std::size_t places_of(const model::Model& model, TimeUsePlace kind) {
    switch (kind) {
        case TimeUsePlace::boarding_stop:
            return model.stops.size();
        case TimeUsePlace::facility:
            return model.facilities.size();
        case TimeUsePlace::terminal:
            return model.terminals.size();
        case TimeUsePlace::line:
            return model.lines.size();
        case TimeUsePlace::demand:
            break;
    }
    return model.demands.size();
}

}  // namespace

TimeAccounts::TimeAccounts(const model::Model& model) {
    for (std::size_t use = 0; use < kTimeUses; ++use) {
        accounts_[use].assign(places_of(model, time_uses()[use].place), 0);
    }
}

void TimeAccounts::clear() {
    for (auto& account : accounts_) {
        std::fill(account.begin(), account.end(), 0);
    }
}

std::int64_t TimeAccounts::spent(TimeUse use) const {
    const auto& account = accounts_[static_cast<std::size_t>(use)];
    return std::accumulate(account.begin(), account.end(), std::int64_t{0});
}

std::int64_t TimeAccounts::total() const {
    std::int64_t total = 0;
    for (std::size_t use = 0; use < kTimeUses; ++use) {
        total += spent(static_cast<TimeUse>(use));
    }
    return total;
}

Explanation::Explanation(const model::Model& model)
    : model_(model), accounts_(model), told_(model.demands.size()), loadings_(model.stops.size()), closed_(model) {
    for (const model::Leg& leg : model.legs) {
        places_.push_back({.demand = leg.demand.index(),
                           .stop = leg.board.index(),
                           .counts = !model.demands[leg.demand].repositions});
    }
}

void Explanation::begin(const Disruptions& disruptions) {
    closed_.draw(disruptions);
    accounts_.clear();
    calls_.clear();
    too_late_.clear();
    left_for_depth_.clear();
    for (auto& times : told_) {
        times.clear();
    }
    for (auto& loadings : loadings_) {
        loadings.clear();
    }
}

Explanation::Call& Explanation::call_of(std::uint32_t vehicle) {
    calls_.resize(std::max<std::size_t>(calls_.size(), std::size_t{vehicle} + 1));
    return calls_[vehicle];
}

Explanation::History Explanation::history_of(const Box& box) {
    const LegPlace& place = places_[box.leg];
    return {.told = told_[place.demand][box.number],
            .key = std::uint64_t{place.demand} << 32U | box.number,
            .stop = place.stop,
            .containers = place.counts ? 1 : 0};
}

Explanation::History Explanation::history_of(Call& call) {
    return {.told = call.told, .key = 0, .stop = 0, .containers = call.on_board};
}

/// Told at that instant, or before it.
void Explanation::becomes_ready(const History& history, Tick ready) {
    const auto& loadings = loadings_[history.stop];
    if (!loadings.empty() && loadings.back().began == ready) {
        too_late_.insert(history.key);
    }
}

std::size_t Explanation::facility_of(const Vehicle& vehicle) const {
    return model_.stops[vehicle.stop].facility.index();
}

void Explanation::book(const History& history, TimeUse use, std::size_t place, Tick time) {
    accounts_.add(use, place, history.containers * time);
}

/// What the container did until then; nothing where that has been told already.
void Explanation::spend(const History& history, TimeUse use, std::size_t place, Tick until) {
    if (until <= history.told) {
        return;
    }
    book(history, use, place, clipped(model_.window, history.told, until));
    history.told = until;
}

/// The same, where `closed` of the time in the window was for a closure.
void Explanation::spend_parted(const History& history, TimeUse use, std::size_t place, Tick until, Tick closed,
                               TimeUse closure, std::size_t closed_place) {
    book(history, closure, closed_place, closed);
    book(history, use, place, clipped(model_.window, history.told, until) - closed);
    history.told = until;
}

model::Window Explanation::measured(const History& history, Tick until) const {
    return {std::max(history.told, model_.window.from), std::min(until, model_.window.to)};
}

/// A wait for a berth or crane, or while cranes work: for as long as they do not, it is for the terminal to open.
void Explanation::spend_at_facility(const History& history, TimeUse use, std::size_t facility, Tick until) {
    if (until <= history.told) {
        return;
    }
    const Tick closed = closed_.at_facility(facility, measured(history, until));
    spend_parted(history, use, facility, until, closed, TimeUse::closed_terminal, facility);
}

TimeUse Explanation::use_of_crane(std::size_t facility) const {
    return model_.facilities.items()[facility].in_yard ? TimeUse::yard_crane : TimeUse::crane;
}

/// A wait for a vehicle to be sent: for as long as none is, since the service is closed, it is for that.
void Explanation::spend_ashore(const History& history, TimeUse use, Tick until) {
    if (until <= history.told) {
        return;
    }
    const Id<model::Stop> stop{history.stop};
    const model::Window wait = measured(history, until);
    const Tick closed = use == TimeUse::fleet ? closed_.while_due(stop, wait) : closed_.before_next(stop, wait);
    const std::size_t line = model_.stops[stop].line.index();
    spend_parted(history, use, use == TimeUse::depth ? line : stop.index(), until, closed, TimeUse::closure, line);
}

void Explanation::released(Id<model::Demand> demand, const Box& box) {
    std::vector<Tick>& times = told_[demand.index()];
    times.resize(std::max<std::size_t>(times.size(), std::size_t{box.number} + 1));
    times[box.number] = box.released;
}

void Explanation::waited(const Box& box, TimeUse use, std::size_t place, Tick until) {
    const History history = history_of(box);
    use == TimeUse::crane ? spend_at_facility(history, use_of_crane(place), place, until)
                          : spend(history, use, place, until);
}

/// The gate is closed, or the yard is full.
void Explanation::waited_outside(const Box& box, Id<model::Terminal> terminal, const Windows& gate, Tick until) {
    const History history = history_of(box);
    const model::Window wait = measured(history, until);
    if (wait.from < wait.to) {
        const Tick all = wait.to - wait.from;
        const Tick open = model::open_time(gate, wait);
        book(history, TimeUse::gate, terminal.index(), all - open);
        book(history, TimeUse::yard_full, terminal.index(), open);
    }
    history.told = std::max(history.told, until);
    becomes_ready(history, until);
}

void Explanation::moved(const Box& box, const ContainerMove& move) {
    // What is not asked for as soon as the vehicle has berthed waits for room in the yard.
    const History history = history_of(box);
    const std::size_t terminal = model_.facilities[move.facility].terminal.index();
    spend(history, TimeUse::yard_full, terminal, move.asked);
    spend_at_facility(history, use_of_crane(move.facility.index()), move.facility.index(), move.start);
    spend(history, TimeUse::handling, move.facility.index(), move.end);
}

void Explanation::rides(const Box& box, Tick departure, Tick arrival) {
    // A crane that has loaded it holds it until the yard it goes to has room.
    const History history = history_of(box);
    const model::Leg& leg = model_.legs.items()[box.leg];
    spend(history, TimeUse::yard_full, model_.stops[leg.alight].terminal.index(), departure);
    spend(history, TimeUse::running, leg.line.index(), arrival);
}

void Explanation::transfers(const Box& box) {
    const History history = history_of(box);
    const Id<model::Stop> stop{history.stop};
    spend(history, TimeUse::transfer, model_.stops[stop].terminal.index(), box.ready);
    becomes_ready(history, box.ready);
}

void Explanation::gives_up_at_stop(const Box& box, Tick time) { wait_ashore(history_of(box), time); }

void Explanation::goes_by_road(Id<model::Demand> demand, const Box& box, ByRoad /*why*/, Tick departure,
                               std::optional<Tick> arrival) {
    Tick& told = told_[demand.index()][box.number];
    const Tick until = arrival.value_or(departure);
    accounts_.add(TimeUse::road, demand.index(), clipped(model_.window, told, until));
    told = std::max(told, until);
}

void Explanation::wait_ashore(const History& history, Tick until) {
    if (!book_missed(history, until, until)) {
        spend_ashore(history, TimeUse::no_vehicle, until);
    }
}

void Explanation::still_waits(const Box& box) { wait_ashore(history_of(box), model_.window.to); }

void Explanation::list_closes(Id<model::Line> line, Tick departure, Tick now, bool falls_out) {
    closed_.list_closes(line, departure, now, falls_out);
}

void Explanation::has_waited_on_way(std::uint32_t index, TimeUse use, Tick time) {
    Call& call = call_of(index);
    call.has_waited = call.has_waited || time > 0;
    call.way[static_cast<std::size_t>(use)] += time;
}

/// The waits are known by cause, not by the clock: where the window begins or ends on the way they come first.
void Explanation::spend_on_way(const History& history, const Vehicle& vehicle, const Call& call, Tick until) {
    Tick left = clipped(model_.window, history.told, until);
    for (std::size_t use = 0; call.has_waited && use < kTimeUses; ++use) {
        const Tick waited = std::min(call.way[use], left);
        if (waited > 0) {
            book(history, static_cast<TimeUse>(use), vehicle.line.index(), waited);
            left -= waited;
        }
    }
    book(history, TimeUse::running, vehicle.line.index(), left);
    history.told = std::max(history.told, until);
}

void Explanation::arrives(const Vehicle& vehicle, std::uint32_t index, Tick now) {
    Call& call = call_of(index);
    spend_on_way(history_of(call), vehicle, call, now);
    call = {.phase = Call::Phase::queueing, .told = call.told, .on_board = call.on_board};
}

void Explanation::has_berth(const Vehicle& vehicle, std::uint32_t index, Tick now) {
    Call& call = call_of(index);
    spend_at_facility(history_of(call), TimeUse::berth, facility_of(vehicle), now);
    call.phase = Call::Phase::berthing;
    call.docks = 0;
}

void Explanation::docks(const Vehicle& vehicle, std::uint32_t index, Tick now) {
    Call& call = call_of(index);
    spend(history_of(call), TimeUse::tugs, facility_of(vehicle), now);
    call.docks = now;
}

void Explanation::has_berthed(const Vehicle& vehicle, std::uint32_t index, Tick now) {
    Call& call = call_of(index);
    spend(history_of(call), TimeUse::berthing, facility_of(vehicle), now);
    for (const Box& box : vehicle.cargo) {
        history_of(box).told = call.told;
    }
    call.on_board = 0;
    call.phase = Call::Phase::at_berth;
    call.berthed = now;
    call.has_loaded = false;
}

void Explanation::left_for_depth(const Box& box, Tick now) {
    const History history = history_of(box);
    wait_ashore(history, now);
    left_for_depth_.insert(history.key);
}

void Explanation::loads(const Vehicle& vehicle, std::uint32_t index, Tick now) {
    Call& call = call_of(index);
    for (std::size_t i = vehicle.boarded_from; i < vehicle.cargo.size(); ++i) {
        const History history = history_of(vehicle.cargo[i]);
        if (!book_missed(history, vehicle.arrived, now)) {
            book_approach(history, vehicle, call, now);
        }
    }
    auto& loadings = loadings_[vehicle.stop.index()];
    call.loading = loadings.size();
    call.has_loaded = true;
    loadings.push_back({now, kNever});
}

/// Who is on board waits until the last of the others is handled, then for the departure, and for tugs.
void Explanation::spend_at_berth(const History& history, const Vehicle& vehicle, const Call& call, Tick until) {
    const bool is_loaded = call.has_loaded && vehicle.pending == 0;
    spend_at_facility(history, TimeUse::other_moves, facility_of(vehicle),
                      is_loaded ? std::min(vehicle.loaded, until) : until);
    spend(history, TimeUse::departure, vehicle.stop.index(), vehicle.leaves ? vehicle.asked_for_tugs : until);
    spend(history, TimeUse::tugs, facility_of(vehicle), until);
}

void Explanation::leaves(const Vehicle& vehicle, std::uint32_t index, Tick now) {
    Call& call = call_of(index);
    std::int64_t on_board = 0;
    for (const Box& box : vehicle.cargo) {
        const History history = history_of(box);
        spend_at_berth(history, vehicle, call, now);
        on_board += history.containers;
    }
    if (call.has_loaded) {
        loadings_[vehicle.stop.index()][call.loading].left = now;
    }
    call = {.told = now, .on_board = on_board};
}

void Explanation::still_under_way(const Vehicle& vehicle, std::uint32_t index) {
    Call& call = call_of(index);
    const Tick until = model_.window.to;
    switch (call.phase) {
        case Call::Phase::under_way:
            spend_on_way(history_of(call), vehicle, call, until);
            break;
        case Call::Phase::queueing:
            spend_at_facility(history_of(call), TimeUse::berth, facility_of(vehicle), until);
            break;
        case Call::Phase::berthing:
            spend(history_of(call), TimeUse::berthing, facility_of(vehicle), until);
            break;
        case Call::Phase::at_berth:
            for (const Box& box : vehicle.cargo) {
                spend_at_berth(history_of(box), vehicle, call, until);
            }
            break;
    }
}

/// Books the wait of a container that missed a vehicle or was left behind by one; false where it was neither. No
/// closure keeps it ashore once the vehicle that takes it is `called`.
bool Explanation::book_missed(const History& history, Tick called, Tick until) {
    const std::size_t stop = history.stop;
    const auto& loadings = loadings_[stop];
    const Tick ready = history.told;
    const bool is_too_late = !too_late_.empty() && too_late_.erase(history.key) > 0;
    const Tick since = ready + (is_too_late ? 1 : 0);
    const auto first = std::lower_bound(loadings.begin(), loadings.end(), since,
                                        [](const Loading& loading, Tick time) { return loading.began < time; });
    const Tick left_behind = first != loadings.end() ? std::min(first->began, until) : until;
    const bool misses_one = first != loadings.begin() && std::prev(first)->left > ready;
    if (!misses_one && left_behind == until) {
        return false;
    }
    const TimeUse before = misses_one ? TimeUse::cut_off_missed : TimeUse::no_vehicle;
    spend_ashore(history, before, std::min(left_behind, called));
    spend(history, before, stop, left_behind);
    book_left_behind(history, called, until);
    return true;
}

/// From when a vehicle left it ashore.
void Explanation::book_left_behind(const History& history, Tick called, Tick until) {
    const std::size_t stop = history.stop;
    if (left_for_depth_.erase(history.key) > 0) {
        const auto& loadings = loadings_[stop];
        const auto next = std::upper_bound(loadings.begin(), loadings.end(), history.told,
                                           [](Tick time, const Loading& loading) { return time < loading.began; });
        const Tick asked_again = next != loadings.end() ? std::min(next->began, until) : until;
        spend_ashore(history, TimeUse::depth, std::min(asked_again, called));
        spend(history, TimeUse::depth, model_.stops.items()[stop].line.index(), asked_again);
    }
    spend_ashore(history, TimeUse::vehicle_full, called);
    spend(history, TimeUse::vehicle_full, stop, until);
}

/// The wait of a container for the vehicle that takes it now, step by step of how that came.
void Explanation::book_approach(const History& history, const Vehicle& vehicle, const Call& call, Tick now) {
    const model::Line& line = model_.lines[vehicle.line];
    const std::size_t facility = facility_of(vehicle);
    const bool is_first = vehicle.stop == line.first_stop;
    const bool is_timetabled = line.dispatch == Dispatch::timetable;
    const bool wants_load = is_first && line.minimum_quarters > 0;
    const Tick closing = is_first && is_timetabled ? vehicle.scheduled - line.cut_off : vehicle.arrived;
    spend_ashore(history, wants_load && !is_timetabled ? TimeUse::load : TimeUse::no_vehicle,
                 std::min(closing, vehicle.arrived));
    spend_ashore(history, wants_load ? TimeUse::load : TimeUse::fleet, vehicle.arrived);
    spend_at_facility(history, TimeUse::berth, facility, vehicle.entered);
    spend(history, TimeUse::tugs, facility, call.docks);
    spend(history, TimeUse::berthing, facility, call.berthed);
    spend_at_facility(history, TimeUse::other_moves, facility, now - vehicle.held);
    spend(history, TimeUse::departure, vehicle.stop.index(), now);
}

}  // namespace corridor::engine
