// Locks: what is refused.
#include <doctest/doctest.h>

#include "model/compiled.h"

namespace corridor::model {
namespace {

std::string with_lock(const std::string& lock, const std::string& vehicle = "", const std::string& departures = "") {
    return R"(period = { start = 2020-01-01, end = 2020-01-08 }
[terminal]
a.quay_cranes = "unlimited"
b.quay_cranes = "unlimited"
[link]
river = { mode = "waterway", from = "a", to = "b", length = "90 km", speed = "10 km/h" }
rails = { mode = "railway", from = "a", to = "b", length = "90 km", speed = "60 km/h" }
[vehicle.barge]
mode = "waterway"
capacity = "100 TEU"
)" + vehicle +
           R"(
[service.line]
route = ["a", "b"]
directions = "one-way"
vehicle = "barge"
departures = { )" +
           (departures.empty() ? "per_week = 7" : departures) + R"( }
[lock.dam]
)" + lock + "\n";
}

const std::string kSized =
    "link = \"river\"\ncycle_time = \"1 h\"\nchamber_length = \"100 m\"\nchamber_width = \"12 m\"";

}  // namespace

TEST_CASE("A vessel that fits no chamber of a lock on its route is refused") {
    CHECK(errors_of(with_lock(kSized, "length = \"100 m\"\nbeam = \"12 m\"")).empty());
    CHECK(errors_of(with_lock(kSized, "length = \"100.5 m\"\nbeam = \"12 m\"")) ==
          "error: vehicle.barge: does not fit lock 'dam' on the route of service 'line' (a vessel is 100.5 m long and "
          "12 m "
          "wide, a chamber 100 m and 12 m); give the service a smaller vehicle or another route\n");
    CHECK(errors_of(with_lock(kSized)) ==
          "error: vehicle.barge: its length and beam are missing (service 'line' passes lock 'dam', whose chambers "
          "have a "
          "length and a width); for example length = \"110 m\", beam = \"17 m\"\n");
}

TEST_CASE("Traffic that fits no chamber is refused") {
    const std::string size = "length = \"90 m\"\nbeam = \"10 m\"";
    const auto traffic = [&](const std::string& of) {
        return errors_of(with_lock(kSized + "\ntraffic = { upstream = \"1 /h\"" + of + " }", size));
    };
    CHECK(traffic(", length = \"100 m\", beam = \"12 m\"").empty());
    CHECK(
        traffic(", length = \"100 m\", beam = \"12.5 m\"") ==
        "error: lock.dam: its traffic does not fit (a vessel is 100 m long and 12.5 m wide, a chamber 100 m and 12 m); "
        "give 'traffic' a smaller size, or the lock larger chambers\n");
    CHECK(traffic("") ==
          "error: lock.dam.traffic: 'length' and 'beam' are missing (the chambers have a length and a width); for "
          "example "
          "length = \"100 m\", beam = \"16 m\"\n");
}

TEST_CASE("A lock stands on a waterway, within its length") {
    const std::string rest = "\nplaces = 1\ncycle_time = \"1 h\"";
    CHECK(errors_of(with_lock("link = \"rails\"" + rest)) ==
          "error: lock.dam.link: link 'rails' is a railway (only a waterway has locks)\n");
    CHECK(errors_of(with_lock("link = \"river\"\nat = \"90 km\"" + rest)).empty());
    CHECK(errors_of(with_lock("link = \"river\"\nat = \"91 km\"" + rest)) ==
          "error: lock.dam.at: is beyond the end of 'river' (it is 90 km long)\n");
}

TEST_CASE("A lock takes its time") {
    const auto cycle = [](const std::string& time) {
        return errors_of(with_lock("link = \"river\"\nplaces = 1\ncycle_time = \"" + time + "\""));
    };
    CHECK(cycle("1 s").empty());
    CHECK(cycle("0.9 s") ==
          "error: lock.dam: takes no time (a cycle takes 0.9 s, and must take 1 s); leave it out, or give "
          "'cycle_time'\n");
}

TEST_CASE("Keys of a lock that need each other are asked for together") {
    const std::string link = "link = \"river\"\nplaces = 1\n";
    CHECK(errors_of(with_lock(link + "filling_time = \"20 min\"")) ==
          "error: lock.dam.filling_time: 'emptying_time' is missing ('filling_time' needs it); for example "
          "emptying_time = "
          "\"20 min\"\n");
    CHECK(errors_of(with_lock(link + "cycle_time = \"1 h\"\nlongest_wait = \"1 h\"")) ==
          "error: lock.dam.longest_wait: 'longest_wait' has no meaning (no lockage waits to be full); give start = "
          "\"when-full\"\n");
}

TEST_CASE("Containers that travel alone are not locked through") {
    CHECK(errors_of(with_lock("link = \"river\"\nplaces = 1\ncycle_time = \"1 h\"", "", "continuous = true")) ==
          "error: service.line: meets locks, sections or closures on its way, but departures are continuous (without "
          "vehicles "
          "that could wait); use another kind of departures, or links where nothing is on the way\n");
}

TEST_CASE("Ten million vessels of traffic in one run are the most") {
    const auto rate = [](const std::string& per_hour) {  // 168 h
        return errors_of(with_lock("link = \"river\"\nplaces = 1\ncycle_time = \"1 h\"\ntraffic = { upstream = \"" +
                                   per_hour + " /h\" }"));
    };
    CHECK(rate("59523").empty());
    CHECK(rate("59524") ==
          "error: lock.dam.traffic.upstream: gives more than 10,000,000 vessels in one run; give fewer vessels\n");
}

}  // namespace corridor::model
