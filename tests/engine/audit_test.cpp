// Every invariant that a replication is held to can fail, and says where and by how much.
#include "engine/audit.h"

#include <doctest/doctest.h>

#include "engine/measure_plan.h"
#include "engine/replication.h"
#include "engine/support.h"

namespace corridor::engine {
namespace {

constexpr Tick kAnHour = 3'600'000;

model::Service service() {
    model::Service service;
    service.id = "river";
    return service;
}

}  // namespace

TEST_CASE("Books that do not balance are named with the demand, size and load") {
    model::Demand demand;
    demand.id = "boxes";
    const model::BoxClass empty_forty{.size = model::BoxSize::ft40, .empty = true};
    CHECK(check_books(demand, empty_forty, 12, 12) == std::nullopt);
    CHECK(check_books(demand, empty_forty, 12, 11) ==
          "demand.boxes: released 12 empty 40 ft containers but accounts for 11");
    CHECK(check_books(demand, {}, 12, 13) == "demand.boxes: released 12 laden 20 ft containers but accounts for 13");
}

TEST_CASE("A vehicle with more on board than its room or payload is a defect") {
    model::Line line;
    line.capacity_quarters = 8;
    CHECK(check_load(service(), line, {.quarters = 8, .tonnes = 1000.0}) == std::nullopt);
    CHECK(check_load(service(), line, {.quarters = 9}) ==
          "service.river: a vehicle leaves with 2.25 TEU on board and has room for 2");
    line.payload_t = 40.5;
    CHECK(check_load(service(), line, {.quarters = 8, .tonnes = 40.5}) == std::nullopt);
    CHECK(check_load(service(), line, {.quarters = 8, .tonnes = 40.75}) ==
          "service.river: a vehicle leaves with 40.75 t on board and may carry 40.5 t");
}

TEST_CASE("Stocks of empties that do not balance are named with the terminal and size") {
    model::Terminal terminal;
    terminal.id = "guoyuan";
    const EmptiesBook book{.initial = 10, .returned = 5, .at_hand = 3, .taken = 8, .sent = 4};
    CHECK(check_empties(terminal, model::BoxSize::ft40, book) == std::nullopt);
    CHECK(check_empties(terminal, model::BoxSize::ft40,
                        {.initial = 10, .returned = 5, .at_hand = 4, .taken = 8, .sent = 4}) ==
          "terminal.guoyuan: 10 empty 40 ft containers at first and 5 returned, but 4 at hand, 8 taken and 4 sent");
}

TEST_CASE("More vehicles than berths or tracks are a defect") {
    model::Model model;
    model::Terminal terminal;
    terminal.id = "guoyuan";
    model::Facility facility;
    facility.terminal = model.terminals.push_back(terminal);
    CHECK(check_berths(model, facility, 1000, 1000) == std::nullopt);  // without number
    CHECK(check_berths(model, facility, 2, 1) == "terminal.guoyuan.quay: 2 berths are taken, but 1 vehicles are there");
    facility.berths = 3;
    CHECK(check_berths(model, facility, 3, 3) == std::nullopt);
    CHECK(check_berths(model, facility, 4, 4) == "terminal.guoyuan.quay: 4 vehicles at 3 berths");
    facility.mode = model::Mode::railway;
    CHECK(check_berths(model, facility, 4, 4) == "terminal.guoyuan.rail: 4 vehicles at 3 tracks");
}

TEST_CASE("A departure before the last container is loaded is a defect") {
    CHECK(check_departure(service(), 5 * kAnHour, 5 * kAnHour) == std::nullopt);
    CHECK(check_departure(service(), 5 * kAnHour, 6 * kAnHour) ==
          "service.river: a vehicle leaves 1 h before its last container is loaded");
}

TEST_CASE("Containers on board that nobody booked are a defect") {
    CHECK(check_boarded(service(), 5, 5) == std::nullopt);
    CHECK(check_boarded(service(), 5, 6) == "service.river: 5 containers have boarded, 6 are booked");
}

TEST_CASE("A yard from which more leave than came is a defect") {
    model::Terminal terminal;
    terminal.id = "guoyuan";
    CHECK(check_yard(terminal, 0) == std::nullopt);
    CHECK(check_yard(terminal, -2) == "terminal.guoyuan: -2 containers in the yard");
    Occupancy yard;
    yard.reset({0, 48 * kAnHour}, {48 * kAnHour});
    std::vector<std::int32_t> samples;
    yard.enter(1 * kAnHour);
    CHECK(summarise(yard, samples).fewest == 0);
    yard.leave(2 * kAnHour);
    yard.leave(20 * kAnHour);
    yard.leave(30 * kAnHour);
    yard.enter(40 * kAnHour);
    CHECK(summarise(yard, samples).fewest == -2);
}

TEST_CASE("A load beyond what the depth allows is a defect") {
    CHECK(check_draught(service(), 40.5, {.tonnes = 40.5}) == std::nullopt);
    CHECK(check_draught(service(), 40.5, {.tonnes = 40.75}) ==
          "service.river: a vehicle leaves with 40.75 t on board where the depth allows 40.5 t");
}

TEST_CASE("More free tugs than there are, or more room taken than a yard has, is a defect") {
    model::Model model;
    model::Terminal terminal;
    terminal.id = "guoyuan";
    terminal.yard.emplace();
    terminal.yard->capacity_quarters = 40;
    CHECK(check_room(terminal, 40) == std::nullopt);
    CHECK(check_room(terminal, 41) == "terminal.guoyuan: 10.25 TEU in a yard for 10 TEU");
    model::Facility facility;
    facility.terminal = model.terminals.push_back(terminal);
    CHECK(check_tugs(model, facility, 3) == std::nullopt);  // without tugs
    facility.tugs.emplace();
    facility.tugs->count = 2;
    CHECK(check_tugs(model, facility, 2) == std::nullopt);
    CHECK(check_tugs(model, facility, 3) == "terminal.guoyuan.quay: 3 of 2 tugs are free");
}

TEST_CASE("Time in the system that is not explained, or explained twice, is a defect") {
    CHECK(check_time_use(5 * kAnHour, 5 * kAnHour) == std::nullopt);
    CHECK(check_time_use(5 * kAnHour, 4 * kAnHour) == "containers were in the system for 5 h and account for 4 h");
}

TEST_CASE("An event before the present is a defect") {
    CHECK(check_clock(kAnHour, kAnHour) == std::nullopt);
    CHECK(check_clock(kAnHour, kAnHour - 1) == "time runs backwards by 0.001 s");
}

/// Does to the books of a replication what only a defect could.
struct Tampering {
    static RunStatus audit(const Replication& replication) { return replication.audit(); }
    static PoolState& pool(Replication& replication) { return replication.pools_.front(); }
    static FacilityState& facility(Replication& replication) { return replication.facilities_.front(); }
    static YardState& yard(Replication& replication) { return replication.yards_.front(); }
    static Tally& tally(Replication& replication) { return replication.tally_; }
    static void lose_who_waits(Replication& replication) { replication.stops_.front().line.clear(); }
};

namespace {

/// At the end of January one of two barges is away, the other one at its berth, and a container waits at a.
std::string end_of_january() {
    const std::string text = river(
        "[service.line]\nroute = [\"a\", \"b\"]\ndirections = \"round-trip\"\nvehicle = \"barge\"\nfleet = 2\n"
        "departures = { times = [2020-01-31T20:00:00, 2020-01-31T23:00:00] }\ncut_off = \"1 h\"\n" +
        listed("{ time = 2020-01-31T00:00:00 }, { time = 2020-01-31T21:00:00 }, { time = 2020-01-31T23:30:00 }"));
    return with_terminal_of(text, "a",
                            "quay_cranes = { count = 1, move_time = \"3 h\" }\nberths = { count = 2 }\n"
                            "empties = { stock = { ft20 = 5 } }\n");
}

/// Runs to the end, tampers with the books, and audits them again.
template <class Tamper>
std::string finding_after(Tamper tamper) {
    const Simulated simulated(end_of_january());
    Replication replication(simulated.model());
    REQUIRE(replication.run(1, 0).state == RunState::complete);
    tamper(replication);
    const RunStatus status = Tampering::audit(replication);
    if (status.state == RunState::broken) CHECK(status.at == simulated.model().window.to);
    return status.reason;
}

/// Tampers while a replication runs, when a vehicle docks or a container is let in.
class Tamperer : public Observer {
  public:
    using Act = void (*)(Replication&);
    Tamperer(Replication& replication, Act act) : replication_(replication), act_(act) {}
    void begin(const Disruptions& /*disruptions*/) override {}
    void docks(const Vehicle& /*vehicle*/, std::uint32_t /*index*/, Tick /*now*/) override { act_(replication_); }
    void let_in(const Box& /*box*/, Id<model::Terminal> /*terminal*/, Tick /*time*/) override { act_(replication_); }

