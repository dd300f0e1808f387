// Waits on the way and for tugs and fleets: theory against the simulation of the very system, within standard errors.
#include <doctest/doctest.h>

#include <algorithm>
#include <boost/algorithm/string.hpp>
#include <cmath>
#include <limits>

#include "corridor/study/study.h"
#include "corridor/study/twin.h"
#include "engine/simulated.h"

namespace corridor {
namespace {

struct Compared {
    TwinReport report;

    const TheoryComparison& operator()(const std::string& measure, const std::string& subject) const {
        const auto found = std::ranges::find_if(report.rows, [&](const TheoryComparison& one) {
            return one.row.measure == measure && one.row.subject == subject;
        });
        REQUIRE_MESSAGE(found != report.rows.end(), measure << ' ' << subject);
        return *found;
    }
};

Compared compared(const std::string& text, std::uint64_t replications = 20) {
    const Simulated one(text);
    const MeasureCatalog catalog = measure_catalog(one.model());
    const StudyResult study = run_study(one.model(), catalog, {}, {.seed = 1, .replications = replications});
    return {compare_with_theory(analytic_twin(one.model()), catalog, study)};
}

/// An exact row: the simulated mean is within four standard errors, which are less than `precision` of it.
void check_exact(const Compared& compared, const std::string& measure, const std::string& subject,
                 double precision = 0.02) {
    const TheoryComparison& found = compared(measure, subject);
    const TheoryRow& row = found.row;
    const Estimate& simulated = found.simulated;
    const Agreement agreement = found.agreement;
    CAPTURE(subject);
    CAPTURE(row.method);
    CAPTURE(row.value);
    CAPTURE(simulated.mean());
    const double error = simulated.sd() / std::sqrt(static_cast<double>(simulated.samples()));
    CHECK(row.standing == Standing::exact);
    CHECK(std::abs(simulated.mean() - row.value) < 4.0 * error);
    CHECK(error < precision * row.value);
    CHECK(agreement == Agreement::agrees);
}

void check_approximation(const Compared& compared, const std::string& measure, const std::string& subject,
                         double within) {
    const TheoryComparison& found = compared(measure, subject);
    const TheoryRow& row = found.row;
    const Estimate& simulated = found.simulated;
    CAPTURE(row.method);
    CAPTURE(row.value);
    CAPTURE(simulated.mean());
    CHECK(row.standing == Standing::approximation);
    CHECK(row.value == doctest::Approx(simulated.mean()).epsilon(within));
}

/// Eleven months; a boat of 1 TEU leaves for each container that is released at either end.
std::string boats(const std::string& link, const std::string& out, const std::string& back = "") {
    std::string text = river(departures("{ when_full = true }") + "[demand.out]\nfrom = \"a\"\nto = \"b\"\nrate = \"" +
                                 out + " containers/h\"\n",
                             "1 TEU");
    if (!back.empty()) {
        text +=
            "[service.back]\nroute = [\"b\", \"a\"]\ndirections = \"one-way\"\nvehicle = \"barge\"\n"
            "departures = { when_full = true }\n[demand.back]\nfrom = \"b\"\nto = \"a\"\nrate = \"" +
            back + " containers/h\"\n";
    }
    boost::replace_first(text, "end = 2020-02-01", "end = 2020-12-01\nwarm_up = \"10 d\"");
    text.insert(text.find("speed ="), link + "\n");
    return text;
}

/// The same as trains, for what only railways have.
std::string by_rail(std::string text) {
    boost::replace_all(text, "waterway", "railway");
    boost::replace_all(text, "quay_cranes", "rail_cranes");
    return text;
}

/// Two months of Poisson vessels on both sides of a lock and nobody else.
std::string lock_of(const std::string& keys, const std::string& traffic) {
    std::string text = river("[lock.dam]\nlink = \"a-b\"\n" + keys + "\ntraffic = { " + traffic + " }\n");
    boost::replace_first(text, "end = 2020-02-01", "end = 2020-03-01\nwarm_up = \"5 d\"");
    return text;
}

const std::string kForward = "link.a-b.forward";
const std::string kBackward = "link.a-b.backward";

}  // namespace

TEST_CASE("Poisson boats that follow each other at the headway wait as in M/D/1") {
    const Compared run = compared(boats("headway = \"1 h\"", "0.6", "0.3"));
    CHECK(run("link_wait_mean", kForward).row.value == doctest::Approx(0.6 / (2 * 0.4)));
    CHECK(run("link_wait_mean", kForward).row.load == doctest::Approx(0.6));
    check_exact(run, "link_wait_mean", kForward);
    check_exact(run, "link_wait_mean", kBackward);
}

TEST_CASE("Poisson boats wait for the next path as in M/D/1 in slots") {
    const Compared run = compared(by_rail(boats("paths_per_day = 24", "0.6")));
    CHECK(run("link_wait_mean", kForward).row.value == doctest::Approx(0.5 + 0.6 / (2 * 0.4)));
    check_exact(run, "link_wait_mean", kForward);
}

TEST_CASE("Poisson boats of two directions on a one-way reach wait as in M/SM/1") {
    // An hour through the reach, six minutes behind one's own.
    std::string text = boats("traffic = \"alternating\"\nheadway = \"6 min\"", "0.8", "0.4");
    boost::replace_first(text, "10 km/h", "100 km/h");
    const Compared run = compared(text);
    check_exact(run, "link_wait_mean", kForward);
    check_exact(run, "link_wait_mean", kBackward);
    CHECK(run("link_wait_mean", kBackward).row.value > 1.1 * run("link_wait_mean", kForward).row.value);
}

TEST_CASE("With crossing places the wait is that of the first section, as often as there are sections") {
    std::string text = boats("traffic = \"alternating\"\nheadway = \"6 min\"\ncrossing_places = 3", "1", "1");
    boost::replace_first(text, "10 km/h", "50 km/h");
    const Compared run = compared(text, 4);
    check_approximation(run, "link_wait_mean", kForward, 0.25);
}

TEST_CASE("A timetable alone on its line waits for nobody, and by chance half a path") {
    const auto timetable = [](const std::string& link) {
        std::string text = river(departures("{ per_week = 14 }"));
        text.insert(text.find("speed ="), link + "\n");
        return text;
    };
    const Compared headway = compared(timetable("headway = \"1 h\""));
    CHECK(headway("link_wait_mean", kForward).row.value == 0.0);
    CHECK(headway("link_wait_mean", kForward).simulated.mean() == 0.0);
    check_approximation(compared(by_rail(timetable("paths_per_day = 4")), 200), "link_wait_mean", kForward, 0.1);
}

TEST_CASE("Many boats called by loads of three come more evenly than Poisson ones") {
    std::string text = boats("headway = \"1 h\"", "1.8");
    boost::replace_first(text, "capacity = \"1 TEU\"", "capacity = \"3 TEU\"");
    check_approximation(compared(text, 4), "link_wait_mean", kForward, 0.3);
}

TEST_CASE("Where more boats come than may enter no steady state exists") {
    const Compared run = compared(boats("headway = \"2 h\"", "0.6"), 2);
    CHECK(run("link_wait_mean", kForward).row.value == std::numeric_limits<double>::infinity());
    CHECK(run("link_wait_mean", kForward).row.load == doctest::Approx(1.2));
    CHECK(run("link_wait_mean", kForward).agreement == Agreement::not_compared);
}

TEST_CASE("Vessels in a one-way chamber of four places wait as in bulk service") {
    const Compared run =
        compared(lock_of("places = 4\noperation = \"one-way\"\nentering_time = \"3 min\"\n"
                         "emptying_time = \"20 min\"\nfilling_time = \"25 min\"\nleaving_time = \"2 min\"",
                         "downstream = \"3 /h\""));
    check_exact(run, "lock_wait_mean", "lock.dam.forward");
    check_exact(run, "lock_utilisation", "lock.dam.forward");
}

TEST_CASE("Vessels on both sides of a two-way chamber wait as its Markov chain says") {
    const Compared run =
        compared(lock_of("places = 2\nentering_time = \"3 min\"\nemptying_time = \"30 min\"\n"
                         "filling_time = \"24 min\"\nleaving_time = \"3 min\"",
                         "downstream = \"1 /h\", upstream = \"0.6 /h\""));
    // The independent simulation of the test of that chain: 0.763 h and 0.577 h.
    CHECK(run("lock_wait_mean", "lock.dam.forward").row.value == doctest::Approx(0.7626).epsilon(0.004));
    check_exact(run, "lock_wait_mean", "lock.dam.forward");
    check_exact(run, "lock_wait_mean", "lock.dam.backward");
    check_exact(run, "lock_utilisation", "lock.dam");
}

TEST_CASE("Two two-way chambers are about one that is twice as fast") {
    const Compared run = compared(
        lock_of("places = 2\nchambers = 2\ncycle_time = \"1 h\"", "downstream = \"2 /h\", upstream = \"2 /h\""));
    check_approximation(run, "lock_wait_mean", "lock.dam.forward", 0.35);
}

namespace {

std::string harbour(const std::string& count, const std::string& tugs, const std::string& more = "") {
    return R"(
period = { start = 2020-01-01, end = 2020-05-01, warm_up = "10 d" }
[terminal.a]
quay_cranes = "unlimited"
)" + more +
           "tugs = { count = " + count + ", " + tugs + R"( }
[background.ships]
terminal = "a"
mode = "waterway"
rate = "1.6 /h"
moves = 0
stay = { law = "uniform", low = "2 h", high = "8 h" }
)";
}

