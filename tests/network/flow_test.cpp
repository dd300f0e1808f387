#include "corridor/network/flow.h"

#include <doctest/doctest.h>

namespace corridor::network {
namespace {

using Cut = std::vector<std::uint32_t>;

// A --96 a day--> B --80 every 12 h--> D, and A --60 every 12 h--> C --40 every 12 h--> D.
TEST_CASE("The most that flows is what the narrowest cut lets through, here A-B and C-D") {
    constexpr Node a = 0, b = 1, c = 2, d = 3;
    const std::vector<FlowArc> arcs{{a, b, 96.0 / 24}, {a, c, 60.0 / 12}, {b, d, 80.0 / 12}, {c, d, 40.0 / 12}};
    const MaximumFlow flow = maximum_flow(4, arcs, a, d);
    CHECK(flow.value == doctest::Approx(7.333333333333334).epsilon(1e-9));
    CHECK(flow.cut == Cut{0, 3});
}

// A --100 a day--> B limited to 3.5 an hour --48 every 12 h--> C.
TEST_CASE("A terminal limit is an edge between the two halves of the terminal") {
    constexpr Node a = 0, b_in = 1, b_out = 2, c = 3;
    const std::vector<FlowArc> arcs{{a, b_in, 100.0 / 24}, {b_in, b_out, 3.5}, {b_out, c, 48.0 / 12}};
    const MaximumFlow flow = maximum_flow(4, arcs, a, c);
    CHECK(flow.value == doctest::Approx(3.5).epsilon(1e-9));
    CHECK(flow.cut == Cut{1});
}

TEST_CASE("Edges between the ways are used where they help, and of no use where the last edges are narrow") {
    constexpr Node s = 0, a = 1, b = 2, t = 3;
    const std::vector<FlowArc> arcs{{s, a, 48.0 / 24}, {s, b, 72.0 / 24}, {a, b, 24.0 / 24},
                                    {a, t, 36.0 / 24}, {b, t, 60.0 / 24}, {b, a, 12.0 / 12}};
    const MaximumFlow flow = maximum_flow(4, arcs, s, t);
    CHECK(flow.value == doctest::Approx(4.0).epsilon(1e-9));
    CHECK(flow.cut == Cut{3, 4});
}

TEST_CASE("Nothing flows where no edge leads, and no edge is to blame") {
    const MaximumFlow flow = maximum_flow(3, {{0, 1, 5.0}}, 0, 2);
    CHECK(flow.value == 0.0);
    CHECK(flow.cut.empty());
}

TEST_CASE("A way without limits makes the flow unlimited, a limit anywhere on every way does not") {
    CHECK(maximum_flow(3, {{0, 1, kUnlimitedFlow}, {1, 2, kUnlimitedFlow}}, 0, 2).value == kUnlimitedFlow);
    const MaximumFlow limited = maximum_flow(3, {{0, 1, kUnlimitedFlow}, {1, 2, 2.5}}, 0, 2);
    CHECK(limited.value == doctest::Approx(2.5).epsilon(1e-9));
    CHECK(limited.cut == Cut{1});
}

}  // namespace
}  // namespace corridor::network
