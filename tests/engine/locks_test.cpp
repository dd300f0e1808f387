// Locks: who waits for whom, worked out by hand.
#include "corridor/model/balance.h"
#include "simulated.h"

namespace corridor {
namespace {

/// A river of ten hours with a lock half-way, and barges that leave a at these times of 1 January.
std::string locked(const std::string& times, const std::string& lock, const std::string& more = "") {
    return river("length = \"90 m\"\nbeam = \"12 m\"\n[lock.dam]\nlink = \"a-b\"\n" + lock + "\n" +
                 departures("{ times = [" + times + "] }") + more);
}

}  // namespace

TEST_CASE("A vessel alone enters, is lowered, and leaves") {
    const Simulated run(locked(at("00:00"),
                               "places = 2\nentering_time = \"10 min\"\nemptying_time = \"20 min\"\n"
                               "filling_time = \"30 min\"\nleaving_time = \"5 min\""));
    CHECK(run("running_time_mean", "service.line.forward") == doctest::Approx(10.0 + 35 * kMinute));
    CHECK(run("lock_wait_mean", "lock.dam") == 0.0);
    CHECK(run("lockages", "lock.dam.forward") == 1.0);
    CHECK(run("lockages", "lock.dam.backward") == 0.0);
    CHECK(run("lock_utilisation", "lock.dam") == doctest::Approx(35 * kMinute / 744));
}

TEST_CASE("A chamber turns round empty for those who came too late for it") {
    // The first is in the chamber 05:00 - 05:35. Those of 05:10 and 05:20 wait; the chamber fills until 06:05 and takes
    // both: in by 06:25, lowered by 06:45, out at 06:50 and 06:55.
    const Simulated run(locked(at("00:00") + ", " + at("00:10") + ", " + at("00:20"),
                               "places = 2\nentering_time = \"10 min\"\nemptying_time = \"20 min\"\n"
                               "filling_time = \"30 min\"\nleaving_time = \"5 min\""));
    CHECK(run("lock_wait_mean", "lock.dam") == doctest::Approx((0 + 55 + 45) / 3.0 * kMinute));
    CHECK(run("lockages", "lock.dam") == 2.0);
    CHECK(run("lock_turns", "lock.dam.forward") == 1.0);
    CHECK(run("vessels_per_lockage", "lock.dam") == 1.5);
    CHECK(run("running_time_mean", "service.line.forward") == doctest::Approx((635 + 700 + 695) / 3.0 * kMinute));
    CHECK(run("lock_utilisation", "lock.dam") == doctest::Approx((35 + 30 + 50) * kMinute / 744));
    CHECK(run("lock_queue_mean", "lock.dam") == doctest::Approx((55 + 45) * kMinute / 744));
}

TEST_CASE("A chamber holds vessels side by side and row behind row as their sizes allow") {
    // 200 m x 25 m hold four of 90 m x 12 m. Six come from 05:00 on, a minute apart; half a cycle takes 30 minutes:
    // the first at 05:00, four at 06:00, the last at 07:00.
    std::string times = at("00:00");
    for (int i = 1; i < 6; ++i) times += ", " + at("00:0" + std::to_string(i));
    const Simulated run(locked(times, "chamber_length = \"200 m\"\nchamber_width = \"25 m\"\ncycle_time = \"1 h\""));
    CHECK(run("lockages", "lock.dam") == 3.0);
    CHECK(run("lock_wait_mean", "lock.dam") == doctest::Approx((59 + 58 + 57 + 56 + 115) / 6.0 * kMinute));
}

TEST_CASE("A lock that waits for full chambers goes half full when a vessel has waited long enough") {
    // Two places. The first vessel (05:00) waits for the second (05:20). The third (08:00) fetches the chamber, which
    // is below until 08:30, and is lowered at 09:00, when it has waited an hour.
    const Simulated run(locked(at("00:00") + ", " + at("00:20") + ", " + at("03:00"),
                               "places = 2\ncycle_time = \"1 h\"\nstart = \"when-full\"\nlongest_wait = \"1 h\""));
    CHECK(run("lock_wait_mean", "lock.dam") == doctest::Approx((20 + 0 + 60) / 3.0 * kMinute));
    CHECK(run("lockages", "lock.dam") == 2.0);
}

// The barge of 90 m fills a chamber of 90 m at once. In one of 160 m no other barge would fit either, but a tender of
// 50 m that comes down the river would.
TEST_CASE("A chamber is full where no vessel that uses the lock would fit any more") {
    const auto wait = [](const std::string& length, const std::string& more) {
        return Simulated(locked(at("00:00"),
                                "chamber_length = \"" + length +
                                    "\"\nchamber_width = \"12 m\"\ncycle_time = \"1 h\"\nstart = \"when-full\"\n"
                                    "longest_wait = \"6 h\"",
                                more))("lock_wait_mean", "lock.dam.forward");
    };
    const auto tender = [](const std::string& route) {
        return "[vehicle.tender]\nmode = \"waterway\"\ncapacity = \"2 TEU\"\nlength = \"50 m\"\nbeam = \"8 m\"\n"
               "[service.tender]\nroute = [" +
               route +
               "]\ndirections = \"one-way\"\nvehicle = \"tender\"\n"
               "departures = { times = [2020-03-01T00:00:00] }\n";
    };
    CHECK(wait("90 m", "") == 0.0);
    CHECK(wait("160 m", "") == 0.0);
    CHECK(wait("180 m", "") == 6.0);
    CHECK(wait("160 m", tender("\"a\", \"b\"")) == 6.0);
    CHECK(wait("160 m", tender("\"b\", \"a\"")) == 0.0);
}

// One vessel comes from below, at 05:00. The first chamber is there at 05:30 and starts when the vessel has waited for
// two hours; the second stays above, and takes at 17:00 who has come down at 15:00.
TEST_CASE("One chamber is sent for a vessel that does not fill it, and no other") {
    const Simulated run(locked(at("10:00"),
                               "places = 2\nchambers = 2\ncycle_time = \"1 h\"\nstart = \"when-full\"\n"
                               "longest_wait = \"2 h\"",
                               R"([service.back]
route = ["b", "a"]
directions = "one-way"
vehicle = "barge"
departures = { times = [2020-01-01T00:00:00] }
)"));
    CHECK(run("lock_turns", "lock.dam.backward") == 1.0);
    CHECK(run("lock_turns", "lock.dam.forward") == 0.0);
    CHECK(run("lock_wait_mean", "lock.dam") == 2.0);
    CHECK(run("lock_utilisation", "lock.dam") == doctest::Approx(3 * 0.5 / (2 * 744)));
}

TEST_CASE("A vessel that comes at the instant at which a chamber is back is in it") {
    const std::string times = at("00:00") + ", " + at("01:00");
    const std::string lock = "places = 1\noperation = \"one-way\"\ncycle_time = \"1 h\"";
    CHECK(Simulated(locked(times, lock))("lock_wait_mean", "lock.dam.forward") == 0.0);
    const Simulated sooner(locked(at("00:00") + ", " + at("00:59"), lock));
    CHECK(sooner("lock_wait_mean", "lock.dam.forward") == doctest::Approx(0.5 * kMinute));
}

TEST_CASE("Two-way operation takes vessels up and down in turn, without empty turns") {
    // Down at 05:00; those from b reach the lock at 05:10 and find the chamber below at 05:30: no turn, no cycle more.
    const Simulated run(locked(at("00:00"), "places = 1\ncycle_time = \"1 h\"", R"([service.back]
route = ["b", "a"]
directions = "one-way"
vehicle = "barge"
departures = { times = [2020-01-01T00:10:00] }
)"));
    CHECK(run("lock_wait_mean", "lock.dam.backward") == doctest::Approx(20 * kMinute));
    CHECK(run("lock_turns", "lock.dam") == 0.0);
    CHECK(run("lockages", "lock.dam") == 2.0);
}

TEST_CASE("Two chambers serve two vessels at once") {
    const std::string times = at("00:00") + ", " + at("00:01") + ", " + at("00:02");
    const Simulated run(locked(times, "places = 1\nchambers = 2\ncycle_time = \"1 h\""));
    // The third waits for the first chamber, down at 05:30 and back at 06:00.
    CHECK(run("lock_wait_mean", "lock.dam") == doctest::Approx(58.0 / 3 * kMinute));
}

TEST_CASE("The static balance sets vessels against full chambers") {
    // 31 barges in 744 h, two to a chamber: 15.5 lockages of half an hour and as many turns in 744 h.
    const Simulated run(locked(at("00:00"), "places = 2\ncycle_time = \"1 h\"", R"([service.daily]
route = ["a", "b"]
directions = "one-way"
vehicle = "barge"
departures = { headway = "24 h", first = 2020-01-01T00:00:00 }
)"));
    for (const model::Load& load : model::static_balance(run.model())) {
        if (load.resource != model::Resource::locks) continue;
        CHECK(load.subject == "lock.dam");
        CHECK(load.capacity == 168.0);
        CHECK(load.share() == doctest::Approx(32.0 / 2 * 1.0 / 744));
    }
}

namespace {

std::string lock_disrupted(const std::string& effect, const std::string& from, const std::string& to) {
    return "[disruption.event]\nof = [\"lock.dam\"]\n" + effect + "\nwindows = [{ from = " + at(from) +
           ", to = " + at(to) + " }]\n";
}

}  // namespace

// The vessel comes at 05:00; half a cycle takes it down.
TEST_CASE("No chamber of a closed lock starts, and a lockage that has begun is finished") {
    const auto running = [](const std::string& from, const std::string& to) {
        const Simulated run(locked(at("00:00"), "places = 1\noperation = \"one-way\"\ncycle_time = \"1 h\"",
                                   lock_disrupted("closed = true", from, to)));
        CHECK(run("running_time_mean", "service.line.forward") ==
              doctest::Approx(10.5 + run("lock_wait_mean", "lock.dam")));
        return run("lock_wait_mean", "lock.dam");
    };
    CHECK(running("04:30", "07:00") == 2.0);
    CHECK(running("05:00", "07:00") == 2.0);
    CHECK(running("05:01", "07:00") == 0.0);
    CHECK(running("04:00", "05:00") == 0.0);
}

// The first is down at 05:30. For the second, of 05:10, the chamber has to come up, which begins at 06:00 only.
TEST_CASE("A closed lock does not turn its chambers either") {
    const Simulated run(locked(at("00:00") + ", " + at("00:10"), "places = 1\ncycle_time = \"1 h\"",
                               lock_disrupted("closed = true", "05:20", "06:00")));
    CHECK(run("lock_wait_mean", "lock.dam") == doctest::Approx((0 + 80) / 2.0 * kMinute));
}

// In ten minutes, down in twenty, out in five, twice as long each; then back up in sixty, and for the second, of 05:40,
// as usual, as the disruption is over.
TEST_CASE("What a chamber begins while its lock is slowed takes so many times as long") {
    const Simulated run(locked(at("00:00") + ", " + at("00:40"),
                               "places = 1\nentering_time = \"10 min\"\nemptying_time = \"20 min\"\n"
                               "filling_time = \"30 min\"\nleaving_time = \"5 min\"",
                               lock_disrupted("slowed = 2", "05:00", "07:00")));
    CHECK(run("lock_wait_mean", "lock.dam") == doctest::Approx((0 + 90) / 2.0 * kMinute));
    CHECK(run("running_time_mean", "service.line.forward") == doctest::Approx(10 + (70 + 90 + 35) / 2.0 * kMinute));
    CHECK(run("lock_utilisation", "lock.dam") == doctest::Approx((70 + 60 + 35) * kMinute / 744));
}

// The first chamber takes the first vessel 05:00 - 05:30 and comes up until 06:00 for the third; the second chamber is
// there for the second vessel from 05:40 on.
TEST_CASE("Some of the chambers of a lock can be away") {
    const std::string times = at("00:00") + ", " + at("00:01") + ", " + at("00:02");
    const std::string two = "places = 1\nchambers = 2\ncycle_time = \"1 h\"";
    const Simulated run(locked(times, two, lock_disrupted("fewer_chambers = 1", "05:00", "05:40")));
    CHECK(run("lock_wait_mean", "lock.dam") == doctest::Approx((0 + 39 + 58) / 3.0 * kMinute));
    // The second is away above for long: the first comes up for the second vessel, 05:30 - 06:00.
    const Simulated long_away(
        locked(at("00:00") + ", " + at("00:01"), two, lock_disrupted("fewer_chambers = 1", "05:00", "12:00")));
    CHECK(long_away("lock_wait_mean", "lock.dam") == doctest::Approx((0 + 59) / 2.0 * kMinute));
    // One-way, each direction has two, of which the first serves 05:00, 06:00 and 07:00.
    const Simulated one_way(
        locked(times, two + "\noperation = \"one-way\"", lock_disrupted("fewer_chambers = 1", "05:00", "09:00")));
    CHECK(one_way("lock_wait_mean", "lock.dam.forward") == doctest::Approx((0 + 59 + 118) / 3.0 * kMinute));
    const Simulated none(locked(times, two, lock_disrupted("fewer_chambers = 2", "04:00", "07:00")));
    CHECK(
        none("lock_wait_mean", "lock.dam") ==
        Simulated(locked(times, two, lock_disrupted("closed = true", "04:00", "07:00")))("lock_wait_mean", "lock.dam"));
}

TEST_CASE("The static balance knows what disruptions leave of the chamber time") {
    const auto chamber_hours = [](const std::string& effect) {
        const Simulated run(locked(at("00:00"), "places = 1\nchambers = 2\ncycle_time = \"1 h\"",
                                   "[disruption.event]\nof = [\"lock.dam\"]\n" + effect +
                                       "\nwindows = [{ from = 2020-01-10, to = 2020-01-20 }]\n"));
        for (const model::Load& load : model::static_balance(run.model())) {
            if (load.resource == model::Resource::locks) return load.capacity;
        }
        return 0.0;
    };
    CHECK(chamber_hours("closed = true") == doctest::Approx(2 * 168.0 * (1 - 10.0 / 31)));
    CHECK(chamber_hours("fewer_chambers = 1") == doctest::Approx(2 * 168.0 * (1 - 5.0 / 31)));
    CHECK(chamber_hours("slowed = 2") == doctest::Approx(2 * 168.0 * (1 - 5.0 / 31)));
}

}  // namespace corridor
