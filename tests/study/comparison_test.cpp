#include "corridor/study/comparison.h"

#include <doctest/doctest.h>

#include <cmath>

#include "corridor/model/compile.h"
#include "corridor/scenario/reader.h"

namespace corridor {
namespace {

// port --barge, twice a week, 100 TEU--> hub --train, daily--> town
// Demand: 90 containers a week from port to town, 90 on each barge if one sails a week.
constexpr const char* kCorridor = R"(
format = 1
title = "Two services"
period = { start = 2020-01-01, end = 2020-03-01, warm_up = "14 d" }
run = { replications = 3 }
[terminal.port]
quay_cranes = "unlimited"
[terminal.hub]
quay_cranes = "unlimited"
rail_cranes = "unlimited"
[terminal.town]
rail_cranes = "unlimited"
[link.river]
mode = "waterway"
from = "port"
to = "hub"
length = "100 km"
speed = "10 km/h"
[link.line]
mode = "railway"
from = "hub"
to = "town"
length = "300 km"
speed = "50 km/h"
[vehicle]
barge = { mode = "waterway", capacity = "100 TEU" }
train = { mode = "railway", capacity = "80 TEU" }
[service.barge]
route = ["port", "hub"]
directions = "one-way"
vehicle = "barge"
departures = { headway = "84 h", first = 2019-12-18T12:00:00 }
[service.train]
route = ["hub", "town"]
directions = "one-way"
vehicle = "train"
departures = { headway = "24 h", first = 2019-12-18T18:00:00 }
[demand.goods]
from = "port"
to = "town"
rate = { value = "90 containers/week", range = ["60 containers/week", "120 containers/week"], distribution = "uniform" }
release = "even"
[reported.shipped]
value = "700 containers"
use = "validate"
reading.all = { measure = "containers_shipped", of = ["service.barge"] }
reading.february = { measure = "containers_shipped", of = ["service.barge.2020-02"], factor = 2.0 }
[reported.railed-in-february]
value = "300 TEU"
start = 2020-02-01
end = 2020-03-01
use = "calibrate"
reading.teu = { measure = "teu_railed", of = ["service.train"] }
)";

struct Corridor {
    scenario::Scenario scenario;
    model::Model model;
    MeasureCatalog catalog;
};

Corridor corridor_of(const std::string& text) {
    const auto scenario = scenario::parse_scenario(text);
    INFO(render(scenario.diagnostics()));
    REQUIRE(scenario.ok());
    const auto model = model::compile(scenario.value(), scenario::stated_values(scenario.value().quantities));
    INFO(render(model.diagnostics()));
    REQUIRE(model.ok());
    return {scenario.value(), model.value(), measure_catalog(model.value())};
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

std::string refusal(const std::string& text) {
    const Corridor corridor = corridor_of(text);
    Diagnostics errors = resolve_readings(corridor.scenario, corridor.model, corridor.catalog).diagnostics();
    std::string lines;
    for (const Diagnostic& error : errors) lines += error.path + ": " + error.message + "; " + error.hint + "\n";
    return lines;
}

std::vector<ComparisonRow> compared(const Corridor& corridor, unsigned threads = 1) {
    const auto targets = resolve_readings(corridor.scenario, corridor.model, corridor.catalog);
    REQUIRE(targets.ok());
    std::vector<MeasureSum> sums;
    for (const ReadingTarget& target : targets.value()) sums.push_back(target.in(corridor.catalog));
    const StudyResult study =
        run_study(corridor.model, corridor.catalog, sums, {.replications = 3, .threads = threads});
    const PriorResult prior =
        run_prior(corridor.scenario, targets.value(), corridor.catalog, {.draws = 100, .threads = threads});
    REQUIRE(prior.status.state == RunState::complete);
    return compare(corridor.scenario, corridor.model, corridor.catalog, targets.value(), study, prior);
}

TEST_CASE("Each reading of each figure is a row, with its unit, its use and what plain arithmetic says") {
    const std::vector<ComparisonRow> rows = compared(corridor_of(kCorridor));
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].figure == "railed-in-february");
    CHECK(rows[0].reading == "teu");
    CHECK(rows[0].unit == "TEU");
    CHECK(rows[0].use == scenario::FigureUse::calibrate);
    CHECK(rows[1].figure == "shipped");
    CHECK(rows[1].reading == "all");
    CHECK(rows[1].unit == "containers");
    CHECK(rows[2].reading == "february");
    // 60 days at 90 a week, and twice the 29 days of February.
    CHECK(rows[1].naive == doctest::Approx(60.0 / 7 * 90).epsilon(1e-9));
    CHECK(rows[2].naive == doctest::Approx(2 * 29.0 / 7 * 90).epsilon(1e-9));
    // 45 containers a sailing, a sailing every 3.5 days: 17 or 18 sailings in 60 days.
    CHECK(rows[1].simulated.mean() == doctest::Approx(17.14 * 45).epsilon(0.06));
    CHECK(rows[1].ratio == rows[1].simulated.mean() / 700);
    CHECK(rows[1].capacity_bound_share == 0);
}

