// The most that the services of a model can carry from one terminal to another for ever, and what holds them back.
#pragma once

#include <string>
#include <vector>

#include "corridor/model/model.h"

namespace corridor::model {

/// Part of what limits a throughput: a hop of a line, or the cranes of a facility.
struct Bottleneck {
    std::string subject;        ///< "service.yibin-guoyuan.forward", "terminal.guoyuan.quay"
    std::string where;          ///< of a line, the hop: "yibin - luzhou"; of cranes "loading", "discharging"
    double teu_per_hour = 0.0;  ///< its capacity
};

struct Throughput {
    double teu_per_hour = 0.0;            ///< infinite where continuous services and unlimited cranes lead through
    std::vector<Bottleneck> bottlenecks;  ///< a minimum cut: together they let no more through
};

/// Maximum flow over places per hour (capacity times departures that the fleet can run) and crane moves per hour,
/// within opening hours, when everything else stands aside. A move lifts `teu_per_move` TEU. At a terminal of one mode
/// between origin and destination a container takes two moves; at one of two modes each mode's cranes are held only to
/// their own loading and discharging, so the result is an upper bound. Berths and paths are not looked at.
Throughput greatest_throughput(const Model& model, Id<Terminal> from, Id<Terminal> to, double teu_per_move = 1.0);

}  // namespace corridor::model
