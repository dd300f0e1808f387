// Containers that come in at a gate when somebody looks: where the yard has no limit, or is presumed to have room, each
// comes in at an instant that hangs on nothing else.
#include <algorithm>

#include "replication.h"

namespace corridor::engine {

using model::Terminal;

/// Finds the terminals at whose gate nobody has to be looked at when it comes.
void Replication::connect_gates() {
    const auto is_waited_for = [this](const model::Demand& demand) {
        return std::any_of(demand.itineraries.begin(), demand.itineraries.end(), [&](const model::Itinerary& way) {
            const model::Line& line = model_.lines[model_.legs[way.first].line];
            // Empties that are sent are no releases that could be looked for ahead.
            const bool is_load_unseen = demand.repositions && line.minimum_quarters > 0;
            return line.dispatch == model::Dispatch::continuous || is_load_unseen;
        });
    };
    for (std::size_t t = 0; t < solo_.size(); ++t) {
        solo_[t].may_let_in_late = model_.terminals.items()[t].lets_in();
    }
    for (const model::Demand& demand : model_.demands) {
        const bool may_go_by_road =
            demand.road_time.has_value();  // then deliveries are booked in the order of releases
        if (may_go_by_road || demand.takes_empties || is_waited_for(demand)) {
            solo_[demand.from.index()].may_let_in_late = false;
        }
        if (demand.choice != model::RouteChoice::adaptive || !demand.has_alternatives()) {
            continue;
        }
        for (const model::Itinerary& itinerary : demand.itineraries) {  // whose queues it looks at, there and beyond
            for (Id<model::Leg> leg = itinerary.first; leg.valid(); leg = model_.legs[leg].next) {
                solo_[model_.stops[model_.legs[leg].board].terminal.index()].may_let_in_late = false;
            }
        }
    }
    for (const SoloTerminal& terminal : solo_) {
        if (!terminal.may_let_in_late) {
            continue;
        }
        for (const std::uint32_t demand : terminal.demands) {
            for (const model::Itinerary& itinerary : model_.demands.items()[demand].itineraries) {
                auto& feeders = stops_[model_.legs[itinerary.first].board.index()].late_feeders;
                if (feeders.empty() || feeders.back() != demand) {
                    feeders.push_back(demand);
                }
            }
        }
    }
}

/// Lets in who has come up to `until`, where there is room for all of them.
void Replication::let_in_late(Id<Terminal> id, Tick until) {
    SoloTerminal& terminal = solo_[id.index()];
    if (!terminal.lets_in_late) {
        return;
    }
    std::deque<Box>& outside = yards_[id.index()].outside;
    const auto is_released = [&](std::uint32_t demand) { return demands_[demand].releases.next() <= until; };
    const bool may_come_in = !outside.empty() && gate_open_from(id, outside.front().ready) <= until;
    if (!may_come_in && std::none_of(terminal.demands.begin(), terminal.demands.end(), is_released)) {
        return;
    }
    arrivals_.assign(outside.begin(), outside.end());
    outside.clear();
    const bool comes_in_at_once = gate_hours(id).empty();  // then the demands need not be put in one order
    for (const std::uint32_t demand : terminal.demands) {
        if (!is_released(demand)) {
            continue;
        }
        if (comes_in_at_once && !arrivals_.empty()) {
            let_in_together(id, until);
            arrivals_.clear();
        }
        release_together(Id<model::Demand>{demand}, until);
    }
    merge_runs(arrivals_, sorting_, [](const Box& a, const Box& b) { return a.ready < b.ready; });
    let_in_together(id, until);
}

/// Of those before the gate, in order, who can come in up to `until`.
void Replication::let_in_together(Id<Terminal> id, Tick until) {
    const Windows& open = gate_hours(id);
    auto window = open.begin();
    moves_.end.clear();
    for (const Box& box : arrivals_) {
        Tick time = box.ready;
        if (!open.empty()) {
            window = std::find_if(window, open.end(), [time](const model::Window& w) { return w.to > time; });
            time = window == open.end() ? kAfterAll : std::max(time, window->from);
        }
        if (time > until) {
            break;
        }
        moves_.end.push_back(time);
    }
    const std::size_t count = moves_.end.size();
    const Tick* const times = moves_.end.data();
    book_entrances(id, arrivals_.data(), times, count);
    for (std::size_t i = 0; i < count; ++i) {
        arrivals_[i].ready = times[i];
        line_of(arrivals_[i]).incoming().push_back(arrivals_[i]);
    }
    yards_[id.index()].outside.insert(yards_[id.index()].outside.end(),
                                      arrivals_.begin() + static_cast<std::ptrdiff_t>(count), arrivals_.end());
}

void Replication::book_entrances(Id<Terminal> id, const Box* boxes, const Tick* times, std::size_t count) {
    if (count == 0) {
        return;
    }
    TerminalTally& tally = tally_.terminals[id];
    const model::Window& window = model_.window;
    for (std::size_t i = 0; i < count; ++i) {
        tally.room.outside_gate_ms += clipped(window, boxes[i].ready, times[i]);
    }
    if (times[0] >= window.from && times[count - 1] < window.to) {
        tally.room.outside.add_each(count, [=](std::size_t i) { return times[i] - boxes[i].ready; });
    } else {
        for (std::size_t i = 0; i < count; ++i) {
            if (inside(window, times[i])) {
                tally.room.outside.add(times[i] - boxes[i].ready);
            }
        }
    }
    tally.yard.change_each(count, 1, times[0], times[count - 1], [times](std::size_t i) { return times[i]; });
    if (model_.terminals[id].yard) {
        change_rooms(id, boxes, 1, times, count);
    }
}

/// Adds those released up to `until` to those before the gate.
void Replication::release_together(Id<model::Demand> id, Tick until) {
    const model::Demand& demand = model_.demands[id];
    const std::size_t before = arrivals_.size();
    demands_[id.index()].releases.advance(until, demand.itineraries.front().first.index(), arrivals_);
    book_releases(id, arrivals_.data() + before, arrivals_.size() - before);
    if (!demand.has_alternatives()) {
        return;
    }
    std::size_t kept = before;
    for (std::size_t i = before; i < arrivals_.size(); ++i) {
        Box box = arrivals_[i];
        box.leg = choose_leg(id, box.released);
        if (box.leg == kByRoad) {
            send_by_road(id, box, ByRoad::by_choice, box.released);
        } else {
            arrivals_[kept++] = box;
        }
    }
    arrivals_.resize(kept);
}

}  // namespace corridor::engine
