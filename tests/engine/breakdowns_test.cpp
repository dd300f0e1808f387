// Cranes that break down, are repaired, or are taken out for a while.
#include "engine/support.h"

namespace corridor {
namespace {

const std::string kRegular = R"(breakdowns = { time_to_failure = "10 h", time_to_repair = "2 h" })";

}  // namespace

// Moves: 0-3, 3-6, 6-9, 9-10 and, the crane being down from 10 to 12, 12-14, 14-17.
TEST_CASE("A move that a breakdown interrupts goes on after the repair") {
    const Simulated run(five_at_cranes("count = 1, " + kRegular));
    CHECK(run("crane_wait_mean", "terminal.a.quay") == doctest::Approx((0 + 3 + 6 + 9 + 14) / 5.0));
    CHECK(run("door_to_door_time_mean", "demand.boxes") == doctest::Approx((3 + 6 + 9 + 14 + 17) / 5.0));
    CHECK(run("crane_failures", "terminal.a.quay") == 2.0);  // at 10:00 and, two hours after the end of the day's last
    CHECK(run("crane_availability", "terminal.a.quay") == doctest::Approx(20.0 / 24.0));
}

// Both fail at 10:00. One is repaired until 14:00, the other, which waits for the gang, until 18:00.
TEST_CASE("A gang repairs one crane at a time, first failed first") {
    const Simulated run(
        five_at_cranes(R"(count = 2, breakdowns = { time_to_failure = "10 h", time_to_repair = "4 h", gangs = 1 })"));
    CHECK(run("crane_failures", "terminal.a.quay") == 2.0);
    CHECK(run("repair_wait_mean", "terminal.a.quay") == 2.0);
    CHECK(run("cranes_down_mean", "terminal.a.quay") == doctest::Approx((4 * 2 + 4 * 1) / 24.0));
    CHECK(run("all_cranes_up_share", "terminal.a.quay") == doctest::Approx(16.0 / 24.0));
    CHECK(run("all_cranes_down_share", "terminal.a.quay") == doctest::Approx(4.0 / 24.0));
    CHECK(run("gang_utilisation", "terminal.a.quay") == doctest::Approx(8.0 / 24.0));
    CHECK(run("repair_at_once_share", "terminal.a.quay") == 0.5);
}

// Two moves from 0 to 3. Then one crane goes on at 3 and 6, the other begins again at 5.
TEST_CASE("A crane that is taken out finishes its move and starts none until it is back") {
    const Simulated run(
        five_at_cranes("count = 2, out = [{ from = 2020-01-01T02:00:00, to = 2020-01-01T05:00:00, cranes = 1 }]"));
    CHECK(run("crane_wait_mean", "terminal.a.quay") == doctest::Approx((0 + 0 + 3 + 5 + 6) / 5.0));
}

TEST_CASE("Outages at the same time take out different cranes, and one without a number takes out all") {
    const std::string first = "{ from = 2020-01-01T00:00:00, to = 2020-01-01T08:00:00, cranes = 1 }";
    const std::string second = "{ from = 2020-01-01T04:00:00, to = 2020-01-01T12:00:00, cranes = 1 }";
    // One crane 0-3 and 3-6; none from 4 until 8; one from 8 until 12: 8-11, 11-14; then both.
    const Simulated both(five_at_cranes("count = 2, out = [" + first + ", " + second + "]"));
    CHECK(both("crane_wait_mean", "terminal.a.quay") == doctest::Approx((0 + 3 + 8 + 11 + 12) / 5.0));
    const Simulated all(five_at_cranes("count = 2, out = [{ from = 2020-01-01, to = 2020-01-01T06:00:00 }]"));
    CHECK(all("crane_wait_mean", "terminal.a.quay") == doctest::Approx((6 + 6 + 9 + 9 + 12) / 5.0));
}

TEST_CASE("A crane that is never down nor out works as one that cannot be") {
    const Simulated plain(five_at_cranes("count = 2"));
    const Simulated watched(five_at_cranes("count = 2, out = [{ from = 2021-01-01, to = 2021-01-02 }]"));
    CHECK(plain.outcome().fingerprint == watched.outcome().fingerprint);
    for (const std::string measure : {"crane_wait_mean", "crane_utilisation", "lifts"}) {
        CHECK(plain(measure, "terminal.a.quay") == watched(measure, "terminal.a.quay"));
    }
}

TEST_CASE("One more crane changes no breakdown of the others") {
    const std::string law = R"({ law = "exponential", mean = )";
    const std::string rest =
        ", breakdowns = { time_to_failure = " + law + "\"5 h\" }, time_to_repair = " + law + "\"3 h\" } }";
    const auto down = [&](const std::string& count, std::uint64_t replication) {
        return Simulated(five_at_cranes("count = " + count + rest), 1, replication)("cranes_down_mean",
                                                                                    "terminal.a.quay");
    };
    // What the third adds is its own time: from none to all. Were the others drawn anew it would often be neither.
    constexpr std::uint64_t kReplications = 20;
    int beyond = 0;
    for (std::uint64_t r = 0; r < kReplications; ++r) {
        const double third = down("3", r) - down("2", r);
        CHECK(third >= 0.0);
        CHECK(third <= 1.0);
        const double of_others = down("3", r) - down("2", r + kReplications);
        beyond += of_others < 0.0 || of_others > 1.0 ? 1 : 0;
    }
    CHECK(beyond > 0);
}

}  // namespace corridor
