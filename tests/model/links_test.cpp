// What is on links: what is refused.
#include <doctest/doctest.h>

#include "model/compiled.h"

namespace corridor::model {
namespace {

std::string with_link(const std::string& keys, const std::string& mode = "railway") {
    return R"(period = { start = 2020-01-01, end = 2020-01-08 }
[terminal]
a.quay_cranes = "unlimited"
b.quay_cranes = "unlimited"
[link.line]
mode = ")" +
           mode + R"("
from = "a"
to = "b"
length = "90 km"
speed = "60 km/h"
)" + keys + "\n";
}

}  // namespace

TEST_CASE("Tracks are a railway's, alternating traffic is a waterway's") {
    CHECK(errors_of(with_link("tracks = 1\ncrossing_places = 0")).empty());
    CHECK(errors_of(with_link("traffic = \"alternating\"\ncrossing_places = 2", "waterway")).empty());
    CHECK(errors_of(with_link("tracks = 1", "waterway")) ==
          "error: link.line.tracks: only a railway has tracks; use traffic = \"alternating\" for a waterway\n");
    CHECK(errors_of(with_link("traffic = \"alternating\"")) ==
          "error: link.line.traffic: has a meaning only on a waterway; use tracks = 1 for a single-track railway\n");
    CHECK(errors_of(with_link("crossing_places = 2")) ==
          "error: link.line.crossing_places: 'crossing_places' has no meaning (the two directions do not hinder each "
          "other); give tracks = 1\n");
}

TEST_CASE("A link is open at some time of the run") {
    CHECK(errors_of(with_link("closed = [\"2020-01-01/2020-01-07\"]")).empty());
    CHECK(
        errors_of(with_link("closed = [\"2020-01-01/2020-01-08\"]")) ==
        "error: link.line: is never open within the run (2020-01-01 to 2020-01-08); leave it out, or change 'opening' "
        "or 'closed'\n");
    CHECK(errors_of(with_link("opening = []")) ==
          "error: link.line.opening: the list of opening hours is empty (never open, or always?); leave `opening` out "
          "for "
          "always; for never, leave the link out or close it by `closed`\n");
}

TEST_CASE("No lock stands on a reach with alternating traffic") {
    const std::string lock = "[lock.dam]\nlink = \"line\"\nplaces = 1\ncycle_time = \"1 h\"\n";
    CHECK(errors_of(with_link("traffic = \"both-ways\"\n" + lock, "waterway")).empty());
    CHECK(errors_of(with_link("traffic = \"alternating\"\n" + lock, "waterway")) ==
          "error: lock.dam: stands on 'line', whose traffic alternates (vessels that wait for a lock would hold the "
          "reach); divide the link: the lock on one, the reach on the other\n");
}

TEST_CASE("Water has a depth, and vessels a draught") {
    CHECK(errors_of(with_link("depth = \"3 m\"")) == "error: link.line.depth: only a waterway has a depth\n");
    CHECK(errors_of(with_link(
              "depth = [{ from = 2020-01-01, depth = \"3 m\" }, { from = 2020-01-01, depth = \"2 m\" }]",
              "waterway")) == "error: link.line.depth: the depth from 2020-01-01 on is given twice; leave one out\n");
    const auto vessel = [](const std::string& keys) {
        return errors_of(with_link("depth = \"3 m\"", "waterway") +
                         "[vehicle.barge]\nmode = \"waterway\"\ncapacity = \"100 TEU\"\n" + keys);
    };
    CHECK(vessel("payload = \"1300 t\"\ndraught_empty = \"1 m\"\ndraught_loaded = \"1.1 m\"").empty());
    CHECK(vessel("payload = \"1300 t\"\ndraught_empty = \"1 m\"\ndraught_loaded = \"1 m\"") ==
          "error: vehicle.barge.draught_loaded: must be more than 'draught_empty' (1 m against 1 m)\n");
    CHECK(vessel("draught_empty = \"1 m\"\ndraught_loaded = \"2 m\"") ==
          "error: vehicle.barge.draught_loaded: 'payload' is missing (the load at this draught); for example payload = "
          "\"3000 t\"\n");
}

