#include "corridor/network/itineraries.h"

#include <doctest/doctest.h>

#include <initializer_list>

namespace corridor::network {
namespace {

using Rides = std::vector<Ride>;

// Lines by their terminals; every ride takes 10, every wait `wait`, handling and transfers nothing.
struct Sketch {
    RideNetwork network;

    explicit Sketch(std::size_t terminals) { network.transfer.assign(terminals, 0); }

    Sketch& line(Tick wait, std::initializer_list<std::uint32_t> terminals) {
        for (const std::uint32_t terminal : terminals) {
            network.calls.push_back(
                {.line = lines_, .service = lines_, .terminal = terminal, .board = wait, .ride = 10});
        }
        ++lines_;
        return *this;
    }

    std::vector<Journey> best(const JourneyQuery& query) const {
        return best_journeys(network, {query}).front().journeys;
    }

  private:
    std::uint32_t lines_ = 0;
};

constexpr std::uint32_t A = 0, B = 1, C = 2, D = 3;

// A - B - C by one line, waiting 4.
TEST_CASE("A journey waits, rides from call to call, and is discharged at the end") {
    Sketch sketch = Sketch(3).line(4, {A, B, C});
    for (Call& call : sketch.network.calls) call.alight = 1;
    const auto journeys = sketch.best({.from = A, .to = C, .count = 3});
    REQUIRE(journeys.size() == 1);
    CHECK(journeys[0].rides == Rides{{0, 2}});
    CHECK(journeys[0].expected == 4 + 10 + 10 + 1);
}

// A - B and B - C; at B two hours pass from discharge until ready.
TEST_CASE("A transfer takes the terminal's transfer time, which the destination's does not add") {
    Sketch sketch = Sketch(3).line(4, {A, B}).line(6, {B, C});
    sketch.network.transfer = {100, 2, 50};
    const auto journeys = sketch.best({.from = A, .to = C});
    REQUIRE(journeys.size() == 1);
    CHECK(journeys[0].rides == Rides{{0, 1}, {2, 3}});
    CHECK(journeys[0].expected == 4 + 10 + 2 + 6 + 10);
}

// A - D directly waiting 40; A - B - D waiting 4 and 4; A - C - D waiting 9 and 9.
TEST_CASE("Alternatives come best expected time first, as many as asked for") {
    const Sketch sketch = Sketch(4).line(40, {A, D}).line(4, {A, B}).line(4, {B, D}).line(9, {A, C}).line(9, {C, D});
    const auto journeys = sketch.best({.from = A, .to = D, .count = 2});
    REQUIRE(journeys.size() == 2);
    CHECK(journeys[0].rides == Rides{{2, 3}, {4, 5}});
    CHECK(journeys[0].expected == 28);
    CHECK(journeys[1].rides == Rides{{6, 7}, {8, 9}});
    CHECK(journeys[1].expected == 38);
    CHECK(sketch.best({.from = A, .to = D, .count = 9}).size() == 3);
}

TEST_CASE("An alternative that takes more than three times as long as the best is no alternative") {
    CHECK(Sketch(2).line(0, {A, B}).line(20, {A, B}).best({.from = A, .to = B, .count = 2}).size() == 2);
    CHECK(Sketch(2).line(0, {A, B}).line(21, {A, B}).best({.from = A, .to = B, .count = 2}).size() == 1);
}

// A - B - C - D and back.
TEST_CASE("Nobody boards the same line again, nor goes back to come past where the journey began") {
    const Sketch sketch = Sketch(4).line(1, {A, B, C, D}).line(1, {D, C, B, A});
    const auto journeys = sketch.best({.from = B, .to = D, .count = 5});
    REQUIRE(journeys.size() == 1);
    CHECK(journeys[0].rides == Rides{{1, 3}});
}

TEST_CASE("With 'via' one may go back to a hub and come past the origin again") {
    const Sketch sketch = Sketch(4).line(1, {A, B, C, D}).line(1, {D, C, B, A});
    CHECK(sketch.best({.from = B, .to = D, .via = {{1}, {0}}}).front().rides == Rides{{6, 7}, {0, 3}});
}

TEST_CASE("With 'via' one may be sent back to where one was, where returns are asked for") {
    const Sketch sketch = Sketch(3).line(1, {A, B}).line(1, {B, A}).line(1, {A, C});
    CHECK(sketch.best({.from = A, .to = C, .via = {{0}, {1}, {2}}}).empty());
    CHECK(sketch.best({.from = A, .to = C, .via = {{0}, {1}, {2}}, .returns = true}).front().rides ==
          Rides{{0, 1}, {2, 3}, {4, 5}});
}

// A - B - C - B - A in one trip.
TEST_CASE("On a round trip one boards at the call that is not before a detour") {
    const Sketch sketch = Sketch(3).line(1, {A, B, C, B, A});
    CHECK(sketch.best({.from = B, .to = A, .count = 3}).front().rides == Rides{{3, 4}});
    CHECK(sketch.best({.from = B, .to = C, .count = 3}).front().rides == Rides{{1, 2}});
    CHECK(sketch.best({.from = A, .to = B, .count = 3}).front().rides == Rides{{0, 1}});
}

// A - B - C - A, again and again.
TEST_CASE("Beyond the last call of a loop one changes to its next trip") {
    const Sketch sketch = Sketch(3).line(1, {A, B, C, A});
    const auto journeys = sketch.best({.from = C, .to = B});
    REQUIRE(journeys.size() == 1);
    CHECK(journeys[0].rides == Rides{{2, 3}, {0, 1}});
}

// A trunk 0 - 1 - 2 both ways; leaves 3 at 0, 4 at 1 and 5 at 2, each by its own line both ways.
TEST_CASE("Journeys from leaf to leaf change at the hubs, and only there") {
    Sketch sketch = Sketch(6).line(1, {0, 1, 2}).line(1, {2, 1, 0});
    for (const std::uint32_t hub : {0U, 1U, 2U}) sketch.line(1, {hub + 3, hub}).line(1, {hub, hub + 3});
    const std::vector<std::uint32_t> service{0, 0, 1, 1, 2, 2, 3, 3};
    for (Call& call : sketch.network.calls) call.service = service[call.line];
    const auto far = sketch.best({.from = 3, .to = 5, .count = 4});
    REQUIRE(far.size() == 1);
    CHECK(far[0].rides == Rides{{6, 7}, {0, 2}, {16, 17}});
    CHECK(far[0].expected == 11 + 21 + 11);
    CHECK(sketch.best({.from = 3, .to = 1, .count = 4}).front().rides == Rides{{6, 7}, {0, 1}});
    CHECK(sketch.best({.from = 2, .to = 3, .count = 4}).front().rides == Rides{{3, 5}, {8, 9}});
    CHECK(sketch.best({.from = 4, .to = 1, .count = 4}).front().rides == Rides{{10, 11}});
}

// A - B - C there and back, and nothing else: nowhere to change.
TEST_CASE("On a single service all journeys are direct") {
    Sketch sketch = Sketch(3).line(1, {A, B, C}).line(1, {C, B, A});
    for (Call& call : sketch.network.calls) call.service = 0;
    CHECK(sketch.best({.from = A, .to = C, .count = 4}).size() == 1);
    CHECK(sketch.best({.from = C, .to = B, .count = 4}).front().rides == Rides{{3, 4}});
}

TEST_CASE("A line that cannot take the containers is passed over") {
    const Sketch sketch = Sketch(2).line(1, {A, B}).line(5, {A, B});
    const auto journeys = sketch.best({.from = A, .to = B, .count = 2, .usable = [](auto line) { return line == 1; }});
    REQUIRE(journeys.size() == 1);
    CHECK(journeys[0].rides == Rides{{2, 3}});
}

TEST_CASE("With 'via', each ride is on one of its lines, in order") {
    const Sketch sketch = Sketch(3).line(1, {A, C}).line(5, {A, B}).line(5, {B, C});
    CHECK(sketch.best({.from = A, .to = C, .via = {{1}, {2}}}).front().rides == Rides{{2, 3}, {4, 5}});
    CHECK(sketch.best({.from = A, .to = C, .via = {{2}, {1}}}).empty());
    CHECK(sketch.best({.from = A, .to = C, .via = {{0}}}).front().rides == Rides{{0, 1}});
}

TEST_CASE("Against the direction of a line nothing is reachable") {
    const Sketch sketch = Sketch(4).line(1, {A, B, C});
    CHECK(sketch.best({.from = C, .to = A}).empty());
    CHECK(sketch.best({.from = A, .to = D}).empty());
    CHECK(reachable(sketch.network, A) == std::vector<std::uint32_t>{B, C});
    CHECK(reachable(sketch.network, C).empty());
}

// A grid of 20 x 20 terminals, every neighbour joined both ways by lines that all take the same time.
TEST_CASE("Countless journeys of the same length are no obstacle") {
    constexpr std::uint32_t kSide = 20;
    Sketch sketch(kSide * kSide);
    for (std::uint32_t y = 0; y < kSide; ++y) {
        for (std::uint32_t x = 0; x < kSide; ++x) {
            const std::uint32_t here = y * kSide + x;
            if (x + 1 < kSide) sketch.line(1, {here, here + 1}).line(1, {here + 1, here});
            if (y + 1 < kSide) sketch.line(1, {here, here + kSide}).line(1, {here + kSide, here});
        }
    }
    const auto journeys = sketch.best({.from = 0, .to = kSide * kSide - 1, .count = 3});
    REQUIRE(journeys.size() == 3);
    for (const Journey& journey : journeys) CHECK(journey.expected == 38 * 11);
}

// Lines between all pairs of A, B, C and D, the only one from D on to E not usable.
TEST_CASE("A search that is given up says so, instead of that no lines lead there") {
    Sketch sketch(5);
    for (const std::uint32_t from : {A, B, C, D}) {
        for (const std::uint32_t to : {A, B, C, D}) {
            if (from != to) sketch.line(1, {from, to});
        }
    }
    sketch.line(1, {D, 4});
    JourneyQuery query{.from = A, .to = 4, .usable = [](std::uint32_t line) { return line != 12; }};
    const Alternatives searched = best_journeys(sketch.network, {query}).front();
    CHECK(searched.journeys.empty());
    CHECK_FALSE(searched.gave_up);
    query.patience = 5;
    const Alternatives given_up = best_journeys(sketch.network, {query}).front();
    CHECK(given_up.journeys.empty());
    CHECK(given_up.gave_up);
}

}  // namespace
}  // namespace corridor::network
