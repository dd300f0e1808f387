// Containers that go from vessel to train, or back, in one lift.
#include "replication.h"

namespace corridor::engine {

using By = CraneRequest::By;

/// Puts the container of a request on board in thought, if its next leg begins here and it fits.
bool Replication::takes_over(std::uint32_t index, Stowage& stowage, CraneRequest& request) {
    if (request.by != By::vehicle_to_land) {
        return false;
    }
    Vehicle& vehicle = vehicles_[index];
    const model::Leg& leg = leg_of(request.box);
    const bool goes_on_here = leg.next.valid() && model_.legs[leg.next].board == vehicle.stop;
    if (!goes_on_here || stowage.take(class_of(request.box), model_.legs[leg.next].alight) != Refusal::none) {
        return false;
    }
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
    const auto here = static_cast<std::size_t>(model_.facilities[stop.facility].mode);
    const Id<model::Facility> other = model_.terminals[stop.terminal].facilities[1 - here];
    Stowage stowage = stowage_of(vehicle);
    const std::size_t before = vehicle.cargo.size();
    take_back_plan(other);
    queue_of(other)->change_waiting([&](CraneRequest& request) { takes_over(index, stowage, request); });
    schedule_solo(stop.terminal);
    const std::size_t with_room = vehicle.cargo.size();
    std::vector<Landing> without_room;
    std::deque<Landing>& landing = yards_[stop.terminal.index()].landing;
    std::erase_if(landing, [&](Landing& next) {
        const bool taken = next.facility == other && takes_over(index, stowage, next.request);
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
