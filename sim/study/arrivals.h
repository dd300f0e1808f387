// How the vehicles of lines come to what is on their way.
#pragma once

#include <vector>

#include "corridor/model/model.h"
#include "model/traffic.h"

namespace corridor::study {

/// A stream of vehicles, or several together.
struct Arrivals {
    struct Part {
        double rate = 0.0;  ///< per hour
        double scv = 1.0;   ///< squared coefficient of variation of the times between them
    };
    std::vector<Part> parts;
    bool is_poisson = true;  ///< exactly, and whatever they do later changes nothing about it

    double rate() const;
    /// Of all together at a resource of this load: of renewal streams, the more there are the more like Poisson (Whitt
    /// 1983, equations 29 to 33).
    double scv(double load) const;

    void add(const Arrivals& more);
};

/// The departures of a line from its first stop. Poisson where single containers that are so released each call a
/// vehicle, whose stay at the first stop is always the same.
Arrivals departures_of(const model::Model& model, const model::Traffic& traffic, Id<model::Line> line);

/// Whether a vehicle that begins to load at a stop leaves it a fixed time later, and on a timetabled line on time.
bool leaves_at_once(const model::Model& model, const model::Line& line, const model::Stop& stop);

}  // namespace corridor::study