const std::string kQuay = "terminal.a.quay";

}  // namespace

TEST_CASE("Ships wait for tugs as for servers, where nothing has delayed them before") {
    const Compared docking =
        compared(harbour("2", "docking = { tugs = 1, time = { law = \"exponential\", mean = \"1 h\" } }"));
    CHECK(docking("tug_wait_mean", kQuay).row.value == doctest::Approx(0.8 * 0.8 / (1 - 0.8 * 0.8)));
    check_exact(docking, "tug_wait_mean", kQuay, 0.06);
    check_exact(docking, "tug_utilisation", kQuay);
    // Two for each ship: two ships at a time; those that leave come as a Poisson stream, however long they stay.
    const Compared leaving = compared(harbour("5", "leaving = { tugs = 2, time = \"1 h\" }"));
    check_exact(leaving, "tug_wait_mean", kQuay, 0.06);
    CHECK(leaving("tug_utilisation", kQuay).row.value == doctest::Approx(1.6 * 2 / 5));
    CHECK(leaving("tug_utilisation", kQuay).row.load == doctest::Approx(0.8));
}

TEST_CASE("Tugs that dock and take out are about servers of both jobs") {
    const Compared both =
        compared(harbour("4", "docking = { tugs = 1, time = \"1 h\" }, leaving = { tugs = 1, time = \"45 min\" }",
                         "berths = { count = 20 }\n"));
    check_approximation(both, "tug_wait_mean", kQuay, 0.3);
}

