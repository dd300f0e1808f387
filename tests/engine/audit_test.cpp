// Every invariant that a replication is held to can fail, and says where and by how much.
#include "engine/audit.h"

#include <doctest/doctest.h>

#include "engine/measure_plan.h"

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
    CHECK(check_berths(model, facility, 1000) == std::nullopt);  // without number
    facility.berths = 3;
    CHECK(check_berths(model, facility, 3) == std::nullopt);
    CHECK(check_berths(model, facility, 4) == "terminal.guoyuan.quay: 4 vehicles at 3 berths");
    facility.mode = model::Mode::railway;
    CHECK(check_berths(model, facility, 4) == "terminal.guoyuan.rail: 4 vehicles at 3 tracks");
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

TEST_CASE("A chamber that begins before it is idle is a defect") {
    model::Lock lock;
    lock.id = "dam";
    CHECK(check_chamber(lock, 5 * kAnHour, 5 * kAnHour) == std::nullopt);
    CHECK(check_chamber(lock, 5 * kAnHour, 6 * kAnHour) == "lock.dam: a chamber begins 1 h before it is idle");
}

TEST_CASE("A vehicle in a section against others is a defect where traffic alternates") {
    using model::Direction;
    model::Link link;
    link.id = "line";
    link.alternating = true;
    CHECK(check_section(link, 2, Direction::forward, Direction::forward) == std::nullopt);
    CHECK(check_section(link, 0, Direction::forward, Direction::backward) == std::nullopt);
    CHECK(check_section(link, 2, Direction::forward, Direction::backward) ==
          "link.line: a vehicle enters a section against 2 others");
    link.alternating = false;
    CHECK(check_section(link, 2, Direction::forward, Direction::backward) == std::nullopt);
}

TEST_CASE("An event before the present is a defect") {
    CHECK(check_clock(kAnHour, kAnHour) == std::nullopt);
    CHECK(check_clock(kAnHour, kAnHour - 1) == "time runs backwards by 0.001 s");
}

}  // namespace corridor::engine
