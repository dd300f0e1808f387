// Calls of traffic that is not modelled further: vessels and trains that take berths and cranes.
#include <algorithm>

#include "replication.h"

namespace corridor::engine {

void Replication::schedule_background(Id<model::Background> id) {
    const model::Background& background = model_.backgrounds[id];
    BackgroundState& state = backgrounds_[id.index()];
    switch (background.arrivals) {
        case scenario::ReleaseProcess::listed:
            if (state.next < background.listed.size()) {
                events_.schedule(background.listed[state.next].time, EventKind::background_call, id.index());
            }
            return;
        case scenario::ReleaseProcess::poisson:
            state.next_ms += exponential(state.stream) / background.per_ms;
            break;
        case scenario::ReleaseProcess::even:
            state.next_ms = (static_cast<double>(state.next) + 0.5) / background.per_ms;
            break;
    }
    if (state.next_ms < static_cast<double>(model_.window.to)) {
        events_.schedule(to_tick(state.next_ms), EventKind::background_call, id.index());
    }
}

void Replication::on_background_call(Id<model::Background> id) {
    const model::Background& background = model_.backgrounds[id];
    BackgroundState& state = backgrounds_[id.index()];
    const std::uint32_t index = new_vehicle();
    vehicles_[index].background = id;
    events_.order_vehicle(index, model_.lines.size() + id.index(), state.next);
    vehicles_[index].stay = background.arrivals == scenario::ReleaseProcess::listed
                                ? background.listed[state.next].stay
                                : draw(background.stay, state.stream);
    vehicles_[index].moves = background.moves(state.stream);
    ++state.next;
    schedule_background(id);
    request_berth(index);
}

void Replication::handle_background(std::uint32_t index) {
    const Vehicle& vehicle = vehicles_[index];
    const model::Background& background = model_.backgrounds[vehicle.background];
    const Id<model::Facility> facility = background.facility;
    if (queue_of(facility) != nullptr && vehicle.moves > 0) {
        return ask_cranes(index, CraneRequest::By::background, nullptr, vehicle.moves);
    }
    facilities_[facility.index()].cranes.serve(now_, vehicle.moves, moves_);
    count_moves(facility, moves_, nullptr);
    const auto inside_window = [&](Tick end) { return inside(model_.window, end); };
    const auto lifts = std::count_if(moves_.end.begin(), moves_.end.end(), inside_window);
    tally_.facilities[facility].background_teu += static_cast<double>(lifts) * background.teu_per_move;
    events_.schedule(moves_.last_end + vehicle.stay, EventKind::leaving, index);
}

}  // namespace corridor::engine