TEST_CASE("Departures wait for the next vehicle of a fleet as customers for the next server") {
    // A departure every 6 h, four barges, away for 20 h on average.
    std::string text = river(
        "[service.line]\nroute = [\"a\", \"b\", \"a\"]\ndirections = \"one-way\"\n"
        "vehicle = \"barge\"\nfleet = 4\ndepartures = { headway = \"6 h\" }\n");
    boost::replace_first(text, "end = 2020-02-01", "end = 2022-01-01\nwarm_up = \"60 d\"");
    boost::replace_first(text, "speed = \"10 km/h\"", "running_time = \"0 h\"");
    boost::replace_first(text, "[terminal.b]\nquay_cranes = \"unlimited\"",
                         "[terminal.b]\nquay_cranes = \"unlimited\"\nberths = { count = \"unlimited\", berthing_time = "
                         "{ law = \"exponential\", mean = \"20 h\" } }");
    const Compared run = compared(text, 100);
    check_exact(run, "lateness_mean", "service.line.forward", 0.03);
    CHECK(run("lateness_mean", "service.line.forward").row.method == "D/M/c (Takacs)");
}

TEST_CASE("The wait for a vehicle is not exact where another service takes the fleet's vehicles") {
    const auto standing = [](const std::string& vehicles, const std::string& more) {
        std::string text = river("[fleet.shared]\nvehicles = " + vehicles + "\n" +
                                 "[service.line]\nroute = [\"a\", \"b\", \"a\"]\ndirections = \"one-way\"\nvehicle = "
                                 "\"barge\"\nfleet = \"shared\"\n"
                                 "departures = { headway = \"6 h\" }\n" +
                                 more);
        boost::replace_first(text, "speed = \"10 km/h\"", "running_time = \"0 h\"");
        boost::replace_first(text, "[terminal.b]\nquay_cranes = \"unlimited\"",
                             "[terminal.b]\nquay_cranes = \"unlimited\"\nberths = { count = \"unlimited\", "
                             "berthing_time = { law = \"exponential\", mean = \"20 h\" } }");
        const Twin twin = analytic_twin(Simulated(text).model());
        const auto row = std::ranges::find(twin.rows, std::string{"lateness_mean"}, &TheoryRow::measure);
        REQUIRE(row != twin.rows.end());
        return row->standing;
    };
    CHECK(standing("{ a = 4 }", "") == Standing::exact);
    CHECK(standing("{ a = 4 }",
                   "[service.spare]\nroute = [\"a\", \"b\", \"a\"]\ndirections = \"one-way\"\nvehicle = "
                   "\"barge\"\nfleet = \"shared\"\n"
                   "departures = { when_full = true }\n[demand.boxes]\nfrom = \"a\"\nto = \"b\"\n"
                   "rate = \"20 containers/d\"\n") == Standing::approximation);
}