TEST_CASE("Rows are ordered by id, and know where they stand in the file") {
    const std::vector<ComparisonRow> rows = compared(corridor_of(
        replaced(kCorridor, "reading.all = {", "name = \"zz\"\nreading.all = { name = \"Zz, the last by its name\",")));
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].figure == "railed-in-february");
    CHECK(rows[0].position == 2);
    CHECK(rows[1].reading == "all");
    CHECK(rows[1].position == 0);
    CHECK(rows[2].reading == "february");
    CHECK(rows[2].position == 1);
}

TEST_CASE("The prior predictive follows the range of the inputs, and the report has its place in it") {
    const ComparisonRow row = compared(corridor_of(kCorridor))[1];
    REQUIRE(row.prior.has_value());
    // Uniform from 60 to 120 a week: the median at 90, the 5 % and 95 % quantiles at 63 and 117, over 8.6 weeks.
    CHECK(row.prior->median == doctest::Approx(90 * 60.0 / 7).epsilon(0.1));
    CHECK(row.prior->interval90.low == doctest::Approx(63 * 60.0 / 7).epsilon(0.1));
    CHECK(row.prior->interval90.high == doctest::Approx(117 * 60.0 / 7).epsilon(0.1));
    // 700 over 8.57 weeks are 81.7 a week: (81.7 - 60) / 60 = 36 % of the range.
    CHECK(row.percentile == doctest::Approx(36).epsilon(0.3));
    CHECK(row.conclusion ==
          "out of sample: the report lies inside the 90 % prior predictive interval; capacity bound for 0.0 % of the "
          "containers, so this tests the demand assumptions, not the operations");
}

TEST_CASE("The comparison is the same to the last bit for any number of threads") {
    const Corridor corridor = corridor_of(kCorridor);
    const std::vector<ComparisonRow> alone = compared(corridor, 1);
    const std::vector<ComparisonRow> together = compared(corridor, 7);
    for (std::size_t i = 0; i < alone.size(); ++i) {
        CHECK(together[i].simulated.mean() == alone[i].simulated.mean());
        CHECK(together[i].prior->median == alone[i].prior->median);
        CHECK(together[i].prior->interval90.low == alone[i].prior->interval90.low);
        CHECK(together[i].percentile == alone[i].percentile);
    }
}

TEST_CASE("The draws over the ranges have a fingerprint, the same for any number of threads") {
    const Corridor corridor = corridor_of(kCorridor);
    const auto targets = resolve_readings(corridor.scenario, corridor.model, corridor.catalog);
    REQUIRE(targets.ok());
    const auto drawn = [&](const PriorPlan& plan) {
        return run_prior(corridor.scenario, targets.value(), corridor.catalog, plan).fingerprint;
    };
    CHECK(drawn({.draws = 20, .threads = 1}) == drawn({.draws = 20, .threads = 7}));
    CHECK(drawn({.draws = 20}) != drawn({.draws = 21}));
    CHECK(drawn({.draws = 20}) != drawn({.seed = 2, .draws = 20}));
}

TEST_CASE("A reporting error widens what would be reported, and changes nothing that is simulated") {
    const Corridor exact = corridor_of(kCorridor);
    const Corridor vague =
        corridor_of(replaced(kCorridor, "value = \"700 containers\"", "value = \"700 containers\"\nerror = 0.5"));
    const ComparisonRow narrow = compared(exact)[1];
    const ComparisonRow wide = compared(vague)[1];
    CHECK(wide.simulated.mean() == narrow.simulated.mean());
    const auto width = [](const ComparisonRow& row) { return row.prior->interval90.high - row.prior->interval90.low; };
    CHECK(width(wide) > 1.5 * width(narrow));
}

