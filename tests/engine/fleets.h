// A corridor of three ports whose lines share a fleet.
#pragma once

#include <string>

#include "engine/support.h"

namespace corridor {

/// a --- 100 km, 10 h --- b --- 50 km, 5 h --- c, the same in both directions. January 2020.
inline std::string corridor_of(const std::string& fleet, const std::string& services) {
    return R"(
[period]
start = 2020-01-01
end = 2020-02-01
[terminal]
a = { quay_cranes = "unlimited" }
b = { quay_cranes = "unlimited" }
c = { quay_cranes = "unlimited" }
[link]
a-b = { mode = "waterway", from = "a", to = "b", length = "100 km", speed = "10 km/h" }
b-c = { mode = "waterway", from = "b", to = "c", length = "50 km", speed = "10 km/h" }
[vehicle.barge]
mode = "waterway"
capacity = "10 TEU"
[fleet.pool]
)" + fleet +
           "\n" + services +
           "[demand.boxes]\nfrom = \"a\"\nto = \"b\"\nreleases = [{ time = 2020-01-01, containers = 1 }]\n";
}

/// One-way departures of the shared fleet, "a" to "b": from_to("a", "b", "2020-01-01T06:00:00").
inline std::string from_to(const std::string& from, const std::string& to, const std::string& times,
                           const std::string& more = "") {
    return "[service." + from + to + "]\nroute = [\"" + from + "\", \"" + to +
           "\"]\ndirections = \"one-way\"\nvehicle = \"barge\"\nfleet = \"pool\"\ndepartures = { times = [" + times +
           "] }\n" + more + "\n";
}

}  // namespace corridor