TEST_CASE("A fleet with time to spare and nothing random keeps its timetable") {
    const std::string text = river(
        "[service.line]\nroute = [\"a\", \"b\"]\ndirections = \"round-trip\"\n"
        "vehicle = \"barge\"\nfleet = 3\ndepartures = { headway = \"8 h\" }\n");
    const Compared run = compared(text, 2);
    CHECK(run("lateness_mean", "service.line.forward").row.value == 0.0);
    CHECK(run("lateness_mean", "service.line.forward").simulated.mean() == 0.0);
}

TEST_CASE("Berths with waiting places turn calls away as M/M/c/K") {
    const std::string text = R"(
period = { start = 2020-01-01, end = 2020-10-01, warm_up = "10 d" }
[terminal.a]
quay_cranes = "unlimited"
berths = { count = 2, waiting_places = 3 }
[background.ships]
terminal = "a"
mode = "waterway"
rate = "0.5 /h"
moves = 0
stay = { law = "exponential", mean = "5 h" }
)";
    const Compared run = compared(text);
    CHECK(run("berth_wait_mean", kQuay).row.load == doctest::Approx(1.25));
    check_exact(run, "berth_wait_mean", kQuay);
    check_exact(run, "berth_utilisation", kQuay);
    check_exact(run, "turned_away_share", kQuay);
}

TEST_CASE("Vehicles with two of four cranes each are served side by side") {
    std::string text = river(departures("{ per_week = 84 }") +
                             "[demand.boxes]\nfrom = \"a\"\nto = \"b\"\nrate = \"45 containers/h\"\n");
    boost::replace_first(text, "[terminal.a]\nquay_cranes = \"unlimited\"",
                         "[terminal.a]\nquay_cranes = { count = 4, rate = \"15 moves/h\", cranes_per_vehicle = 2 }");
    check_approximation(compared(text), "crane_wait_mean", kQuay, 0.5);
}

}  // namespace corridor
