#include <doctest/doctest.h>

#include "scenario/two_ports.h"

namespace corridor::scenario {
namespace {

TEST_CASE("A29: Shares are between 0 and 1 and add up to 1") {
    CHECK(complaints(changed("shares = [0.5, 0.5]", "shares = [0.5, 0.48]")) ==
          "43:15: error: demand.a-b.consignment: the shares add up to 0.98 (they must add up to 1)\n");
    CHECK(complaints(changed("shares = [0.5, 0.5]", "shares = [0.5, 1.48]")) ==
          "43:48: error: demand.a-b.consignment.shares[1]: must be between 0 and 1, got 1.48\n");
    CHECK(complaints(changed("shares = [0.5, 0.5]", "shares = [0.5]")) ==
          "43:15: error: demand.a-b.consignment: there must be as many shares as sizes (got 2 sizes and 1 shares)\n");
    CHECK(complaints(changed("profile =", R"(box_share = { ft20 = 0.6, ft40 = 0.3 }
profile =)")) == "42:13: error: demand.a-b.box_share: the shares add up to 0.9 (they must add up to 1)\n");
    CHECK(complaints(changed("profile =", R"(box_share = { ft20 = 0.7, ft40 = 0.3 }
empty_share = 1.2
profile =)")) == "43:15: error: demand.a-b.empty_share: must be between 0 and 1, got 1.2\n");
    CHECK(complaints(changed("shares = [0.5, 0.5]", "shares = [0.3333333333, 0.6666666667]")) == "");
}

TEST_CASE("A30: A law whose parameters contradict each other is named with them") {
    CHECK(complaints(
              changed(R"(rate = "25 moves/h")", R"(move_time = { law = "uniform", low = "3 h", high = "2 h" })")) ==
          "20:40: error: terminal.a.quay_cranes.move_time: a uniform law needs low <= high (got 3 h and 2 h)\n");
    CHECK(complaints(changed(R"(rate = "25 moves/h")",
                             R"(move_time = { law = "triangular", low = "1 h", mode = "5 h", high = "2 h" })")) ==
          "20:40: error: terminal.a.quay_cranes.move_time: a triangular law needs low <= mode <= high (got 1 h, 5 h "
          "and 2 h)\n");
    CHECK(complaints(changed(R"(rate = "25 moves/h")", R"(move_time = { law = "erlang", shape = 0, mean = "2 h" })")) ==
          "20:66: error: terminal.a.quay_cranes.move_time.shape: must be between 1 and 1000, got 0\n");
    CHECK(complaints(
              changed(R"(rate = "25 moves/h")", R"(move_time = { law = "lognormal", mean = "2 h", sd = "-1 h" })")) ==
          "20:80: error: terminal.a.quay_cranes.move_time.sd: must be > 0, got -1 h\n");
    CHECK(complaints(changed(R"(rate = "25 moves/h")",
                             R"(move_time = { law = "hyperexponential", p = 1.1, mean_1 = "2 h", mean_2 = "3 h" })")) ==
          "20:72: error: terminal.a.quay_cranes.move_time.p: must be between 0 and 1, got 1.1\n");
}

TEST_CASE("A32: A discrete law has values, and as many shares, not all 0") {
    CHECK(complaints(
              changed(R"(rate = "25 moves/h")", R"(move_time = { law = "discrete", values = [], shares = [] })")) ==
          "20:40: error: terminal.a.quay_cranes.move_time: a discrete law needs as many shares as values (got 0 values "
          "and 0 shares)\n");
    CHECK(complaints(changed(R"(rate = "25 moves/h")",
                             R"(move_time = { law = "discrete", values = ["1 h", "2 h"], shares = [1] })")) ==
          "20:40: error: terminal.a.quay_cranes.move_time: a discrete law needs as many shares as values (got 2 values "
          "and 1 shares)\n");
    CHECK(complaints(changed(R"(rate = "25 moves/h")",
                             R"(move_time = { law = "discrete", values = ["1 h"], shares = [0] })")) ==
          "20:40: error: terminal.a.quay_cranes.move_time: the shares add up to 0 (they must add up to 1)\n");
}

TEST_CASE("A law that is unknown, unnamed or incomplete is told what there is") {
    CHECK(complaints(changed(R"(rate = "25 moves/h")", R"(move_time = { law = "exponental", mean = "2 h" })")) ==
          "20:48: error: terminal.a.quay_cranes.move_time.law: 'exponental' is not one of \"exponential\", "
          "\"uniform\", \"triangular\", \"erlang\", \"hyperexponential\", \"discrete\", \"lognormal\"; did you mean "
          "\"exponential\"?\n");
    CHECK(complaints(changed(R"(rate = "25 moves/h")", R"(move_time = { mean = "2 h" })")) ==
          "20:40: error: terminal.a.quay_cranes.move_time: 'law' is missing; give one of \"exponential\", \"uniform\", "
          "\"triangular\", \"erlang\", \"hyperexponential\", \"discrete\", \"lognormal\"\n");
    CHECK(complaints(changed(R"(rate = "25 moves/h")", R"(move_time = { law = "exponential" })")) ==
          "20:40: error: terminal.a.quay_cranes.move_time: 'mean' is missing; for example mean = \"4 min\"\n");
    CHECK(complaints(
              changed(R"(rate = "25 moves/h")", R"(move_time = { law = "exponential", mean = "2 h", shape = 3 })")) ==
          "20:77: error: terminal.a.quay_cranes.move_time.shape: unknown key 'shape'; known here are law, mean\n");
    CHECK(complaints(changed(R"(rate = "25 moves/h")", R"(move_time = "quick")")) ==
          "20:41: error: terminal.a.quay_cranes.move_time: not a number: 'quick'; write a number first, such as \"275 "
          "km\"\n");
}

TEST_CASE("Every law can be written") {
    CHECK(complaints(changed(R"(rate = "25 moves/h")", R"(move_time = "3 min")")) == "");
    CHECK(complaints(changed(R"(rate = "25 moves/h")",
                             R"(move_time = { value = "3 min", range = ["2 min", "5 min"] })")) == "");
    CHECK(complaints(changed(R"(rate = "25 moves/h")", R"(move_time = { law = "exponential", mean = "2 h" })")) == "");
    CHECK(complaints(changed(R"(rate = "25 moves/h")",
                             R"(move_time = { law = "uniform", low = "1 h", high = "2 h" })")) == "");
    CHECK(complaints(changed(R"(rate = "25 moves/h")",
                             R"(move_time = { law = "triangular", low = "1 h", mode = "1 h", high = "2 h" })")) == "");
    CHECK(complaints(changed(R"(rate = "25 moves/h")", R"(move_time = { law = "erlang", shape = 3, mean = "2 h" })")) ==
          "");
    CHECK(complaints(changed(R"(rate = "25 moves/h")",
                             R"(move_time = { law = "hyperexponential", p = 0.9, mean_1 = "2 h", mean_2 = "3 h" })")) ==
          "");
    CHECK(complaints(changed(R"(rate = "25 moves/h")",
                             R"(move_time = { law = "discrete", values = ["1 h", "2 h"], shares = [0.4, 0.6] })")) ==
          "");
    CHECK(complaints(changed(R"(rate = "25 moves/h")",
                             R"(move_time = { law = "lognormal", mean = "2 h", sd = "1 h" })")) == "");
}

}  // namespace
}  // namespace corridor::scenario
