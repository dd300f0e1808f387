#include "corridor/network/cheapest_flow.h"

#include <doctest/doctest.h>

namespace corridor::network {
namespace {

using Flow = std::vector<std::int64_t>;

TEST_CASE("A transport problem of two senders and three receivers is solved as by hand") {
    //          x (2)  y (2)  z (2)
    //   p (3)    1      2      9
    //   q (3)    2      7      3
    // Row by row the nearest first costs 17 (p-x 2, p-y 1, q-z 2, q-y 1); p-x 1, p-y 2, q-x 1, q-z 2 costs 13.
    constexpr Node p = 0, q = 1, x = 2, y = 3, z = 4, source = 5, sink = 6;
    const std::vector<CostArc> arcs{{p, x, 9, 1},    {p, y, 9, 2},    {p, z, 9, 9},      {q, x, 9, 2},
                                    {q, y, 9, 7},    {q, z, 9, 3},    {source, p, 3, 0}, {source, q, 3, 0},
                                    {x, sink, 2, 0}, {y, sink, 2, 0}, {z, sink, 2, 0}};
    CHECK(cheapest_flow(7, arcs, source, sink) == Flow{1, 2, 0, 1, 0, 2, 3, 3, 2, 2, 2});
}

TEST_CASE("As much flows as can, however dear, and nothing where no arc leads") {
    constexpr Node source = 0, a = 1, sink = 2, alone = 3;
    CHECK(cheapest_flow(4, {{source, a, 5, 1}, {a, sink, 3, 1'000'000'000'000}, {source, alone, 4, 0}}, source, sink) ==
          Flow{3, 3, 0});
    CHECK(cheapest_flow(2, {}, 0, 1).empty());
}

TEST_CASE("A node that is cut off early does no harm, however many steps follow") {
    // Five ways of growing cost; node 6 hangs on the first of them and is out of reach from the second step on.
    constexpr Node source = 0, sink = 7;
    std::vector<CostArc> arcs;
    for (Node way = 1; way <= 5; ++way) {
        arcs.push_back({source, way, 1, Tick{way}});
        arcs.push_back({way, sink, 1, 0});
    }
    arcs.push_back({1, 6, 1, 0});
    CHECK(cheapest_flow(8, arcs, source, sink) == Flow{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0});
}

}  // namespace
}  // namespace corridor::network
