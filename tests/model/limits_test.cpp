// The most that a scenario may ask for, and a little more.
#include "compiled.h"

namespace corridor::model {
namespace {

const std::string kDailyService =
    "\n[service.s]\nvehicle = \"barge\"\nroute = [\"a\", \"c\"]\ndirections = \"one-way\"\n"
    "departures = { per_week = 7 }\n";

/// The scenario with one text in place of another.
std::string changed(std::string text, const std::string& from, const std::string& to) {
    REQUIRE(text.find(from) != std::string::npos);
    return text.replace(text.find(from), from.size(), to);
}

std::string departing(const std::string& departures) {
    return changed(kRiver + kDemand + kDailyService, "{ per_week = 7 }", departures);
}

std::string too_many_departures(const std::string& where) {
    return "error: service.s.departures" + where +
           ": gives more than 10,000,000 departures in one run; give fewer, or departures = { continuous = true }\n";
}

}  // namespace

TEST_CASE("A period lasts a hundred years at most") {
    const auto period = [](const std::string& end) {
        return changed(changed(kRiver + kDemand + kDailyService, "end = 2020-01-13", "end = " + end),
                       "start = 2020-01-06", "start = 2020-01-01");
    };
    CHECK(refusal_of(period("2120-01-01")) == "");
    CHECK(refusal_of(period("2120-01-02")) ==
          "error: period.end: the period is longer than 100 years (2020-01-01 to 2120-01-02); simulate some years of "
          "it\n");
    CHECK(refusal_of(period("9999-12-31")) ==
          "error: period.end: the period is longer than 100 years (2020-01-01 to 9999-12-31); simulate some years of "
          "it\n");
}

TEST_CASE("A warm-up, like any duration, lasts a million hours at most") {
    const auto warm_up = [](const std::string& hours) {
        return findings_of(changed(kRiver + kDemand + kDailyService, "end = 2020-01-13",
                                   "end = 2020-01-13, warm_up = \"" + hours + " h\""));
    };
    CHECK(warm_up("1e6") == "");
    CHECK(warm_up("1000001") == "error: period.warm_up: must be at most 1000000 h, got 1000001 h\n");
    CHECK(warm_up("1e9") == "error: period.warm_up: must be at most 1000000 h, got 1000000000 h\n");
}

TEST_CASE("A time limit is given once") {
    const std::string text = kRiver + kDemand + kDailyService;
    CHECK(findings_of(text + "[run]\ndelivered_within = [\"48 h\", \"3 d\"]\n") == "");
    CHECK(findings_of(text + "[run]\ndelivered_within = [\"48 h\", \"2 d\"]\n") ==
          "error: run.delivered_within[1]: is given twice; leave one out\n");
}

TEST_CASE("A direction of a service departs ten million times in a run at most") {
    CHECK(findings_of(departing("{ per_week = 1e7 }")) == "");
    CHECK(findings_of(departing("{ per_week = 10000001 }")) == too_many_departures(".per_week"));
    CHECK(findings_of(departing("{ per_week = 1e9 }")) ==
          "error: service.s.departures.per_week: must leave between 1 ms and 1000000 h from one to the next, got "
          "1000000000 /week\n" +
              too_many_departures(".per_week"));
    CHECK(findings_of(departing("{ headway = \"0.061 s\" }")) == "");
    CHECK(findings_of(departing("{ headway = \"0.060 s\" }")) == too_many_departures(".headway"));
}

TEST_CASE("The first departure of a headway may be as far away as a date can be") {
    CHECK(findings_of(departing("{ headway = \"0.061 s\", first = 0001-01-01 }")) == "");
    CHECK(findings_of(departing("{ headway = \"12 h\", first = 9999-12-31 }")) ==
          "warning: service.s: never leaves forward within the run (2020-01-06 to 2020-01-13)\n");
}

TEST_CASE("A fleet that leaves when ready makes ten million trips in a run at most") {
    const auto fleet = [](int vehicles) {
        std::string text = changed(kRiver + kDemand + kDailyService, "\"one-way\"", "\"round-trip\"");
        text = changed(text, "length = \"100 km\", speed = { downstream = \"10 km/h\", upstream = \"5 km/h\" }",
                       "length = \"1 km\", running_time = \"5 s\"");
        text = changed(text, "length = \"50 km\", speed = { downstream = \"10 km/h\", upstream = \"5 km/h\" }",
                       "length = \"1 km\", running_time = \"5 s\"");
        return findings_of(
            changed(text, "{ per_week = 7 }", "{ when_ready = true }\nfleet = " + std::to_string(vehicles)));
    };
    // There and back in 20 s, 30,240 times a week.
    CHECK(fleet(330) == "");
    CHECK(fleet(331) ==
          "error: service.s: gives more than 10,000,000 trips in one run; give a smaller fleet, or departures = { "
          "continuous = true }\n");
}

TEST_CASE("A66: Berths, cranes, fleets, consignments and moves have their limits") {
    const auto cranes = [](const std::string& count) {
        return refusal_of(changed(kRiver + kDemand + kDailyService, "a = { quay_cranes = \"unlimited\" }",
                                  "a = { quay_cranes = { count = " + count + ", move_time = \"4 min\" } }"));
    };
    CHECK(cranes("10000") == "");
    CHECK(cranes("10001") == "error: terminal.a.quay_cranes.count: must be between 1 and 10000, got 10001\n");
    const auto fleet = [](const std::string& count) {
        return refusal_of(kRiver + kDemand + changed(kDailyService, "\"one-way\"", "\"each\"\nfleet = " + count));
    };
    CHECK(fleet("100000") == "");
    CHECK(fleet("0") == "error: service.s.fleet: must be between 1 and 100000, got 0\n");
    CHECK(fleet("100001") == "error: service.s.fleet: must be between 1 and 100000, got 100001\n");
    const auto consignment = [](const std::string& size) {
        return refusal_of(kRiver + kDailyService + kDemand + "consignment = " + size + "\n");
    };
    CHECK(consignment("100000") == "");
    CHECK(consignment("100001") == "error: demand.d.consignment: must be between 1 and 100000, got 100001\n");
}

TEST_CASE("Background calls ten million times in a run at most") {
    const auto calls = [](const std::string& per_week) {
        return findings_of(kRiver + kDemand + kDailyService +
                           "[background.b]\nterminal = \"a\"\nmode = \"waterway\"\nmoves = 1\nrate = \"" + per_week +
                           " /week\"\n");
    };
    CHECK(calls("10000000") == "");
    CHECK(calls("10000001") ==
          "error: background.b.rate: gives more than 10,000,000 calls in one run; give fewer calls of more moves\n");
}

TEST_CASE("A run holds five hundred million containers and background moves at most") {
    const auto volume = [](const std::string& containers) {
        return findings_of(kRiver + kDailyService + changed(kDemand, "70", containers));
    };
    CHECK(volume("5e8") == "");
    CHECK(volume("500000001") ==
          "error: demand.d: brings the run to more than 500,000,000 containers and background moves (they would not "
          "fit into memory); ask for less, or for a shorter period\n");
}

TEST_CASE("A run adds up a million million container-hours at most, so that no sum overflows") {
    // A hundred years of 876,600 h, after a warm-up up to a million hours, in which as much comes per hour.
    const auto volume = [](const std::string& containers) {
        const std::string period = "{ start = 1920-01-01, end = 2020-01-01, warm_up = \"123400 h\" }";
        return findings_of(changed(kRiver, "{ start = 2020-01-06, end = 2020-01-13 }", period) + kDailyService +
                           changed(kDemand, "70", containers));
    };
    CHECK(volume("876600") == "");
    CHECK(volume("876601") ==
          "error: demand.d: brings the run to more than 1e12 container-hours (sums of waiting times would overflow); "
          "ask for less, or for a shorter period or warm-up\n");
}

TEST_CASE("The traffic of a lock adds up to a million million vessel-hours at most, so that no sum overflows") {
    // A hundred years of 876,600 h: 1,140,770 vessels, 1.3014 in an hour.
    const auto traffic = [](const std::string& per_hour) {
        return findings_of(
            changed(kRiver, "{ start = 2020-01-06, end = 2020-01-13 }", "{ start = 1920-01-01, end = 2020-01-01 }") +
            kDailyService + kDemand + "[lock.dam]\nlink = \"ab\"\nplaces = 1\ncycle_time = \"1 h\"\n" +
            "traffic = { downstream = \"" + per_hour + " /h\" }\n");
    };
    CHECK(traffic("1.3013").find("error") == std::string::npos);
    CHECK(traffic("1.3014").find(
              "error: lock.dam.traffic: brings the run to more than 1e12 vessel-hours at this lock (sums "
              "of waiting times would overflow); give less traffic, or ask for a shorter period or "
              "warm-up\n") != std::string::npos);
}

}  // namespace corridor::model
