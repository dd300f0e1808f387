// What vehicles ask of what is on their way: locks, and the entrances and sections of links.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "traffic.h"

namespace corridor::model {

/// By Direction.
using PerDirection = std::array<double, 2>;

/// Vehicles of the window that are on each link, by direction.
IdVector<Link, PerDirection> vehicles_on_links(const Model& model, const Traffic& traffic);

/// How long one vehicle in a section of a link with alternating traffic keeps the next one out: of its own direction
/// for the headway, of the other until it is through. The directions come in random order, as Poisson streams do.
struct SectionWork {
    PerDirection share{0.0, 0.0};                              ///< of the vehicles
    std::array<PerDirection, 2> ms{{{0.0, 0.0}, {0.0, 0.0}}};  ///< by direction of the one ahead, then of the next

    double mean_ms() const;
};

SectionWork section_work(const Model& model, Id<Link> link, const PerDirection& vehicles);

/// The share of time for which vessels occupy the chambers of a lock if every lockage is full.
struct LockLoad {
    std::string subject;  ///< with the direction where chambers serve one
    double busy = 0.0;    ///< of the time of all chambers
    double chambers = 1.0;
    double working_share = 1.0;  ///< of the time of all chambers, what disruptions leave on average
};

/// Of the locks in their order, and of their directions.
std::vector<LockLoad> lock_loads(const Model& model, const Traffic& traffic);

/// Vessels in a full chamber of each lock, all of the size of the largest that passes.
IdVector<Lock, double> full_chambers(const Model& model, const Traffic& traffic);
/// The same, all of this size.
double places_in_chamber(const Lock& lock, const VesselSize& vessel);

/// The most vehicles of one line that could pass per hour, with nobody else about: of a lock in one direction, with
/// full chambers that come back empty; of the entrance of a link by its paths and its headway. Infinite where nothing
/// limits them.
double most_through_lock(const Lock& lock, const VesselSize& vessel);
double most_by_paths(const Link& link, const Window& window);
double most_by_headway(const Link& link, const Window& window);

}  // namespace corridor::model
