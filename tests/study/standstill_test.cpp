#include "corridor/study/standstill.h"

#include <doctest/doctest.h>

namespace corridor {
namespace {

/// What is said of two replications in which the yard of `a` stood still for so many hours at the end.
std::string said_of(double first, double second) {
    const MeasureCatalog catalog({{"yard_mean", "terminal.a", "containers"}, {"yard_stuck_time", "terminal.a", "h"}});
    StudyResult study;
    study.measures.resize(2);
    for (const double hours : {first, second}) {
        study.measures[0].add(1000.0);
        study.measures[1].add(hours);
    }
    std::string text;
    for (const Diagnostic& warning : standstill_warnings(catalog, study)) {
        text += warning.path + ": " + warning.message + "; " + warning.hint;
    }
    return text;
}

TEST_CASE("A yard that stood still for a day or more on average is warned of") {
    CHECK(said_of(0.0, 47.9) == "");
    CHECK(said_of(0.0, 48.0) ==
          "terminal.a: the yard is full, and nobody came or went over the last 24 h while containers waited for room "
          "(those that would make room may wait for it themselves); give it more room, more berths, or vehicles that "
          "take containers away, or turn containers away");
}

}  // namespace
}  // namespace corridor
