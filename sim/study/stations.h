// What comes to the cranes of every facility: the traffic equations of the corridor.
#pragma once

#include <vector>

#include "corridor/model/model.h"
#include "corridor/study/queueing.h"
#include "model/traffic.h"

namespace corridor::study {

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
    double arrival_scv = 1.0;           ///< squared coefficient of variation of the times between arrivals (QNA)
};

/// Of every facility. Containers on continuous services are followed from crane to crane; vessels and trains bring
/// batches.
IdVector<model::Facility, Station> stations_of(const model::Model& model, const model::Traffic& traffic);

/// Whether every container of the demand goes the same way, at a rate that does not change.
bool is_steady(const model::Demand& demand);

/// Consignments per hour within the window.
double consignments_per_hour(const model::Model& model, const model::Demand& demand);

}  // namespace corridor::study
