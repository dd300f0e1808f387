// Containers that go from vessel to train, or back, in one lift.
#include "replication.h"

namespace corridor::engine {

using By = CraneRequest::By;

/// Puts the container of a request on board in thought, if its next leg begins here and it fits.
bool Replication::takes_over(std::uint32_t index, Room& room, CraneRequest& request) {
    if (request.by != By::vehicle_to_land) {
        return false;
    }
    Vehicle& vehicle = vehicles_[index];
    const model::Leg& leg = leg_of(request.box);
    const model::BoxClass& box_class = class_of(request.box);
    const bool goes_on_here = leg.next.valid() && model_.legs[leg.next].board == vehicle.stop;
    if (!goes_on_here || !fits(room, box_class.quarters, box_class.tonnes)) {
        return false;
    }
    room.quarters -= box_class.quarters;
    room.tonnes -= box_class.tonnes;
    vehicle.cargo.push_back(request.box);
    vehicle.cargo.back().leg = leg.next.index();
    vehicle.cargo.back().ready = now_;
    request.by = By::vehicle_to_vehicle;
    request.onto = index;
    return true;
}

/// A vehicle that has taken on board who was in the yard takes those who are still on board of vehicles of the other
/// mode and whose discharge has been asked for and not begun, in order of request. Returns how many.
std::size_t Replication::take_over(std::uint32_t index) {
    Vehicle& vehicle = vehicles_[index];
    const model::Stop& stop = model_.stops[vehicle.stop];
    const model::Line& line = model_.lines[vehicle.line];
    const auto here = static_cast<std::size_t>(model_.facilities[stop.facility].mode);
    const Id<model::Facility> other = model_.terminals[stop.terminal].facilities[1 - here];
    const Load load = load_on(vehicle);
    Room room{line.capacity_quarters - static_cast<std::uint32_t>(load.quarters), line.payload_t - load.tonnes,
              line.payload_t > 0.0};
    const std::size_t before = vehicle.cargo.size();
    queue_of(other)->change_waiting([&](CraneRequest& request) { takes_over(index, room, request); });
    const std::size_t with_room = vehicle.cargo.size();
    std::vector<Landing> without_room;
    std::deque<Landing>& landing = yards_[stop.terminal.index()].landing;
    std::erase_if(landing, [&](Landing& next) {
        const bool taken = next.facility == other && takes_over(index, room, next.request);
        if (taken) {
            without_room.push_back(next);
        }
        return taken;
    });
    const std::size_t count = vehicle.cargo.size() - before;
    vehicle.pending += count;
    tally_.terminals[stop.terminal].direct += inside(model_.window, now_) ? count : 0;
    const std::vector<Box> freed(vehicle.cargo.begin() + static_cast<std::ptrdiff_t>(before),
                                 vehicle.cargo.begin() + static_cast<std::ptrdiff_t>(with_room));
    for (const Landing& next : without_room) {
        bring(next);
    }
    for (const Box& box : freed) {
        free_room(stop.terminal, box);  // it was kept for them
    }
    return count;
}

}  // namespace corridor::engine
