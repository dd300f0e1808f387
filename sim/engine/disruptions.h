// What is closed, fewer or slower in one replication, and when: the disruptions of the scenario, drawn ahead.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "crane_times.h"
#include "failures.h"
#include "windows.h"

namespace corridor::engine {

/// Of one facility.
struct DisruptedFacility {
    DisruptedCranes cranes;
    Steps berths_out;
};

/// Of the tugs of one facility, of one lock, or of one fleet.
struct DisruptedServers {
    Windows closed;
    Steps out;       ///< how many are away
    Steps slowness;  ///< factor on the times of what they begin

    std::size_t number_out(Tick time) const { return static_cast<std::size_t>(out.at(time, 0.0)); }

    /// What takes `time` otherwise, where it begins at `start`.
    Tick slowed(Tick start, Tick time) const {
        return slowness.empty() ? time : to_tick(static_cast<double>(time) * slowness.at(start, 1.0));
    }
};

/// Of one gate.
struct DisruptedGate {
    Windows closed;
    Windows open;  ///< its hours without those; never empty
};

/// Of one line.
struct DisruptedLine {
    Windows held;       ///< departures wait for its end
    Windows cancelled;  ///< departures are not made
    Steps slowness;     ///< factor on the running times of those who leave a stop
};

/// Of one direction of a link.
struct DisruptedLink {
    Windows closed;
    Steps slowness;  ///< factor on the running times of those who enter
};

/// Where something may go on that has waited. Links and gates need none: who waits there knows when they open.
struct Restoration {
    enum class Of { berths, tugs, lock, fleet, line };

    Tick time = 0;
    Of of = Of::berths;
    std::uint32_t index = 0;  ///< of the facility, lock, fleet or line

    auto operator<=>(const Restoration&) const = default;
};

class Disruptions {
  public:
    explicit Disruptions(const model::Model& model);

    void draw(std::uint64_t seed, std::uint64_t replication);

    const DisruptedFacility& at(Id<model::Facility> id) const { return facilities_[id]; }
    const DisruptedServers& tugs_of(Id<model::Facility> id) const { return tugs_[id]; }
    const DisruptedServers& of(Id<model::Lock> id) const { return locks_[id]; }
    const DisruptedServers& of(Id<model::Fleet> id) const { return fleets_[id]; }
    const DisruptedGate& gate_of(Id<model::Terminal> id) const { return gates_[id]; }
    const DisruptedLine& of(Id<model::Line> id) const { return lines_[id]; }
    const DisruptedLink& on(Id<model::Link> id, model::Direction direction) const {
        return links_[id][static_cast<std::size_t>(direction)];
    }

    /// In order of time.
    const std::vector<Restoration>& restorations() const { return restorations_; }

    /// Of one disruption: when any of its parts is disrupted, and how often that begins in the window, part by part.
    struct Course {
        Windows windows;
        std::uint64_t begun = 0;
    };
    const IdVector<model::Disruption, Course>& courses() const { return courses_; }

  private:
    void clear();
    void apply(const model::Disruption& disruption, const model::Disruption::Part& part, const Windows& windows);
    void disrupt(const model::Disruption& disruption, Id<model::Facility> facility, const model::Window& window);
    void disrupt(const model::Disruption& disruption, DisruptedServers& servers, std::uint32_t fewer,
                 const Restoration& restoration, const model::Window& window);
    void disrupt(const model::Disruption& disruption, Id<model::Line> line, const model::Window& window);
    void disrupt(const model::Disruption& disruption, const model::LinkUse& use, const model::Window& window);
    void settle();
    void settle_gates();

    const model::Model& model_;
    IdVector<model::Facility, DisruptedFacility> facilities_;
    IdVector<model::Facility, DisruptedServers> tugs_;
    IdVector<model::Terminal, DisruptedGate> gates_;
    IdVector<model::Lock, DisruptedServers> locks_;
    IdVector<model::Fleet, DisruptedServers> fleets_;
    IdVector<model::Line, DisruptedLine> lines_;
    IdVector<model::Link, std::array<DisruptedLink, 2>> links_;
    std::vector<Restoration> restorations_;
    IdVector<model::Disruption, Course> courses_;
    std::vector<Failures> failures_;  ///< by disruption, of its parts
};

}  // namespace corridor::engine
