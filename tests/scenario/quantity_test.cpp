#include <doctest/doctest.h>

#include "scenario/two_ports.h"

namespace corridor::scenario {
namespace {

TEST_CASE("A57: Where a unit is needed a bare number is refused, and an unknown unit gets those that would do") {
    CHECK(complaints(changed(R"("275 km")", R"("12 parsec")")) ==
          "28:14: error: link.a-b.length: unknown unit 'parsec'; use km or m\n");
    CHECK(complaints(changed(R"("275 km")", "12")) ==
          "28:10: error: link.a-b.length: expected a length such as \"275 km\", got 12 without a unit; use km or m\n");
    CHECK(complaints(changed(R"("275 km")", R"("12 h")")) ==
          "28:10: error: link.a-b.length: expected a length such as \"275 km\", got a duration; use km or m\n");
    CHECK(complaints(changed(R"("275 km")", R"("275")")) ==
          "28:10: error: link.a-b.length: expected a number or a quantity with its unit, got text \"275\"; write 275 "
          "without quotes, or give the unit\n");
    CHECK(complaints(changed(R"("25 moves/h")", R"("25 moves")")) ==
          "20:35: error: terminal.a.quay_cranes.rate: expected a rate of moves such as \"25 moves/h\", got a number of "
          "moves; use moves/h or moves/d\n");
}

TEST_CASE("A range holds its value, is not empty and has its dimension") {
    CHECK(complaints(changed(R"(["8 km/h", "13 km/h"])", R"(["13 km/h", "8 km/h"])")) ==
          "12:10: error: quantity.upstream: the range is empty (13 km/h is not below 8 km/h)\n");
    CHECK(complaints(changed(R"(["8 km/h", "13 km/h"])", R"(["8 km/h", "9 km/h"])")) ==
          "11:9: error: quantity.upstream: the value 10 km/h lies outside its range (8 km/h to 9 km/h)\n");
    CHECK(
        complaints(changed(R"(["8 km/h", "13 km/h"])", R"(["8 h", "13 km/h"])")) ==
        "12:10: error: quantity.upstream: a range has the dimension of its value (expected a speed, got a duration)\n");
    CHECK(complaints(changed(R"(["8 km/h", "13 km/h"])", R"("8 km/h")")) ==
          "12:9: error: quantity.upstream.range: expected [lowest, highest], got text \"8 km/h\"\n");
    CHECK(complaints(changed(R"(["8 km/h", "13 km/h"])", R"(["8 km/h"])")) ==
          "12:9: error: quantity.upstream.range: expected [lowest, highest], got 1 values\n");
    CHECK(complaints(changed(R"("275 km")", R"({ value = "275 km", range = ["-3 km", "300 km"] })")) ==
          "28:39: error: link.a-b.length: must be >= 0, got -3 km\n");
}

TEST_CASE("A quantity of another dimension is refused with where it came from") {
    CHECK(complaints(changed(R"(rate = { use = "boxes" })", R"(rate = { use = "upstream" })")) ==
          "41:8: error: demand.a-b.rate: expected a rate of containers such as \"40 containers/week\" or a rate of TEU "
          "such as \"60 TEU/week\", got a speed from 'quantity.upstream'\n");
    CHECK(
        complaints(changed(R"(product = ["sailings", "124 containers"])", R"(sum = ["sailings", "124 containers"])")) ==
        "15:1: error: quantity.boxes: cannot add a frequency and a number of containers ('quantity.boxes.sum[1]')\n");
    CHECK(complaints(changed(R"(rate = { use = "boxes" })", R"(rate = { product = ["upstream", 2] })")) ==
          "41:8: error: demand.a-b.rate: expected a rate of containers such as \"40 containers/week\" or a rate of TEU "
          "such as \"60 TEU/week\", got a speed from this product\n");
}

TEST_CASE("An unknown quantity is named with the nearest one, and nothing else is said of what is made from it") {
    CHECK(complaints(
              changed(R"(product = ["sailings", "124 containers"])", R"(product = ["sailngs", "124 containers"])")) ==
          "16:12: error: quantity.boxes.product[0]: unknown quantity 'sailngs'; did you mean 'sailings'?\n");
    CHECK(complaints(changed(R"(upstream = { use = "upstream" })", R"(upstream = { use = "upsteam" })")) ==
          "29:54: error: link.a-b.speed.upstream.use: unknown quantity 'upsteam'; did you mean 'upstream'?\n");
}

TEST_CASE("Quantities that are made from one another show the circle") {
    CHECK(complaints(changed(R"(product = ["sailings", "124 containers"])", R"(product = ["sailings", "more"]
[quantity.more]
use = "boxes")")) == "18:7: error: quantity.more.use: a quantity is made from itself (boxes -> more -> boxes)\n");
    CHECK(complaints(changed(R"(value = "9 /week")", R"(use = "sailings")")) ==
          "14:7: error: quantity.sailings.use: a quantity is made from itself (sailings -> sailings)\n");
}

TEST_CASE("A quantity says how it gets its value exactly once") {
    CHECK(complaints(changed(R"(value = "9 /week")", R"(note = "no value")")) ==
          "13:1: error: quantity.sailings: 'value', 'use', 'product' or 'sum' is missing; give one of them\n");
    CHECK(complaints(changed(R"(value = "9 /week")", R"(value = "9 /week"
use = "upstream")")) ==
          "15:1: error: quantity.sailings.use: 'value' and 'use' exclude each other; give one of them (see 14:1)\n");
    CHECK(complaints(changed(R"(value = "9 /week")", R"(value = "9 /week"
distribution = "uniform")")) ==
          "15:1: error: quantity.sailings.distribution: 'distribution' has no meaning without 'range'\n");
    CHECK(complaints(changed(R"(product = ["sailings", "124 containers"])", "product = []")) ==
          "15:1: error: quantity.boxes: nothing to calculate with (the list is empty)\n");
}

TEST_CASE("What a product or a range makes of a share or a count has to be one") {
    CHECK(complaints(changed("shares = [0.5, 0.5]", "shares = [{ product = [2, 0.6] }, 0.5]")) ==
          "43:43: error: demand.a-b.consignment.shares[0]: must be between 0 and 1, got 1.2\n");
    CHECK(complaints(changed("count = 3", "count = { value = 3, range = [2.5, 4] }")) ==
          "20:47: error: terminal.a.quay_cranes.count: expected a whole number, got 2.5\n");
    CHECK(complaints(changed("count = 3", "count = { value = 3, range = [0, 4] }")) ==
          "20:47: error: terminal.a.quay_cranes.count: must be between 1 and 10000, got 0\n");
}

}  // namespace
}  // namespace corridor::scenario
