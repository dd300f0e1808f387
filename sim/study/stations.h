// What comes to the cranes of every facility: the traffic equations of the corridor.
#pragma once

#include <map>
#include <vector>

#include "corridor/model/model.h"
#include "corridor/study/queueing.h"
#include "model/traffic.h"

namespace corridor::study {

/// Moves of one priority, and their times in hours.
struct MoveClass {
    double rate = 0.0;
    Moments service;
    double shortest = 0.0;  ///< of their means
    double longest = 0.0;
};

/// The moves that one facility's cranes are asked for, per hour.
struct Station {
    double items = 0.0;                 ///< all moves
    queueing::BatchStreams streams;     ///< from outside, one by one or in consignments, and background calls
    double from_stations = 0.0;         ///< moves of containers that come from other cranes, one by one
    queueing::BatchMoments calls;       ///< moves of vessels and trains, a batch per call
    bool is_regular = true;             ///< nothing but what a theory of steady state knows asks for moves
    bool moves_repositioned = false;    ///< empties come or go here; how many is not known beforehand
    bool releases_are_poisson = true;   ///< those that come from outside
    bool is_even = false;               ///< single containers, evenly released by one demand, and nothing else
    bool arrivals_are_poisson = false;  ///< in batches where `streams` has them
    bool loses_patience = false;        ///< some leave before they are served
    double arrival_scv = 1.0;           ///< squared coefficient of variation of the times between arrivals (QNA)

    std::map<std::uint32_t, MoveClass> classes;  ///< of continuous services and background, by rank
    bool has_own_times = false;                  ///< some demand's moves take a time of their own
    bool is_exponential = true;                  ///< all of them; then they are alike where their means are
    double moves_of_calls = 0.0;
    double cranes_of_moves = 0.0;  ///< cranes that may work on their vehicle, added over these moves

    void add_class(const model::Demand& demand, const model::Facility& facility, double rate);
    void add_moves(std::uint32_t rank, const DurationLaw& law, double rate);
    /// Moves are served in the order in which they are asked for, and are all alike.
    bool is_first_come() const { return classes.size() <= 1 && !has_own_times; }
    /// All take exponential times of one mean.
    bool has_one_exponential() const;
};

/// Of every facility. Containers on continuous services are followed from crane to crane; vessels and trains bring
/// batches.
IdVector<model::Facility, Station> stations_of(const model::Model& model, const model::Traffic& traffic);

/// Whether every container of the demand goes the same way, at a rate that does not change.
bool is_steady(const model::Demand& demand);

/// Consignments per hour within the window.
double consignments_per_hour(const model::Model& model, const model::Demand& demand);

}  // namespace corridor::study
