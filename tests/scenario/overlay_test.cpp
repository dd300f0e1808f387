#include <doctest/doctest.h>

#include <string>

#include "scenario/test_folder.h"

namespace corridor::scenario {
namespace {

/// The scenario that an overlay makes of the two ports.
std::string hash_with_overlay(const std::string& overlay) {
    TestFolder folder("overlay");
    folder.write("base.toml", kTwoPorts).write("scenario.toml", "extends = \"base.toml\"\n" + overlay);
    const Result<Scenario> result = folder.read();
    CHECK_MESSAGE(result.ok(), render(result.diagnostics()));
    return result.ok() ? result.value().hash : "";
}

std::string hash_of(const std::string& text) { return scenario_of(text).hash; }

TEST_CASE("An overlay is the same as editing its base") {
    CHECK(hash_with_overlay("") == hash_of(std::string(kTwoPorts)));
    CHECK(hash_with_overlay("[vehicle.barge]\ncapacity = \"200 TEU\"\n") == hash_of(changed("150 TEU", "200 TEU")));
    CHECK(hash_with_overlay("[terminal.c]\nquay_cranes = \"unlimited\"\n") ==
          hash_of(extended("[terminal.c]\nquay_cranes = \"unlimited\"\n")));
    CHECK(hash_with_overlay("demand.a-b.profile.2020-02 = 0.5\n") ==
          hash_of(changed("{ 2020-01 = 0.9 }", "{ 2020-01 = 0.9, 2020-02 = 0.5 }")));
    CHECK(hash_with_overlay("[terminal.a]\nopening = [\"Sat 08:00-12:00\"]\n") ==
          hash_of(changed("[\"Mon-Fri 06:00-22:00\"]", "[\"Sat 08:00-12:00\"]")));
}

TEST_CASE("A key of an overlay takes with it the keys of its base that it excludes") {
    CHECK(hash_with_overlay("[demand.a-b]\nvolume = \"3 TEU\"\n") ==
          hash_of(changed("rate = { use = \"boxes\" }", "volume = \"3 TEU\"")));
    CHECK(hash_with_overlay("[service.a-b]\ndepartures = { headway = \"12 h\" }\n") ==
          hash_of(changed("{ per_week = { use = \"sailings\" } }", "{ headway = \"12 h\" }")));
    CHECK(hash_with_overlay("[terminal.a]\nquay_cranes.move_time = \"2 min\"\n") ==
          hash_of(changed("rate = \"25 moves/h\"", "move_time = \"2 min\"")));
    CHECK(hash_with_overlay("[link.a-b]\nspeed.backward = \"9 km/h\"\n") ==
          hash_of(changed("upstream = { use = \"upstream\" }", "backward = \"9 km/h\"")));
}

TEST_CASE("A value that is given anew takes with it the range of the old one; a note or a range alone joins it") {
    CHECK(hash_with_overlay("[quantity.upstream]\nvalue = \"9 km/h\"\n") ==
          hash_of(changed("value = \"10 km/h\"\nrange = [\"8 km/h\", \"13 km/h\"]\n", "value = \"9 km/h\"\n")));
    CHECK(hash_with_overlay("quantity.upstream.note = \"windy\"\n") ==
          hash_of(changed("value = \"10 km/h\"\n", "value = \"10 km/h\"\nnote = \"windy\"\n")));
    CHECK(hash_with_overlay("link.a-b.length.range = [\"270 km\", \"290 km\"]\n") ==
          hash_of(changed("\"275 km\"", "{ value = \"275 km\", range = [\"270 km\", \"290 km\"] }")));
    CHECK(hash_with_overlay("link.a-b.speed = \"12 km/h\"\n") ==
          hash_of(changed("{ downstream = \"16 km/h\", upstream = { use = \"upstream\" } }", "\"12 km/h\"")));
}

TEST_CASE("One direction given over a speed for both leaves the other as it was") {
    TestFolder folder("one-direction");
    folder.write("base.toml", changed("{ downstream = \"16 km/h\", upstream = { use = \"upstream\" } }", "\"12 km/h\""))
        .write("scenario.toml", "extends = \"base.toml\"\nlink.a-b.speed.upstream = \"9 km/h\"\n");
    const Result<Scenario> result = folder.read();
    REQUIRE(result.ok());
    const Link& link = result.value().links[Id<Link>{0}];
    CHECK(result.value().quantities[*link.speed[0]].value == 12.0);
    CHECK(result.value().quantities[*link.speed[1]].value == 9.0);
}

TEST_CASE("A76: A scenario that extends one that is not there says which") {
    TestFolder folder("extends-missing");
    folder.write("scenario.toml", "extends = \"no.toml\"\n");
    CHECK(folder.complaints() == "scenario.toml:1:11: error: extends: cannot open 'no.toml' (no such file)\n");
    folder.write("scenario.toml", "extends = 3\n");
    CHECK(folder.complaints() ==
          "scenario.toml:1:11: error: extends: expected the name of a file in quotes, got the number 3\n");
    folder.write("scenario.toml", "extends = \"\"\n");
    CHECK(folder.complaints() == "scenario.toml:1:11: error: extends: the name of the file is empty\n");
}

TEST_CASE("A76: Scenarios that extend each other show the chain") {
    TestFolder folder("extends-cycle");
    folder.write("scenario.toml", "extends = \"sub/b.toml\"\n").write("sub/b.toml", "extends = \"../scenario.toml\"\n");
    CHECK(folder.complaints() ==
          "sub/b.toml:1:11: error: extends: a scenario extends itself (scenario.toml -> sub/b.toml -> "
          "scenario.toml)\n");
}

TEST_CASE("A76, A77: At most 32 scenarios extend one another") {
    TestFolder folder("extends-deep");
    const auto write_chain = [&](int length) {
        folder.write("scenario.toml", "extends = \"1.toml\"\n");
        for (int i = 1; i < length - 1; ++i) {
            folder.write(fmt::format("{}.toml", i), fmt::format("extends = \"{}.toml\"\n", i + 1));
        }
        folder.write(fmt::format("{}.toml", length - 1), kTwoPorts);
    };
    write_chain(32);
    CHECK(folder.complaints() == "");
    write_chain(33);
    CHECK(folder.complaints() == "31.toml:1:11: error: extends: more than 32 scenarios extend one another\n");
}

TEST_CASE("Faults in a scenario that is extended are shown in its own file") {
    TestFolder folder("extends-faulty");
    folder.write("scenario.toml", "extends = \"base.toml\"\n").write("base.toml", "x = = 3\n");
    CHECK(folder.complaints() == "base.toml:1:5: error: syntax error (value: could not determine value type)\n");
    folder.write("base.toml", changed("275 km", "275 lm"));
    CHECK(folder.complaints() == "base.toml:28:15: error: link.a-b.length: unknown unit 'lm'; did you mean 'km'?\n");
}

}  // namespace
}  // namespace corridor::scenario
