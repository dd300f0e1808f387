// Parts of scenarios that tests of several subjects put together.
#pragma once

#include <string>

#include "engine/simulated.h"

namespace corridor {

/// A scenario with more keys of its first link.
inline std::string with_link_of(std::string text, const std::string& keys) {
    return text.insert(text.find("speed ="), keys + "\n");
}

/// `river`, with other keys of one of its terminals than unlimited cranes.
inline std::string with_terminal_of(std::string text, const std::string& id, const std::string& keys) {
    const std::string plain = "[terminal." + id + "]\nquay_cranes = \"unlimited\"\n";
    REQUIRE(text.find(plain) != std::string::npos);
    return text.replace(text.find(plain), plain.size(), "[terminal." + id + "]\n" + keys + "\n");
}

/// One disruption, over a window between two instants.
inline std::string disrupted(const std::string& of, const std::string& effect, const std::string& from,
                             const std::string& to) {
    return "[disruption.event]\nof = [\"" + of + "\"]\n" + effect + "\nwindows = [{ from = " + from + ", to = " + to +
           " }]\n";
}

/// From 2020-01-01 until `end`: containers leave a one by one for b, which takes no time; a has the keys given, b
/// unlimited cranes and the keys given.
inline std::string side_by_side(const std::string& end, const std::string& a, const std::string& b,
                                const std::string& rest) {
    return "period = { start = 2020-01-01, end = " + end + " }\n[terminal.a]\n" + a +
           "\n[terminal.b]\nquay_cranes = \"unlimited\"\n" + b + R"(
[link.a-b]
mode = "waterway"
from = "a"
to = "b"
length = "1 km"
running_time = "0 h"
[vehicle.barge]
mode = "waterway"
capacity = "2 TEU"
)" + departures("{ continuous = true }") +
           rest;
}

/// One day: five containers at midnight, three hours a move of the quay cranes of a, which have the keys given.
inline std::string five_at_cranes(const std::string& cranes, const std::string& rest = "") {
    return side_by_side("2020-01-02", "quay_cranes = { move_time = \"3 h\", " + cranes + " }", "",
                        listed("{ time = 2020-01-01, containers = 5 }") + rest);
}

}  // namespace corridor