// Barges of 1 to 3 TEU, evenly: those below 2 TEU cannot carry a 40-foot container.
TEST_CASE("Draws whose values make no model are left out, counted and explained") {
    std::string text = replaced(kCorridor, "capacity = \"100 TEU\"",
                                "capacity = { value = \"2 TEU\", range = [\"1 TEU\", \"3 TEU\"], distribution = "
                                "\"uniform\" }");
    text = replaced(text, "release = \"even\"", "release = \"even\"\nbox_share = { ft40 = 1.0 }");
    const Corridor corridor = corridor_of(text);
    const auto targets = resolve_readings(corridor.scenario, corridor.model, corridor.catalog);
    REQUIRE(targets.ok());
    const PriorResult prior = run_prior(corridor.scenario, targets.value(), corridor.catalog, {.draws = 100});
    CHECK(prior.draws == 100);
    CHECK(prior.refused > 30);
    CHECK(prior.refused < 70);
    CHECK(prior.values[0].size() == 100 - prior.refused);
    REQUIRE(prior.first_refusal.size() == 1);
    CHECK(prior.first_refusal[0].path == "demand.goods");
}

TEST_CASE("Where vehicles are full, the share of containers left behind says that capacity binds") {
    const Corridor corridor = corridor_of(replaced(kCorridor, "capacity = \"100 TEU\"", "capacity = \"30 TEU\""));
    const ComparisonRow row = compared(corridor)[1];
    CHECK(row.capacity_bound_share > 0.9);
    CHECK(row.conclusion.find("so this tests the operations too") != std::string::npos);
}

TEST_CASE("An unknown measure or subject of a reading is an error that names the nearest") {
    CHECK(refusal(replaced(kCorridor, "\"containers_shipped\"", "\"container_shipped\"")) ==
          "reported.shipped.reading.all.measure: unknown measure 'container_shipped'; did you mean "
          "'containers_shipped'?\n");
    CHECK(
        refusal(replaced(kCorridor, "of = [\"service.barge\"]", "of = [\"service.barge.forwards\"]")) ==
        "reported.shipped.reading.all.of[0]: measure 'containers_shipped' has no subject 'service.barge.forwards'; did "
        "you "
        "mean 'service.barge.forward'?\n");
}

TEST_CASE("A figure in hours cannot be read as a number of containers") {
    CHECK(refusal(replaced(kCorridor, "700 containers", "700 h")) ==
          "reported.shipped.reading.all.measure: measure 'containers_shipped' is in containers, but the figure is a "
          "duration such as \"12 h\"; \n"
          "reported.shipped.reading.february.measure: measure 'containers_shipped' is in containers, but the figure is "
          "a duration such as \"12 h\"; \n");
}

TEST_CASE("A window of a figure must be made of whole months") {
    CHECK(refusal(replaced(kCorridor, "start = 2020-02-01\n", "start = 2020-02-02\n")) ==
          "reported.railed-in-february.reading.teu: the window 2020-02-02 to 2020-03-01 is not made of whole months of "
          "the period; the period is 2020-01-01 to 2020-03-01\n");
}

TEST_CASE("A total in a part of the period is the sum of its services, or of its demands") {
    using Subjects = std::vector<std::string>;
    const auto subjects = [](const std::string& measure) {
        const std::string second =
            "[service.express]\nroute = [\"hub\", \"town\"]\ndirections = \"one-way\"\nvehicle = \"train\"\n"
            "departures = { headway = \"48 h\" }\n[demand.goods]\n";
        const std::string text = replaced(
            replaced(kCorridor, "\"teu_railed\", of = [\"service.train\"]", "\"" + measure + "\", of = [\"total\"]"),
            "[demand.goods]\n", second);
        const Corridor corridor = corridor_of(text);
        const auto targets = resolve_readings(corridor.scenario, corridor.model, corridor.catalog);
        REQUIRE_MESSAGE(targets.ok(), render(targets.diagnostics()));
        return targets.value().front().subjects;
    };
    CHECK(subjects("teu_railed") == Subjects{"service.express.2020-02", "service.train.2020-02"});
    CHECK(subjects("teu_shipped") == Subjects{"service.barge.2020-02"});
    CHECK(subjects("containers_delivered") == Subjects{"demand.goods.2020-02"});
    CHECK(refusal(
              replaced(kCorridor, "\"teu_railed\", of = [\"service.train\"]", "\"teu_delivered\", of = [\"total\"]")) ==
          "reported.railed-in-february.reading.teu: measure 'teu_delivered' is not kept by month for 'total.2020-02'; "
          "leave start and end out to compare with the whole period\n");
}