  private:
    Replication& replication_;
    Act act_;
};

RunStatus run_with(const std::string& keys_of_a, Tamperer::Act act) {
    const std::string text = river(departures("{ times = [2020-01-02T06:00:00] }") +
                                   listed("{ time = 2020-01-02T00:00:00 }, { time = 2020-01-02T01:00:00 }"));
    const Simulated simulated(with_terminal_of(text, "a", "quay_cranes = \"unlimited\"\n" + keys_of_a));
    Replication replication(simulated.model());
    Tamperer tamperer(replication, act);
    replication.observe(tamperer);
    return replication.run(1, 0);
}

}  // namespace

TEST_CASE("The audit at the end of a replication finds what has been lost or made up, where and when") {
    CHECK(finding_after([](Replication&) {}) == "");
    CHECK(finding_after([](Replication& r) { ++Tampering::pool(r).available; }) ==
          "service.line: of 2 vehicles, 3 are on trips, in layovers, on empty runs or waiting");
    CHECK(finding_after([](Replication& r) { ++Tampering::facility(r).busy; }) ==
          "terminal.a.quay: 2 berths are taken, but 1 vehicles are there");
    CHECK(finding_after([](Replication& r) { Tampering::lose_who_waits(r); }) ==
          "demand.boxes: released 3 laden 20 ft containers but accounts for 2");
    CHECK(finding_after([](Replication& r) { ++Tampering::tally(r).demands.items()[0].delivered_of_class[0]; }) ==
          "demand.boxes: released 3 laden 20 ft containers but accounts for 4");
    CHECK(finding_after([](Replication& r) { Tampering::tally(r).empties[0].change(0, -1); }) ==
          "terminal.a: 5 empty 20 ft containers at first and 0 returned, but 4 at hand, 0 taken and 0 sent");
}

TEST_CASE("A replication whose tugs or room come to be too many stops at that instant, and says where") {
    const RunStatus tugs =
        run_with("berths = { count = 1 }\ntugs = { count = 1, docking = { tugs = 1, time = \"1 h\" } }",
                 [](Replication& r) { ++Tampering::facility(r).free_tugs; });
    CHECK(tugs.state == RunState::broken);
    CHECK(tugs.reason == "terminal.a.quay: 2 of 1 tugs are free");
    CHECK(tugs.at == (24 + 7) * kAnHour);
    const RunStatus room =
        run_with("yard = { capacity = \"10 TEU\" }", [](Replication& r) { Tampering::yard(r).taken_quarters += 80; });
    CHECK(room.state == RunState::broken);
    CHECK(room.reason == "terminal.a: 21 TEU in a yard for 10 TEU");
    CHECK(room.at == 24 * kAnHour);
}

}  // namespace corridor::engine
