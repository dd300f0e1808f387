// When a disruption is over: the backlog against the same history without it.
#include "engine/recovery.h"

#include <doctest/doctest.h>

namespace corridor::engine {
namespace {

constexpr Tick kOneMinute = 60'000;
constexpr Tick kOneHour = 60 * kOneMinute;
constexpr Tick kOneDay = 24 * kOneHour;

/// Sixty days, and ten days before them; in the twin nobody is there.
constexpr model::Window kSixtyDays{10 * kOneDay, 70 * kOneDay};

/// So many containers more from an instant of the period on.
struct MoreFrom {
    Tick from = 0;
    std::int32_t more = 0;
};

Recovery recovery_from(const std::vector<MoreFrom>& steps, const Windows& windows, std::int32_t in_twin = 0) {
    Census twin;
    twin.reset(kSixtyDays.to);
    twin.add(0, in_twin);
    Census disrupted = twin;
    std::int32_t before = 0;
    for (const MoreFrom& step : steps) {
        disrupted.add(kSixtyDays.from + step.from, step.more - before);
        before = step.more;
    }
    Windows shifted;
    for (const model::Window& w : windows) shifted.push_back({kSixtyDays.from + w.from, kSixtyDays.from + w.to});
    return recovery_of(disrupted, twin, shifted, kSixtyDays);
}

Tick recovery_time(const std::vector<MoreFrom>& steps, const Windows& windows) {
    const Recovery result = recovery_from(steps, windows);
    REQUIRE(result.times.size() == 1);
    CHECK(result.unfinished == 0);
    return result.times.front();
}

}  // namespace

TEST_CASE("A backlog that is gone before the end of its disruption leaves nothing to recover from") {
    const Windows month{{kOneDay, 31 * kOneDay}};
    CHECK(recovery_time({}, month) == 0);
    CHECK(recovery_time({{2 * kOneDay, 50}, {3 * kOneDay, 0}, {20 * kOneDay, 40}, {21 * kOneDay, 0}}, month) == 0);
}

TEST_CASE("The time to recover runs from the end of the disruption, however long that was") {
    const auto time = [](Tick length) {
        return recovery_time({{kOneDay, 5}, {kOneDay + length, 20}, {kOneDay + length + 7 * kOneHour, 0}},
                             {{kOneDay, kOneDay + length}});
    };
    CHECK(time(kOneHour) == 7 * kOneHour);
    CHECK(time(30 * kOneDay) == 7 * kOneHour);
}

TEST_CASE("A backlog of one container, or of one in a hundred of those without disruptions, is none") {
    const std::vector<MoreFrom> steps{{kOneDay, 9}, {3 * kOneDay, 3}, {4 * kOneDay, 2}, {5 * kOneDay, 1}};
    const Windows day{{kOneDay, 2 * kOneDay}};
    CHECK(recovery_from(steps, day).times.front() == 3 * kOneDay);
    CHECK(recovery_from(steps, day, 200).times.front() == 2 * kOneDay);
    CHECK(recovery_from(steps, day, 300).times.front() == kOneDay);
    CHECK(recovery_from(steps, day, 299).times.front() == 2 * kOneDay);
}

// What a closed service did not carry is missed where its vessels would have come, twelve days later.
TEST_CASE("A backlog that comes to light after the end of its disruption is waited for") {
    CHECK(recovery_time({{13 * kOneDay, 30}, {14 * kOneDay, 0}}, {{kOneDay, 2 * kOneDay}}) == 12 * kOneDay);
}

// Thirty on the 3rd, none on the 4th, thirty again from the 6th to the 7th; and a day of five on the 40th.
TEST_CASE("A backlog that comes back within a week is not gone; what comes much later is not its own") {
    const std::vector<MoreFrom> steps{{2 * kOneDay, 30}, {3 * kOneDay, 0},  {5 * kOneDay, 30},
                                      {6 * kOneDay, 0},  {39 * kOneDay, 5}, {40 * kOneDay, 0}};
    CHECK(recovery_time(steps, {{kOneDay, 2 * kOneDay}}) == 4 * kOneDay);
}

// 20 more and 20 fewer by turns of twelve hours, as of a shuttle that runs at other times ever after.
TEST_CASE("A difference that goes up and down for ever is no backlog that stays") {
    std::vector<MoreFrom> steps{{kOneDay, 100}};
    for (Tick day = 4; day < 60; ++day) {
        steps.push_back({day * kOneDay, -20});
        steps.push_back({day * kOneDay + 12 * kOneHour, 20});
    }
    CHECK(recovery_time(steps, {{kOneDay, 2 * kOneDay}}) == 2 * kOneDay);
}

TEST_CASE("A disruption that is not over when the next one begins is taken together with it") {
    const Windows two{{kOneDay, 2 * kOneDay}, {4 * kOneDay, 5 * kOneDay}};
    CHECK(recovery_time({{kOneDay, 30}, {6 * kOneDay, 0}}, two) == kOneDay);
    const Recovery apart = recovery_from({{kOneDay, 30}, {3 * kOneDay, 0}, {4 * kOneDay, 30}, {7 * kOneDay, 0}}, two);
    CHECK(apart.times == std::vector<Tick>{kOneDay, 2 * kOneDay});
}

TEST_CASE("A backlog that is there at the end of the period is unfinished, and has no time") {
    const Windows window{{50 * kOneDay, 51 * kOneDay}};
    const Recovery left = recovery_from({{50 * kOneDay, 10}}, window);
    CHECK(left.unfinished == 1);
    CHECK(left.times.empty());
    CHECK(left.backlog_most == 10.0);
    CHECK(recovery_from({{50 * kOneDay, 10}}, {{50 * kOneDay, 70 * kOneDay}}).unfinished == 1);
    const Recovery last_minute = recovery_from({{50 * kOneDay, 10}, {60 * kOneDay - kOneMinute, 0}}, window);
    CHECK(last_minute.unfinished == 0);
    CHECK(last_minute.times == std::vector<Tick>{9 * kOneDay - kOneMinute});
    CHECK(recovery_from({}, {{59 * kOneDay, 70 * kOneDay}}).times == std::vector<Tick>{0});
}

TEST_CASE("Ends of disruptions between two minutes cost nothing where nobody is held up") {
    CHECK(recovery_time({}, {{kOneDay, kOneDay + kOneHour + 30'000}}) == 0);
    CHECK(recovery_time({{kOneDay, 8}, {kOneDay + kOneHour + kOneMinute, 0}},
                        {{kOneDay, kOneDay + kOneHour - 30'000}}) == kOneMinute + 30'000);
}

}  // namespace corridor::engine