TEST_CASE("A window of a figure and a month of its subject exclude each other") {
    CHECK(
        refusal(replaced(kCorridor, "of = [\"service.train\"]", "of = [\"service.train.2020-02\"]")) ==
        "reported.railed-in-february.reading.teu.of[0]: 'service.train.2020-02' names a month, and so does the window "
        "of the figure; leave the month out here, or start and end out of the figure\n");
}

TEST_CASE("A sum of a reading counts nothing twice and adds no means") {
    CHECK(refusal(replaced(kCorridor, "of = [\"service.barge\"]", "of = [\"service.barge\", \"link.river\"]")) ==
          "reported.shipped.reading.all.of[1]: 'service.barge' and 'link.river' would be counted twice where they "
          "overlap (both count what a service carries over a link); name each part once, or give each a reading of its "
          "own\n");
    const std::string means = replaced(replaced(kCorridor, "\"700 containers\"", "\"7 h\""), "reading.february",
                                       "reading.wait = { measure = \"wait_mean\", of = [\"service.barge\", "
                                       "\"service.train\"] }\n# ");
    CHECK(refusal(means).find("reported.shipped.reading.wait.of[1]: 'wait_mean' of several subjects cannot be added up "
                              "(only counts can); give each subject a reading of its own\n") != std::string::npos);
}

TEST_CASE("A direction that no service runs is an error in a reading, not a silent 0, and at its place") {
    const Corridor corridor =
        corridor_of(replaced(kCorridor, "of = [\"service.barge\"]", "of = [\"service.barge.backward\"]"));
    const auto targets = resolve_readings(corridor.scenario, corridor.model, corridor.catalog);
    CHECK(render(scenario::located(corridor.scenario, targets.diagnostics())) ==
          "scenario.toml:46:55: error: reported.shipped.reading.all.of[0]: 'containers_shipped' of "
          "'service.barge.backward' is always 0 (no service runs there); leave it out, or name the direction or link "
          "that is meant\n"
          "   46 | reading.all = { measure = \"containers_shipped\", of = [\"service.barge.backward\"] }\n"
          "      |                                                       ^\n");
}

TEST_CASE("A subject that no demand uses is a warning, for other values of the inputs may use it") {
    const Corridor corridor =
        corridor_of(replaced(replaced(kCorridor, "release = \"even\"", "release = \"even\"\nempty_share = 0"),
                             "[\"service.barge.2020-02\"]", "[\"service.barge.empty\"]"));
    const auto targets = resolve_readings(corridor.scenario, corridor.model, corridor.catalog);
    REQUIRE(targets.ok());
    REQUIRE(targets.diagnostics().size() == 1);
    CHECK(targets.diagnostics()[0].severity == Severity::warning);
    CHECK(targets.diagnostics()[0].message ==
          "'containers_shipped' of 'service.barge.empty' is always 0 (no demand goes that way)");
}

TEST_CASE("The services concerned are those whose capacity bears on the subject") {
    const Corridor corridor = corridor_of(kCorridor);
    const auto concerned = [&](const std::string& subject) {
        std::vector<std::string> ids;
        for (const auto id : services_concerned(corridor.model, {subject}))
            ids.push_back(corridor.model.services[id].id);
        return ids;
    };
    using Ids = std::vector<std::string>;
    CHECK(concerned("service.barge.forward") == Ids{"barge"});
    CHECK(concerned("link.line") == Ids{"train"});
    CHECK(concerned("terminal.hub") == Ids{"barge", "train"});
    CHECK(concerned("terminal.town.rail") == Ids{"train"});
    CHECK(concerned("demand.goods") == Ids{"barge", "train"});
    CHECK(concerned("total") == Ids{"barge", "train"});
}

}  // namespace
}  // namespace corridor
