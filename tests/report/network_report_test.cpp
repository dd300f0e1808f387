#include "corridor/report/network_report.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

namespace corridor {
namespace {

// 果园 --river, 275 km--> "B" ; B has no position.
scenario::Scenario made_up_network() {
    scenario::Scenario s;
    scenario::Terminal a;
    a.id = "a";
    a.name = "果园";
    a.latitude = 29.6;
    a.longitude = 106.7;
    scenario::Terminal b;
    b.id = "b";
    b.name = "the \"old\" port";
    const auto from = s.terminals.push_back(a);
    const auto to = s.terminals.push_back(b);
    scenario::Link river;
    river.id = river.name = "river";
    river.from = from;
    river.to = to;
    river.length = s.quantities.push_back({.path = "link.river.length", .dimension = kLength, .value = 275});
    s.links.push_back(river);
    return s;
}

TEST_CASE("A graph has a node per terminal and an edge per link, with names quoted") {
    CHECK(network_dot(made_up_network()) ==
          "digraph corridor {\n"
          "  rankdir=LR;\n"
          "  node [shape=box];\n"
          "  \"a\" [label=\"果园\"];\n"
          "  \"b\" [label=\"the \\\"old\\\" port\"];\n"
          "  \"a\" -> \"b\" [label=\"river, 275 km\", dir=both];\n"
          "}\n");
}

TEST_CASE("A map leaves out what has no position") {
    auto json = nlohmann::json::parse(network_geojson(made_up_network()));
    REQUIRE(json["features"].size() == 1);
    CHECK(json["features"][0]["geometry"]["type"] == "Point");
    CHECK(json["features"][0]["geometry"]["coordinates"] == nlohmann::json{106.7, 29.6});
    CHECK(json["features"][0]["properties"]["name"] == "果园");
}

TEST_CASE("A lock stands on its link as the link is drawn") {
    scenario::Scenario s = made_up_network();
    s.terminals.items()[1].latitude = 30.6;
    s.terminals.items()[1].longitude = 108.7;
    scenario::Lock dam;
    dam.id = dam.name = "dam";
    dam.link = Id<scenario::Link>{std::size_t{0}};
    dam.at = s.quantities.push_back({.path = "lock.dam.at", .dimension = kLength, .value = 55});
    dam.places = dam.chambers = s.quantities.push_back({.path = "lock.dam.chambers", .value = 2});
    s.locks.push_back(dam);
    auto lock = nlohmann::json::parse(network_geojson(s))["features"][3];
    CHECK(lock["properties"]["kind"] == "lock");
    CHECK(lock["properties"]["link"] == "river");
    CHECK(lock["geometry"]["coordinates"][0].get<double>() == doctest::Approx(107.1));  // a fifth of the way
    CHECK(lock["geometry"]["coordinates"][1].get<double>() == doctest::Approx(29.8));
}

TEST_CASE("A link is drawn along its geometry, or straight from end to end") {
    scenario::Scenario s = made_up_network();
    s.terminals.items()[1].latitude = 30.0;
    s.terminals.items()[1].longitude = 107.0;
    auto straight = nlohmann::json::parse(network_geojson(s))["features"][2];
    CHECK(straight["geometry"]["coordinates"] == nlohmann::json{{106.7, 29.6}, {107.0, 30.0}});
    CHECK(straight["properties"]["length_km"] == 275);
    s.links.items()[0].geometry = {{106.7, 29.6}, {106.9, 29.9}, {107.0, 30.0}};
    auto bent = nlohmann::json::parse(network_geojson(s))["features"][2];
    CHECK(bent["geometry"]["coordinates"].size() == 3);
}

TEST_CASE("The network as text has a table per kind") {
    CHECK(network_text(made_up_network())
              .find("links (1)\n"
                    "id     mode      from  to  length  forward  backward  paths per day\n"
                    "river  waterway  a     b   275 km  -        -         -\n") != std::string::npos);
}

}  // namespace
}  // namespace corridor
