#include <doctest/doctest.h>

#include "scenario/two_ports.h"

namespace corridor::scenario {
namespace {

TEST_CASE("A value that is set on the command line replaces the one in the file") {
    CHECK(complaints(std::string(kTwoPorts), {"period.end=2020-03-01", "service.a-b.fleet=4", "link.a-b.length=12 km",
                                              "demand.a-b.volume = 300 TEU", "terminal.a.quay_cranes=unlimited"}) ==
          "");
}

TEST_CASE("A fixed value says that its range is gone") {
    CHECK(complaints(std::string(kTwoPorts), {"quantity.upstream.value=9 km/h"}) ==
          "--set:1:25: note: quantity.upstream: the value is fixed, its range no longer counts (see 12:9)\n");
    CHECK(complaints(std::string(kTwoPorts), {"quantity.upstream=9 km/h"}) ==
          "--set:1:19: note: quantity.upstream: the value is fixed, its range no longer counts (see 12:9)\n");
    CHECK(complaints(std::string(kTwoPorts), {"link.a-b.speed.upstream=9 km/h"}) == "");
}

TEST_CASE("A62: A path that leads nowhere is named with what was probably meant") {
    CHECK(complaints(std::string(kTwoPorts), {"service.a-b.flet=3"}) ==
          "--set:1:1: error: service.a-b.flet: unknown key 'flet'; did you mean 'fleet'?\n");
    CHECK(complaints(std::string(kTwoPorts), {"servce.a-b.fleet=4"}) ==
          "--set:1:1: error: servce: unknown table 'servce'; did you mean 'service'?\n");
    CHECK(complaints(std::string(kTwoPorts), {"service.a-c.fleet=3"}) ==
          "--set:1:1: error: service: unknown service 'a-c'; did you mean 'a-b'?\n");
    CHECK(complaints(std::string(kTwoPorts), {"link.a-b.length.value.x=3"}) ==
          "--set:1:25: error: link.a-b.length.value: expected a number, got a table\n");
}

TEST_CASE("What a scenario extends cannot be set, for it is read before") {
    CHECK(complaints(std::string(kTwoPorts), {"extends=base.toml"}) ==
          "--set:1:1: error: extends: cannot be set on the command line (the files are read before it); write a "
          "scenario that extends the other one, and give that\n");
}

TEST_CASE("What is no assignment is refused, and faults in a value point at it") {
    CHECK(complaints(std::string(kTwoPorts), {"nonsense"}) ==
          "--set:1:1: error: not an assignment; write path=value, such as service.a-b.departures.per_week=7\n");
    CHECK(complaints(std::string(kTwoPorts), {"=3"}) ==
          "--set:1:1: error: not an assignment; write path=value, such as service.a-b.departures.per_week=7\n");
    CHECK(complaints(std::string(kTwoPorts), {"link.a-b.length=12 parsec"}) ==
          "--set:1:20: error: link.a-b.length: unknown unit 'parsec'; use km or m\n");
    CHECK(complaints(std::string(kTwoPorts), {R"(link.a-b.length="12 parsec")"}) ==
          "--set:1:21: error: link.a-b.length: unknown unit 'parsec'; use km or m\n");
    CHECK(complaints(std::string(kTwoPorts), {"run.seed=abc"}) ==
          "--set:1:10: error: run.seed: expected a whole number, got text \"abc\"\n");
    CHECK(complaints(std::string(kTwoPorts), {"period.end=2019-01-01"}) ==
          "--set:1:12: error: period.end: the period ends before it starts (2020-01-01 to 2019-01-01)\n");
    CHECK(complaints(std::string(kTwoPorts), {"demand.a-b.profile.2020-02=0.5"}) == "");
}

}  // namespace
}  // namespace corridor::scenario
