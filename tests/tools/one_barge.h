// A small scenario for tests of commands.
#pragma once

#include "tools/shell.h"

namespace corridor::tests {

// port --barge, three times a week--> hub
inline constexpr const char* kOneBarge = R"(format = 1
title = "One barge"
period = { start = 2020-01-06, end = 2020-03-30, warm_up = "1 week" }
run = { replications = 4 }
[terminal.port]
quay_cranes = { count = 2, rate = "25 moves/h" }
[terminal.hub]
quay_cranes = "unlimited"
[link.river]
mode = "waterway"
from = "port"
to = "hub"
length = "275 km"
speed = { value = "17 km/h", range = ["15 km/h", "22 km/h"] }
[vehicle]
barge = { mode = "waterway", capacity = "120 TEU" }
[service]
feeder = { route = ["port", "hub"], directions = "one-way", vehicle = "barge", departures = { per_week = 3 }, cut_off = "3 h" }
[demand]
exports = { from = "port", to = "hub", rate = { value = "300 TEU/week", range = ["250 TEU/week", "350 TEU/week"] } }
[reported]
shipped = { value = "3750 TEU", use = "validate", reading.all = { measure = "teu_shipped", of = ["service.feeder"] } }
)";

/// A folder with that scenario.
class Folder : public Scratch {
  public:
    Folder() { file("scenario.toml", kOneBarge); }
};

}  // namespace corridor::tests
