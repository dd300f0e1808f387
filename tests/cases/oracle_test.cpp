// Exact answers of queueing and timetable theory, against scenarios that set the same systems up as corridors: what
// `corridor verify` does, and that it could not pass by chance.
#include <doctest/doctest.h>

#include <cmath>
#include <thread>

#include "corridor/study/verification.h"

namespace corridor {
namespace {

void check(const VerifiedSystem& system) {
    CAPTURE(system.id);
    REQUIRE_MESSAGE(system.status.state == RunState::complete, system.status.reason);
    for (const TheoryComparison& twin : system.theory.rows) {
        CAPTURE(twin.row.measure);
        CAPTURE(twin.row.subject);
        CAPTURE(twin.row.method);
        CAPTURE(twin.row.value);
        CAPTURE(twin.simulated.mean());
        if (twin.row.standing == Standing::exact) CHECK(twin.agreement != Agreement::differs);
        if (twin.row.standing != Standing::exact) WARN(twin.agreement != Agreement::differs);
    }
    for (const VerifiedFigure& figure : system.figures) {
        CAPTURE(figure.known.metric);
        CAPTURE(figure.expected);
        CAPTURE(figure.simulated);
        CAPTURE(figure.allowed);
        CHECK(figure.agrees);
        // One that is off by more than this would have been seen.
        if (figure.known.kind == FigureKind::mean) CHECK(figure.allowed < 0.15 * std::abs(figure.expected));
        // An interval that did not shrink is 41 % wider.
        if (figure.known.kind == FigureKind::half_width) CHECK(figure.allowed < 0.4 * figure.expected);
    }
}

}  // namespace

TEST_CASE("Simulation agrees with exact theory wherever theory has an answer") {
    const std::size_t comparisons = comparisons_by_chance(known_families(), known_relations());
    const unsigned threads = std::max(1U, std::thread::hardware_concurrency());
    std::size_t systems = 0;
    for (const KnownFamily& family : known_families()) {
        CAPTURE(family.id);
        REQUIRE(!family.systems.empty());
        for (const KnownSystem& system : family.systems) check(verify(system, comparisons, threads));
        systems += family.systems.size();
    }
    CHECK(systems == 120);
}

TEST_CASE("What follows of one system for another holds") {
    const std::size_t comparisons = comparisons_by_chance(known_families(), known_relations());
    REQUIRE(known_relations().size() == 5);
    for (const KnownRelation& relation : known_relations()) check(verify(relation, comparisons, 1));
}

TEST_CASE("A wrong answer is seen, whatever its kind") {
    KnownSystem system = known_families().front().systems.front();
    REQUIRE(system.id == "mmc-a");
    for (KnownFigure& figure : system.figures) figure.exact *= 1.05;
    const VerifiedSystem off = verify(system, 500, 2);
    for (const VerifiedFigure& figure : off.figures) {
        CAPTURE(figure.known.metric);
        CHECK_FALSE(figure.agrees);
    }
    for (const FigureKind kind : {FigureKind::exact, FigureKind::whole, FigureKind::at_least}) {
        system.figures.resize(1);
        system.figures.front().kind = kind;
        CHECK_FALSE(verify(system, 500, 2).figures.front().agrees);
    }
    system.figures.front().exact *= 0.9;
    system.figures.front().kind = FigureKind::bound;
    CHECK_FALSE(verify(system, 500, 2).figures.front().agrees);
}

}  // namespace corridor
