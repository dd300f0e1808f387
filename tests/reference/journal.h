// What becomes of each container and each vehicle, one by one: two simulations may agree on sums and not on whose they
// are.
#pragma once

#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include "corridor/base/time.h"
#include "event_per_container.h"

namespace corridor::reference {

/// Of one replication, until the horizon. What is told may lie beyond it, and come out of order.
class Journal {
  public:
    explicit Journal(Tick horizon) : horizon_(horizon) {}

    /// A crane move of a container; `number` counts those of its demand.
    void move(std::size_t demand, std::size_t number, Tick asked, Tick began, Tick ended);
    void delivery(std::size_t demand, std::size_t number, Tick time);

    enum class Step { arrives, has_berthed, leaves };

    /// Of a vehicle of a service, at a stop; `scheduled` is the timetabled time of its trip.
    void call(Step step, std::size_t stop, Tick scheduled, Tick time);

    /// "container 3 of demand 0: delivered", in ms since the origin.
    Counts entries() const;

  private:
    struct Container {
        std::vector<std::vector<Tick>> moves;  ///< asked, began, ended
        std::vector<Tick> delivered;
    };

    Tick horizon_;
    std::map<std::pair<std::size_t, std::size_t>, Container> containers_;  ///< by demand and number
    std::map<std::pair<std::size_t, Step>, std::vector<std::pair<Tick, Tick>>>
        calls_;  ///< times, and those of the trips
};

}  // namespace corridor::reference
