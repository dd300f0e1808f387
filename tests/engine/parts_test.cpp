// The parts of the engine, each against a plain way to the same answer.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "corridor/base/contract.h"
#include "corridor/engine/measures.h"
#include "engine/crane_pool.h"
#include "engine/departures.h"
#include "engine/event_list.h"
#include "engine/release_stream.h"
#include "engine/room_bound.h"
#include "engine/tally.h"
#include "engine/time_stat.h"
#include "engine/waiting_line.h"

namespace corridor::engine {
namespace {

constexpr Tick kTicksPerHour = 3'600'000;

}  // namespace

TEST_CASE("Mean, spread and extremes of durations are exact, percentiles within a bin") {
    TimeStat stat;
    std::vector<Tick> samples;
    Stream stream(5);
    for (int i = 0; i < 20'000; ++i) {
        samples.push_back(to_tick(exponential(stream) * 5.0 * kTicksPerHour));
        stat.add(samples.back());
    }
    std::sort(samples.begin(), samples.end());
    double mean = 0.0;
    for (const Tick t : samples) mean += static_cast<double>(t) / static_cast<double>(samples.size());
    double variance = 0.0;
    for (const Tick t : samples) variance += std::pow(static_cast<double>(t) - mean, 2) / 20'000.0;
    CHECK(stat.mean_ms() == doctest::Approx(mean).epsilon(1e-12));
    CHECK(stat.sd_ms() == doctest::Approx(std::sqrt(variance)).epsilon(1e-9));
    CHECK(stat.shortest_ms() == static_cast<double>(samples.front()));
    CHECK(stat.longest_ms() == static_cast<double>(samples.back()));
    for (const double share : {0.05, 0.5, 0.95, 0.999}) {
        const double exact = static_cast<double>(samples[static_cast<std::size_t>(share * 20'000) - 1]);
        CHECK(stat.percentile_ms(share) == doctest::Approx(exact).epsilon(0.016));
    }
}

TEST_CASE("Durations from nothing to centuries have a bin of their own") {
    TimeStat stat;
    const Tick century = 100LL * 365 * 24 * kTicksPerHour;
    for (const Tick t : {Tick{0}, Tick{1}, Tick{63}, Tick{64}, Tick{127}, Tick{128}, century}) {
        stat.add(t);
    }
    CHECK(stat.count() == 7);
    CHECK(stat.positive_share() == doctest::Approx(6.0 / 7.0));
    CHECK(stat.percentile_ms(0.9999) == doctest::Approx(static_cast<double>(century)).epsilon(0.016));
    stat.clear();
    CHECK(stat.count() == 0);
    CHECK(std::isnan(stat.mean_ms()));
    stat.add(5);
    CHECK(stat.percentile_ms(0.5) == 5.0);
    CHECK(stat.shortest_ms() == 5.0);
}

TEST_CASE("All percentiles of one duration are that duration") {
    TimeStat stat;
    stat.add(115'158'853);
    for (const double share : {0.001, 0.5, 0.95}) CHECK(stat.percentile_ms(share) == 115'158'853.0);
}

TEST_CASE("Few durations are listed, many are binned, with the same percentiles") {
    // Twice the list's length; what was listed, binned, or merged from parts must not show.
    for (const int count : {1, 7, 4096, 4097, 10000}) {
        CAPTURE(count);
        TimeStat all;
        TimeStat halves;
        TimeStat other;
        std::vector<Tick> samples;
        Stream stream(11);
        for (int i = 0; i < count; ++i) {
            samples.push_back(i % 5 == 0 ? 0 : to_tick(exponential(stream) * 2.0 * kTicksPerHour));
            all.add(samples.back());
            (i % 2 == 0 ? halves : other).add(samples.back());
        }
        halves.merge(other);
        std::sort(samples.begin(), samples.end());
        for (const double share : {0.05, 0.5, 0.95}) {
            const auto rank = static_cast<std::size_t>(std::ceil(share * count));
            const double exact = static_cast<double>(samples[rank - 1]);
            CHECK(std::abs(all.percentile_ms(share) - exact) <= 0.017 * exact + 1.0);  // a bin's width
            CHECK(halves.percentile_ms(share) == all.percentile_ms(share));
        }
        const auto zeros = std::count(samples.begin(), samples.end(), Tick{0});
        CHECK(all.positive_share() == doctest::Approx(1.0 - static_cast<double>(zeros) / count));
        CHECK(halves.positive_share() == all.positive_share());
    }
}

TEST_CASE("A pool of cranes serves in order, each move by the crane that is free first") {
    // Against a plain search for the earliest crane, for pools small enough for registers and larger ones.
    for (const std::uint32_t cranes : {1U, 2U, 3U, 4U, 5U, 12U}) {
        CAPTURE(cranes);
        const model::CranePool pool{.cranes = cranes, .move_time = ExponentialLaw{180'000.0}};
        const std::vector<model::Window> always;
        CranePoolState state(pool, always, kAfterAll);
        state.reset(Stream(9));
        Stream draws(9);
        std::vector<Tick> free_at(cranes, 0);
        Moves moves;
        for (int batch = 0; batch < 50; ++batch) {
            const Tick now = batch * 2 * kTicksPerHour / static_cast<Tick>(cranes);
            state.serve(now, 37, moves);
            Tick last = now;
            for (std::size_t i = 0; i < 37; ++i) {
                auto first = std::min_element(free_at.begin(), free_at.end());
                const Tick start = std::max(*first, now);
                *first = start + to_tick(exponential(draws) * 180'000.0);
                REQUIRE(moves.start[i] == start);
                REQUIRE(moves.end[i] == *first);
                last = std::max(last, *first);
            }
            REQUIRE(moves.last_end == last);
        }
    }
}

TEST_CASE("N08: a departure is computed from its number, so the ten-millionth is exact") {
    const model::Timetable timetable{
        .listed = {}, .first_ms = 1000.0, .headway_ms = 1'200'000.0};  // a third of an hour
    DepartureTimes times(timetable);
    times.reset(1, 0, {});
    CHECK(times.departure(0) == 1000);
    CHECK(times.departure(1) == 1'201'000);
    CHECK(times.departure(10'000'000) == 1000 + 1'200'000LL * 10'000'000);
    CHECK(times.first_from(1000) == 1000);
    CHECK(times.first_from(1001) == 1'201'000);
    CHECK(times.first_from(1000 + 1'200'000LL * 9'999'999) == 1000 + 1'200'000LL * 9'999'999);
}

TEST_CASE("Even releases fall in the middle of their share of the time") {
    model::Demand demand;
    demand.release = model::ReleaseProcess::even;
    demand.rates = {{10 * kTicksPerHour, 1.0 / static_cast<double>(kTicksPerHour)}};
    demand.classes.resize(1);
    demand.class_cumulative = {1.0};
    ReleaseStream stream(demand);
    stream.reset(1, 0);
    std::vector<Box> boxes;
    stream.advance(10 * kTicksPerHour, 0, boxes);
    REQUIRE(boxes.size() == 10);
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        CHECK(boxes[i].released == static_cast<Tick>(i) * kTicksPerHour + kTicksPerHour / 2);
    }
}

TEST_CASE("Poisson releases follow the rate of each month, in one request or in many") {
    model::Demand demand;
    demand.rates = {{1000 * kTicksPerHour, 2.0 / kTicksPerHour},
                    {2000 * kTicksPerHour, 0.0},
                    {3000 * kTicksPerHour, 6.0 / kTicksPerHour}};
    demand.classes.resize(1);
    demand.class_cumulative = {1.0};
    ReleaseStream at_once(demand);
    ReleaseStream step_by_step(demand);
    at_once.reset(3, 0);
    step_by_step.reset(3, 0);
    std::vector<Box> all;
    at_once.advance(3000 * kTicksPerHour, 0, all);
    std::vector<Box> pieces;
    for (Tick until = 0; until <= 3000 * kTicksPerHour; until += 7 * kTicksPerHour) {
        step_by_step.advance(until, 0, pieces);
    }
    step_by_step.advance(3000 * kTicksPerHour, 0, pieces);
    REQUIRE(all.size() == pieces.size());
    std::array<double, 3> counts{};
    for (std::size_t i = 0; i < all.size(); ++i) {
        REQUIRE(all[i].released == pieces[i].released);
        counts[static_cast<std::size_t>(all[i].released / (1000 * kTicksPerHour))] += 1.0;
    }
    // 2,000, 0 and 6,000 expected; standard errors 45 and 77.
    CHECK(std::abs(counts[0] - 2000.0) < 4 * 45);
    CHECK(counts[1] == 0.0);
    CHECK(std::abs(counts[2] - 6000.0) < 4 * 77);
}

TEST_CASE("A line keeps the order of readiness, whatever the order of arrival") {
    Sorting alike{.turns = ReleaseTurns(5, 0)};
    WaitingLine line;
    line.incoming() = {{5, 5, 0, 0}, {3, 3, 1, 0}, {9, 9, 2, 0}, {3, 3, 3, 0}};
    line.settle(5, Order::any, alike);
    CHECK(line.waiting() == 3);
    line.incoming().push_back({1, 6, 4, 0});
    line.settle(9, Order::any, alike);
    std::vector<Box> cargo;
    line.board_alike(100, 4, cargo);
    std::vector<std::uint32_t> order;
    for (const Box& box : cargo) order.push_back(box.leg);
    CHECK(order == std::vector<std::uint32_t>{1, 3, 0, 4, 2});
}

TEST_CASE("Occupancy integrates exactly over the window and samples inside it") {
    Occupancy yard;
    const model::Window window{10 * kTicksPerHour, 30 * kTicksPerHour};
    yard.reset(window, {window.to});
    yard.enter(0);  // all the time until 20 h
    yard.leave(20 * kTicksPerHour);
    yard.enter(15 * kTicksPerHour);  // from 15 h beyond the end
    yard.enter(40 * kTicksPerHour);  // after the end
    CHECK(yard.mean() == doctest::Approx((10.0 + 15.0) / 20.0));
    std::vector<std::int32_t> samples;
    yard.samples(samples);
    CHECK(*std::max_element(samples.begin(), samples.end()) == 2);
    CHECK(samples.front() == 1);
    CHECK(samples.back() == 1);
}

TEST_CASE("Monthly occupancies are exact and add up to that of the window, and samples are exact") {
    // Against the plain sum over items, in batches within a month, across months, and far apart.
    const model::Window window{10 * kTicksPerHour, 40 * kTicksPerHour};
    const std::vector<Tick> ends{13 * kTicksPerHour, 20 * kTicksPerHour + 1, 40 * kTicksPerHour};
    Occupancy yard;
    yard.reset(window, ends);
    Stream stream(4);
    std::vector<double> expected(ends.size(), 0.0);
    std::vector<std::pair<Tick, int>> changes;
    for (int batch = 0; batch < 200; ++batch) {
        const Tick begin = static_cast<Tick>(uniform01(stream) * 45.0 * kTicksPerHour);
        const auto time_of = [=](std::size_t i) { return begin + static_cast<Tick>((i * 7) % 5) * kTicksPerHour / 3; };
        const int step = batch % 3 == 0 ? -1 : 1;
        const std::size_t count = batch % 2 == 0 ? 5 : 50;  // far apart, or many at a time
        yard.change_each(count, step, begin, begin + 4 * kTicksPerHour / 3, time_of);
        for (std::size_t i = 0; i < count; ++i) {
            Tick from = window.from;
            changes.emplace_back(time_of(i), step);
            for (std::size_t month = 0; month < ends.size(); from = ends[month++]) {
                const Tick present = std::max<Tick>(0, ends[month] - std::max(from, time_of(i)));
                expected[month] += step * static_cast<double>(present);
            }
        }
    }
    double sum = 0.0;
    Tick from = window.from;
    for (std::size_t month = 0; month < ends.size(); from = ends[month++]) {
        const double length = static_cast<double>(ends[month] - from);
        CHECK(yard.monthly_means()[month] == doctest::Approx(expected[month] / length).epsilon(1e-12));
        sum += expected[month];
    }
    CHECK(yard.mean() == doctest::Approx(sum / static_cast<double>(window.to - window.from)).epsilon(1e-12));

    std::vector<std::int32_t> samples;
    yard.samples(samples);
    constexpr Tick kBin = Tick{1} << 22;
    Tick edge = (window.from / kBin + 1) * kBin;
    for (const std::int32_t sample : samples) {
        std::int32_t present = 0;
        for (const auto& change : changes) present += change.first < edge ? change.second : 0;
        CHECK(sample == present);
        edge += kBin;
    }
    CHECK(edge > window.to);
}

TEST_CASE("Events at one instant come by kind, then by number, and vehicles by whose they are") {
    EventList list;
    list.order_vehicle(0, 0, 0);
    list.order_vehicle(9, 0, 1);
    list.order_vehicle(1, 3, 7);
    list.order_vehicle(2, 4, 2);
    list.order_vehicle(3, 3, 6);
    list.schedule(7, EventKind::leaving, 0);
    list.schedule(7, EventKind::closing, 2);
    list.schedule(7, EventKind::arrival, 2);
    list.schedule(7, EventKind::closing, 1);
    list.schedule(7, EventKind::arrival, 1);
    list.schedule(7, EventKind::arrival, 3);
    list.schedule(6, EventKind::leaving, 9);
    CHECK(list.has_before({7, EventKind::arrival, 3}));
    CHECK(list.pop().entity == 9);
    CHECK_FALSE(list.has_before({7, EventKind::arrival, 3}));
    CHECK(list.pop().entity == 3);
    CHECK(list.pop().entity == 1);
    CHECK(list.pop().entity == 2);
    CHECK(list.pop().entity == 1);
    CHECK(list.pop().entity == 2);
    CHECK(list.pop().kind == EventKind::leaving);
    CHECK(list.empty());
}

TEST_CASE("Events come in the same order however many are known ahead") {
    Stream stream = make_stream(1, 0, 0);
    std::array<EventList, 2> lists;
    const auto schedule = [&](Tick from) {
        const Tick time = from + static_cast<Tick>(uniform01(stream) * 50.0);
        const auto entity = static_cast<std::uint32_t>(uniform01(stream) * 8.0);
        for (EventList& list : lists) list.schedule(time, EventKind::closing, entity);
    };
    for (int i = 0; i < 30; ++i) schedule(0);
    for (std::size_t step = 0; step < 1000; ++step) {
        if (step % 3 == 0) lists[1].look_ahead(step % 10);
        const Event event = lists[0].pop();
        const Event same = lists[1].pop();
        CHECK(same.time == event.time);
        CHECK(same.entity == event.entity);
        CHECK(lists[1].empty() == lists[0].empty());
        for (double more = uniform01(stream); more < 0.4 || lists[0].empty(); more += 0.25) schedule(event.time);
    }
}

TEST_CASE("No two measures have one name and subject") {
    const MeasureInfo mean{"wait_mean", "service.s.forward", "h"};
    const MeasureInfo other{"wait_mean", "service.s.backward", "h"};
    CHECK(MeasureCatalog({mean, other}).size() == 2);
    CHECK_THROWS_WITH_AS(MeasureCatalog({mean, other, mean}),
                         "expected: every measure has a name and subject of its own", Defect);
}

TEST_CASE("Room taken is never bounded too low, and what is freed soon after counts") {
    constexpr Tick kHorizon = 1000 * kTicksPerHour;
    RoomBound bound;
    bound.reset(kHorizon);
    CHECK(bound.most() == 0);
    bound.change(kTicksPerHour, 5);
    bound.change(kTicksPerHour + 1, -5);  // in the same slice of time
    CHECK(bound.most() == 5);
    Stream stream(3);
    for (int i = 0; i < 20; ++i) {
        bound.reset(kHorizon);
        std::vector<std::pair<Tick, std::int64_t>> changes;
        for (int box = 0; box < 200; ++box) {
            const auto from = static_cast<Tick>(uniform01(stream) * kHorizon);
            const auto to = std::min(kHorizon - 1, from + to_tick(exponential(stream) * 40.0 * kTicksPerHour));
            changes.emplace_back(to, -4);
            changes.emplace_back(from, 4);
        }
        for (const auto& [time, quarters] : changes) bound.change(time, quarters);  // in no order
        std::sort(changes.begin(), changes.end());
        std::int64_t taken = 0;
        std::int64_t most = 0;
        for (const auto& [time, quarters] : changes) most = std::max(most, taken += quarters);
        CHECK(bound.most() >= most);
        CHECK(bound.most() <= most + 16);  // a slice is an hour or two: few come in one
    }
}

}  // namespace corridor::engine
