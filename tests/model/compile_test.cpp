// What holds for the model as a whole.
#include "corridor/model/compile.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiled.h"

namespace corridor::model {
namespace {

/// Everything that a replication can depend on, as text.
std::string fingerprint(const Model& model) {
    std::string text = fmt::format("{} {}\n", model.window.from, model.window.to);
    for (const Facility& f : model.facilities) {
        text += fmt::format("facility {} {} {} {}\n", model.terminals[f.terminal].id, f.berths, f.cranes.cranes,
                            f.cranes.stream);
    }
    for (const Line& line : model.lines) {
        text += fmt::format("line {} {} {} {} {} {}\n", model.services[line.service].id, label(line.direction),
                            line.timetable.first_ms, line.timetable.headway_ms, line.timetable.stream,
                            line.end_pool.valid() ? line.end_pool.index() : 0);
    }
    for (const Stop& stop : model.stops) {
        text +=
            fmt::format("stop {} {} {}", stop.line.index(), model.terminals[stop.terminal].id, stop.hop.running_time);
        for (const LinkUse& use : stop.hop.links)
            text += fmt::format(" {}{}", model.links[use.link].id, label(use.direction));
        text += '\n';
    }
    for (const Leg& leg : model.legs) {
        text += fmt::format("leg {} {} {}\n", model.demands[leg.demand].id, leg.board.index(), leg.alight.index());
    }
    for (const Demand& demand : model.demands) {
        text += fmt::format("demand {} {} {}\n", demand.id, demand.rates.front().per_ms, demand.release_stream);
    }
    return text;
}

const std::string kHead = R"(format = 1
title = "Any order"
period = { start = 2020-01-06, end = 2020-01-13 }
)";

const std::vector<std::string> kTables{
    "[terminal.west]\nquay_cranes = { count = 2, rate = \"20 moves/h\" }\n",
    "[terminal.mid]\nquay_cranes = \"unlimited\"\nrail_cranes = \"unlimited\"\n",
    "[terminal.east]\nquay_cranes = \"unlimited\"\nrail_cranes = \"unlimited\"\n",
    "[link.upper]\nmode = \"waterway\"\nfrom = \"west\"\nto = \"mid\"\nlength = \"80 km\"\nspeed = \"8 km/h\"\n",
    "[link.lower]\nmode = \"waterway\"\nfrom = \"mid\"\nto = \"east\"\nlength = \"70 km\"\nspeed = \"8 km/h\"\n",
    "[link.rails]\nmode = \"railway\"\nfrom = \"mid\"\nto = \"east\"\nlength = \"60 km\"\nspeed = \"30 km/h\"\n",
    "[vehicle.barge]\nmode = \"waterway\"\ncapacity = \"60 TEU\"\n",
    "[vehicle.train]\nmode = \"railway\"\ncapacity = \"60 TEU\"\n",
    "[service.slow]\nvehicle = \"barge\"\nroute = [\"west\", \"mid\", \"east\"]\ndirections = \"each\"\nfleet = 3\n"
    "departures = { per_week = 7 }\n",
    "[service.fast]\nvehicle = \"train\"\nroute = [\"mid\", \"east\"]\ndirections = \"each\"\ndepartures = { per_week "
    "= 14 }\n",
    "[demand.out]\nfrom = \"west\"\nto = \"east\"\nvolume = \"100 containers\"\n",
    "[demand.back]\nfrom = \"east\"\nto = \"west\"\nvolume = \"100 containers\"\n",
};

std::string joined(const std::vector<std::string>& tables) {
    std::string text = kHead;
    for (const std::string& table : tables) text += table;
    return text;
}

TEST_CASE("The order of tables in the file changes nothing") {
    const std::string expected = fingerprint(model_of(joined(kTables)));
    std::vector<std::string> tables = kTables;
    std::reverse(tables.begin(), tables.end());
    CHECK(fingerprint(model_of(joined(tables))) == expected);
    std::rotate(tables.begin(), tables.begin() + 5, tables.end());
    CHECK(fingerprint(model_of(joined(tables))) == expected);
}

TEST_CASE("A new terminal, service and demand leave the streams and ways of the others alone") {
    const Model before = model_of(joined(kTables));
    std::vector<std::string> more = kTables;
    more.push_back("[terminal.annex]\nquay_cranes = \"unlimited\"\n");
    more.push_back(
        "[link.creek]\nmode = \"waterway\"\nfrom = \"annex\"\nto = \"west\"\nlength = \"5 km\"\nspeed = \"5 km/h\"\n");
    more.push_back(
        "[service.creek]\nvehicle = \"barge\"\nroute = [\"annex\", \"west\"]\ndirections = \"each\"\n"
        "departures = { per_week = 1 }\n");
    more.push_back("[demand.all]\nfrom = \"annex\"\nto = \"west\"\nvolume = \"10 containers\"\n");
    const Model after = model_of(joined(more));
    for (const Demand& demand : before.demands) {
        const auto found = std::find_if(after.demands.begin(), after.demands.end(),
                                        [&](const Demand& other) { return other.id == demand.id; });
        REQUIRE(found != after.demands.end());
        CHECK(found->release_stream == demand.release_stream);
        CHECK(found->itineraries.size() == demand.itineraries.size());
        CHECK(found->itineraries.front().expected_hours == demand.itineraries.front().expected_hours);
    }
}

TEST_CASE("A terminal has a facility for each mode it can handle, with streams of its own") {
    const Model model = model_of(joined(kTables));
    CHECK(model.terminals.size() == 3);
    REQUIRE(model.facilities.size() == 5);
    const Terminal& west = *std::find_if(model.terminals.begin(), model.terminals.end(),
                                         [](const Terminal& terminal) { return terminal.id == "west"; });
    REQUIRE(west.facilities[0].valid());
    CHECK_FALSE(west.facilities[1].valid());
    const Facility& quay = model.facilities[west.facilities[0]];
    CHECK(quay.cranes.cranes == 2);
    CHECK(moments(quay.cranes.move_time).mean == 180'000.0);
    CHECK(quay.berths == kUnlimited);
    std::vector<std::uint64_t> streams;
    for (const Facility& facility : model.facilities) {
        streams.push_back(facility.entry_stream);
        streams.push_back(facility.cranes.stream);
    }
    std::sort(streams.begin(), streams.end());
    CHECK(std::adjacent_find(streams.begin(), streams.end()) == streams.end());
}

TEST_CASE("All errors are found at once") {
    const std::string text = joined(kTables) +
                             "[service.nowhere]\nvehicle = \"train\"\nroute = [\"mid\", \"east\"]\n"
                             "directions = \"one-way\"\nfleet = 1\ndepartures = { per_week = 7 }\n"
                             "[service.loose]\nvehicle = \"barge\"\nroute = [\"west\", \"east\"]\n"
                             "links = [\"lower\"]\ndirections = \"one-way\"\ndepartures = { per_week = 7 }\n";
    CHECK(findings_of(text) ==
          "error: service.loose.links: link 'lower' does not continue the route (it joins 'mid' and 'east', the "
          "vehicle is at "
          "'west')\n"
          "error: service.nowhere: has a fleet, but its vehicles never come back (directions = \"one-way\"); use "
          "directions = "
          "\"each\" or \"round-trip\", or end the route where it begins\n");
}

TEST_CASE("The scenarios of the source tree compile, at their stated values and at drawn ones") {
    for (const std::string name : {"tutorial", "upper-yangtze-2020h1", "three-gorges-2020", "rhine-2018"}) {
        const auto scenario = scenario::read_scenario(std::string(CORRIDOR_SOURCE_DIR) + "/scenarios/" + name);
        INFO(render(scenario.diagnostics()));
        REQUIRE(scenario.ok());
        const auto& quantities = scenario.value().quantities;
        CHECK(compile(scenario.value(), scenario::stated_values(quantities)).ok());
        for (std::uint64_t draw = 0; draw < 100; ++draw) {
            const auto model = compile(scenario.value(), scenario::drawn_values(quantities, 1, draw));
            INFO(render(model.diagnostics()));
            CHECK(model.ok());
        }
    }
}

}  // namespace
}  // namespace corridor::model
