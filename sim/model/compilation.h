// The steps from a Scenario to a Model. Each adds its tables to the model and its findings to the list.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "corridor/model/model.h"
#include "numbers.h"

namespace corridor::model {

/// Calendars and timetables reach this far beyond the horizon, so that what is under way at the end still moves.
inline constexpr Duration kCalendarTail = std::chrono::days{60};

/// What a vehicle can take.
struct VehicleRoom {
    std::uint32_t quarters = 0;
    double payload_t = 0.0;             ///< 0: no limit
    std::uint32_t cranes = kUnlimited;  ///< most that work on it
    std::uint32_t wagons = 0;           ///< 0: containers stand anywhere
    std::uint32_t teu_per_wagon = 0;    ///< 1 to 4
    std::optional<VesselSize> size;
    std::optional<Draught> draught;
};

struct Compilation {
    Compilation(const scenario::Scenario& source, const scenario::Values& values)
        : scenario(source), numbers(source.quantities, values, findings) {}
    Compilation(const Compilation&) = delete;
    Compilation& operator=(const Compilation&) = delete;

    const scenario::Scenario& scenario;
    Diagnostics findings;
    Numbers numbers;
    Model model;
    Tick calendar_end = 0;
    IdVector<Link, std::array<Tick, 2>> running_times;            ///< by Direction
    IdVector<Link, Id<Section>> first_sections;                   ///< invalid where nobody waits to enter
    IdVector<Lock, double> lock_places;                           ///< share of the link that lies before it
    IdVector<Link, std::array<std::vector<WayElement>, 2>> ways;  ///< by Direction; empty where nothing is on the link
    IdVector<scenario::VehicleType, VehicleRoom> vehicle_rooms;

    void error(const scenario::Entity& entity, std::string path, std::string message, std::string hint = {});
    void warn(const scenario::Entity& entity, std::string path, std::string message, std::string hint = {});
};

void compile_period(Compilation& compilation);
void compile_terminals(Compilation& compilation);
void compile_links(Compilation& compilation);
void compile_locks(Compilation& compilation);  ///< needs links
void compile_ways(Compilation& compilation);   ///< of the links; needs locks
void compile_vehicles(Compilation& compilation);
void compile_fleets(Compilation& compilation);       ///< shared ones, without their pools
void compile_services(Compilation& compilation);     ///< needs terminals, links, vehicles and fleets
void connect_fleets(Compilation& compilation);       ///< where shared fleets wait and how they get there
void compile_demands(Compilation& compilation);      ///< without itineraries
void compile_empties(Compilation& compilation);      ///< needs terminals and demands
void compile_backgrounds(Compilation& compilation);  ///< needs terminals
void compile_costs(Compilation& compilation);        ///< needs terminals, services and demands
void compile_disruptions(Compilation& compilation);  ///< needs terminals and services
void check_size(Compilation& compilation);           ///< needs demands and backgrounds
void compile_itineraries(Compilation& compilation);  ///< needs services and demands

void rank_priorities(Compilation& compilation);   ///< of demands and background traffic
void compile_shallows(Compilation& compilation);  ///< where the depth limits what is loaded; needs itineraries
void compile_turns(Compilation& compilation);     ///< where cranes serve in another order than the one of requests
void compile_yards(Compilation& compilation);     ///< where containers are handled one by one: at limited yards

/// The ways from terminals that send empties to ones that ask for them, without itineraries.
std::vector<Demand> ways_of_empties(const Model& model);

/// Empties that never come.
void lint_empties(Compilation& compilation);

/// Closures, outages and months of profiles that lie outside the run.
void lint_dates(Compilation& compilation);

/// What runs but is hardly meant: services that never leave, cut-offs too short, fleets too small. Needs a whole model.
void lint(Compilation& compilation);

/// Tables of the scenario and of the model are parallel.
template <class To, class From>
Id<To> same(Id<From> id) {
    return Id<To>{id.index()};
}

inline std::string_view mode_name(Mode mode) { return mode == Mode::waterway ? "waterway" : "railway"; }

}  // namespace corridor::model
