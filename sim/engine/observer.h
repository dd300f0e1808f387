// Who wants to hear what happens in a replication: the explanation of waits and the log of events. Without observers
// nothing is told, and a replication takes the time it takes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "box.h"
#include "corridor/engine/time_use.h"
#include "corridor/model/model.h"
#include "windows.h"

namespace corridor::engine {

class Disruptions;
struct Vehicle;

inline constexpr std::uint32_t kNoVehicle = ~0U;

/// One crane move of a container, told when its times are known.
struct ContainerMove {
    enum class What { load, discharge } what = What::load;
    Id<model::Facility> facility;
    std::uint32_t vehicle = kNoVehicle;  ///< none on continuous services
    Tick asked = 0;
    Tick start = 0;
    Tick end = 0;
};

/// What a vehicle meets on its way, in the order in which it does. Where it does not have to wait, it enters at once.
enum class WayStep {
    awaits_lock,
    enters_lock,
    leaves_lock,
    awaits_section,
    enters_section,
    leaves_section,
    awaits_depth,
    floats
};

/// A lock, or else a link, in the direction in which it is passed.
struct WayPlace {
    Id<model::Lock> lock;
    Id<model::Link> link;
    model::Direction direction = model::Direction::forward;
};

/// Why a container leaves its origin by road.
enum class ByRoad { by_choice, out_of_patience };

/// Things are told as they become known, so their times may lie ahead of the clock, and beyond the horizon. A vehicle's
/// number is given to another one after its trip has ended.
class Observer {
  public:
    Observer() = default;
    Observer(const Observer&) = delete;
    Observer& operator=(const Observer&) = delete;
    virtual ~Observer() = default;

    /// A replication begins, with what will be disrupted in it.
    virtual void begin(const Disruptions& disruptions) = 0;

    // Containers. `box.number` counts those of its demand.
    virtual void released(Id<model::Demand> /*demand*/, const Box& /*box*/) {}
    virtual void moved(const Box& /*box*/, const ContainerMove& /*move*/) {}
    /// What it waited for, since what was last told of it; `place` is the index of what the use is booked at.
    virtual void waited(const Box& /*box*/, TimeUse /*use*/, std::size_t /*place*/, Tick /*until*/) {}
    /// The same outside a terminal, for its gate to open or its yard to have room; `gate` are the gate's hours, empty
    /// where it is always open.
    virtual void waited_outside(const Box& /*box*/, Id<model::Terminal> /*terminal*/, const Windows& /*gate*/,
                                Tick /*until*/) {}
    /// On a continuous service, which has no vehicles of its own.
    virtual void rides(const Box& /*box*/, Tick /*departure*/, Tick /*arrival*/) {}
    /// Ashore, for its next leg `box.leg` from `box.ready` on.
    virtual void transfers(const Box& /*box*/) {}
    virtual void delivered(const Box& /*box*/, Tick /*time*/) {}
    /// It stops waiting for a vehicle.
    virtual void gives_up_at_stop(const Box& /*box*/, Tick /*time*/) {}
    virtual void goes_by_road(Id<model::Demand> /*demand*/, const Box& /*box*/, ByRoad /*why*/, Tick /*departure*/,
                              std::optional<Tick> /*arrival*/) {}
    virtual void let_in(const Box& /*box*/, Id<model::Terminal> /*terminal*/, Tick /*time*/) {}
    /// The yard of its origin is full and lets nobody wait.
    virtual void turned_away(const Box& /*box*/, Tick /*time*/) {}

    /// The list of a timetabled departure closes. `falls_out`: its time lies in a closure of the service, so that it is
    /// cancelled or held.
    virtual void list_closes(Id<model::Line> /*line*/, Tick /*departure*/, Tick /*now*/, bool /*falls_out*/) {}

    // Vehicles of services.
    virtual void called(const Vehicle& /*vehicle*/, std::uint32_t /*index*/, Tick /*now*/) {}
    virtual void arrives(const Vehicle& /*vehicle*/, std::uint32_t /*index*/, Tick /*now*/) {}
    virtual void has_berth(const Vehicle& /*vehicle*/, std::uint32_t /*index*/, Tick /*now*/) {}
    /// It has tugs, and they begin to dock it.
    virtual void docks(const Vehicle& /*vehicle*/, std::uint32_t /*index*/, Tick /*now*/) {}
    virtual void has_berthed(const Vehicle& /*vehicle*/, std::uint32_t /*index*/, Tick /*now*/) {}
    /// A vehicle that is about to load leaves it ashore, and would take it if the depth allowed the whole payload.
    virtual void left_for_depth(const Box& /*box*/, Tick /*now*/) {}
    /// It takes on board its cargo from `boarded_from` on; the moves are told after this.
    virtual void loads(const Vehicle& /*vehicle*/, std::uint32_t /*index*/, Tick /*now*/) {}
    /// It has tugs to leave, and casts off; it `leaves` when it is clear of its berth.
    virtual void casts_off(const Vehicle& /*vehicle*/, std::uint32_t /*index*/, Tick /*now*/) {}
    /// On a trip or an empty run.
    virtual void passes(std::uint32_t /*index*/, WayStep /*step*/, const WayPlace& /*place*/, Tick /*time*/) {}
    /// Somewhere on the way to its next stop it waited for so long.
    virtual void has_waited_on_way(std::uint32_t /*index*/, TimeUse /*use*/, Tick /*time*/) {}
    virtual void leaves(const Vehicle& /*vehicle*/, std::uint32_t /*index*/, Tick /*now*/) {}
    virtual void ends_trip(const Vehicle& /*vehicle*/, std::uint32_t /*index*/, Tick /*time*/) {}

    /// Without containers, from one place of its fleet to another; `index` is kNoVehicle where nothing is on the way.
    virtual void begins_empty_run(Id<model::Pool> /*from*/, Id<model::Pool> /*to*/, std::uint32_t /*index*/,
                                  Tick /*now*/) {}
    virtual void ends_empty_run(Id<model::Pool> /*to*/, std::uint32_t /*index*/, Tick /*time*/) {}

    // The horizon: who is still there.
    virtual void still_waits(const Box& /*box*/) {}
    virtual void still_under_way(const Vehicle& /*vehicle*/, std::uint32_t /*index*/) {}
};

}  // namespace corridor::engine