TEST_CASE("Draughts and depths are those of ships and of rivers") {
    const auto vessel = [](const std::string& empty, const std::string& loaded) {
        return errors_of(with_link("depth = \"3 m\"", "waterway") +
                         "[vehicle.barge]\nmode = \"waterway\"\ncapacity = \"100 TEU\"\npayload = \"1300 t\"\n" +
                         "draught_empty = " + empty + "\ndraught_loaded = " + loaded + "\n");
    };
    CHECK(vessel("\"1 m\"", "\"30 m\"").empty());
    CHECK(vessel("\"1 m\"", "\"30.1 m\"") == "error: vehicle.barge.draught_loaded: must be at most 30 m, got 30.1 m\n");
    CHECK(vessel("\"1 m\"", "{ value = \"2 m\", range = [\"1.5 m\", \"270 m\"] }") ==
          "error: vehicle.barge.draught_loaded: must be at most 30 m, got 270 m\n");
    CHECK(vessel("\"1 km\"", "\"2 m\"") == "error: vehicle.barge.draught_empty: must be at most 30 m, got 1000 m\n");
    CHECK(errors_of(with_link("depth = \"200 m\"", "waterway")).empty());
    CHECK(errors_of(with_link("depth = \"201 m\"", "waterway")) ==
          "error: link.line.depth: must be at most 200 m, got 201 m\n");
    CHECK(errors_of(with_link("depth_by_month = { 2020-01 = \"2 m\", 2020-02 = \"290 m\" }", "waterway")) ==
          "error: link.line.depth_by_month: must be at most 200 m, got 290 m\n");
}

TEST_CASE("A depth that leaves a vessel less than a tenth of its payload is pointed out") {
    const auto said = [](const std::string& depth) {
        return findings_of(with_link("depth_by_month = { 2020-01 = " + depth + ", 2020-02 = \"4 m\" }", "waterway") +
                           R"([vehicle.barge]
mode = "waterway"
capacity = "100 TEU"
payload = "1000 t"
draught_empty = "1 m"
draught_loaded = "3 m"
[service.s]
route = ["a", "b"]
directions = "one-way"
vehicle = "barge"
departures = { per_week = 7 }
cut_off = "12 h"
[demand.d]
from = "a"
to = "b"
rate = "7 containers/week"
)");
    };
    const std::string later =
        "warning: link.line.depth: the depth from 2020-02-01 is not within the run (2020-01-01 to 2020-01-08)\n";
    CHECK(said("\"1.3 m\"") == later);
    CHECK(said("\"1.1 m\"") ==
          "warning: service.s: from 'a' the depth of link 'line' (1.10 m at most) binds its load to 50 t of 1000 t; "
          "check the depth, and the draughts of its vessels\n" +
              later);
}

TEST_CASE("Vessels that would never float are refused") {
    const auto empty = [](const std::string& draught) {
        return errors_of(with_link("depth_by_month = { 2020-01 = \"1.5 m\", 2020-06 = \"4 m\" }", "waterway") +
                         R"([vehicle.barge]
mode = "waterway"
capacity = "100 TEU"
payload = "1300 t"
draught_loaded = "3 m"
draught_empty = ")" + draught +
                         R"("
[service.s]
route = ["a", "b"]
directions = "one-way"
vehicle = "barge"
departures = { per_week = 7 }
)");
    };
    CHECK(empty("1.5 m").empty());
    CHECK(empty("1.6 m") ==
          "error: service.s: its vessels never float on link 'line' (empty they need 1.60 m, it has 1.50 m at most); "
          "give "
          "the service a vessel of less draught, or the link its depth\n");
}

}  // namespace corridor::model
