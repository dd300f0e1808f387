#include "corridor/study/twin.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <boost/algorithm/string.hpp>
#include <cmath>
#include <fstream>
#include <set>

#include "engine/simulated.h"

namespace corridor {
namespace {

model::Model oracle_case(const std::string& id) {
    const auto scenario = scenario::read_scenario(CORRIDOR_SOURCE_DIR "/scenarios/verification/" + id + ".toml");
    REQUIRE_MESSAGE(scenario.ok(), render(scenario.diagnostics()));
    auto model = model::compile(scenario.value(), stated_values(scenario.value().quantities));
    REQUIRE_MESSAGE(model.ok(), render(model.diagnostics()));
    return std::move(model).value();
}

const TheoryRow* find(const Twin& twin, const std::string& measure, const std::string& subject) {
    const auto found = std::ranges::find_if(
        twin.rows, [&](const TheoryRow& row) { return row.measure == measure && row.subject == subject; });
    return found == twin.rows.end() ? nullptr : &*found;
}

// Rows of scenarios/verification/exact.csv that the twin has an exact figure for, as "case metric".
std::set<std::string> figures_met() {
    std::set<std::string> met;
    std::ifstream file(CORRIDOR_SOURCE_DIR "/scenarios/verification/exact.csv");
    std::string line;
    std::getline(file, line);
    std::string current;
    Twin twin;
    while (std::getline(file, line)) {
        std::vector<std::string> cells;
        boost::split(cells, line, boost::is_any_of(","));
        if (cells[0] != current) twin = analytic_twin(oracle_case(cells[0]));
        current = cells[0];
        const TheoryRow* const row = find(twin, cells[2], cells[3]);
        if (cells[6] != "mean" || row == nullptr || row->standing != Standing::exact) continue;
        CAPTURE(line);
        CAPTURE(row->method);
        // The period of a weekly timetable is not made of whole weeks.
        const double epsilon = cells[0].starts_with("tt-uneven") ? 1e-3 : 1e-8;
        CHECK(row->value * std::stod(cells[5]) == doctest::Approx(std::stod(cells[4])).epsilon(epsilon));
        met.insert(cells[0] + ' ' + cells[1]);
    }
    return met;
}

}  // namespace

TEST_CASE("Wherever the twin calls a figure exact, it is the one of independent theory") {
    const std::set<std::string> met = figures_met();
    for (const std::string family :
         {"mmc", "mg1", "mdc", "gimc", "group", "groupc", "tt-ample", "tt-uneven", "tt-finite", "tt-group"}) {
        for (const std::string letter : {"-a wait", "-b wait", "-c wait"}) {
            CHECK_MESSAGE(met.contains(family + letter), family << letter);
        }
    }
    for (const std::string figure :
         {"mmck-{} wait", "mmck-{} lost_share", "mmck-{} utilisation", "loss-{} lost_share", "loss-{} busy",
          "lock1-{} wait", "lock1-{} utilisation", "prio-{} wait", "prioc-{} wait"}) {
        for (const std::string letter : {"a", "b", "c"}) {
            const std::string name = boost::replace_first_copy(figure, "{}", letter);
            CHECK_MESSAGE(met.contains(name), name);
        }
    }
    for (const std::string figure :
         {"tandem-a wait_1", "tandem-a wait_2", "tandem-b wait_3", "tandem-c wait_2", "mmc-a utilisation",
          "tt-finite-a load_factor", "stack-a wait_1", "stack-a wait_2"}) {
        CHECK_MESSAGE(met.contains(figure), figure);
    }
}

// A river with one way to handle each port, a timetable of 100 TEU a day and 2 containers an hour.
namespace {

std::string with(const std::string& terminal, const std::string& service, const std::string& demand) {
    std::string text = river(departures("{ headway = \"24 h\", first = 2020-01-01 }", service) +
                             "[demand.boxes]\nfrom = \"a\"\nto = \"b\"\nrate = \"2 containers/h\"\n" + demand + "\n");
    if (!terminal.empty())
        boost::replace_first(text, "[terminal.a]\nquay_cranes = \"unlimited\"", "[terminal.a]\n" + terminal);
    return text;
}

TheoryRow wait_of(const std::string& text) {
    const Simulated simulated(text);
    const Twin twin = analytic_twin(simulated.model());
    const TheoryRow* const row = find(twin, "wait_mean", "service.line.forward");
    REQUIRE(row != nullptr);
    return *row;
}

}  // namespace

TEST_CASE("The wait for a departure is exact only where nothing can make it late or turn anyone away unseen") {
    CHECK(wait_of(with("", "", "")).standing == Standing::exact);
    CHECK(wait_of(with("", "cut_off = \"6 h\"", "")).value == doctest::Approx(18.0));
    const std::string some_cranes = "quay_cranes = { count = 2, rate = \"25 moves/h\" }";
    const std::string one_berth = "quay_cranes = \"unlimited\"\nberths = { count = 1, berthing_time = \"1 h\" }";
    const std::string slow_moves = "quay_cranes = { count = \"unlimited\", move_time = \"1 h\" }";
    for (const std::string& terminal : {some_cranes, one_berth, slow_moves}) {
        CHECK(wait_of(with(terminal, "", "")).standing == Standing::approximation);
    }
    CHECK(wait_of(with(slow_moves, "cut_off = \"6 h\"", "")).standing == Standing::exact);
    CHECK(wait_of(with("", "", "release = \"even\"")).standing == Standing::approximation);
    std::string two_months = with("", "", "profile = { 2020-01 = 2 }");
    boost::replace_first(two_months, "end = 2020-02-01", "end = 2020-03-01");
    CHECK(wait_of(two_months).standing == Standing::approximation);
    CHECK(wait_of(with("", "", "box_share = { ft20 = 0.5, ft40 = 0.5 }")).standing == Standing::approximation);
    CHECK(wait_of(with("", "", "road_time = \"200 h\"\nchoice = \"logit\"\nlogit_scale = \"0.1 /h\"")).standing ==
          Standing::approximation);
}

TEST_CASE("The wait for a departure is not exact where others may come by what is not their best way") {
    // Those for c go past b in a fast service; where there is a choice, some of them ride on the line, and fill it.
    const auto standing = [](const std::string& choice) {
        std::string text = with("", "", "");
        boost::replace_first(text, "route = [\"a\", \"b\"]", "route = [\"a\", \"b\", \"c\"]");
        text += R"([terminal.c]
quay_cranes = "unlimited"
[link.b-c]
mode = "waterway"
from = "b"
to = "c"
length = "100 km"
speed = "10 km/h"
[service.fast]
route = ["a", "c"]
directions = "one-way"
vehicle = "barge"
departures = { headway = "6 h" }
[demand.through]
from = "a"
to = "c"
rate = "1 containers/h"
)" + choice;
        const Simulated simulated(text);
        const Twin twin = analytic_twin(simulated.model());
        const TheoryRow* const row = find(twin, "wait_mean", "service.line.forward.a");
        REQUIRE(row != nullptr);
        return row->standing;
    };
    CHECK(standing("itineraries = 1\n") == Standing::exact);
    CHECK(standing("itineraries = 2\nchoice = \"logit\"\nlogit_scale = \"0.1 /h\"\n") == Standing::approximation);
}

TEST_CASE("The loads of the twin are those of the static balance, beside what was used") {
    const Simulated simulated(with("quay_cranes = { count = 1, rate = \"4 moves/h\" }", "", ""));
    const Twin twin = analytic_twin(simulated.model());
    const auto balance = model::static_balance(simulated.model());
    REQUIRE(twin.loads.size() == balance.size());
    for (std::size_t i = 0; i < balance.size(); ++i) {
        CHECK(twin.loads[i].subject == balance[i].subject);
        CHECK(twin.loads[i].share() == balance[i].share());
    }
    for (const auto& [measure, subject] :
         {std::pair{"crane_utilisation", "terminal.a.quay"}, std::pair{"load_factor", "service.line.forward"}}) {
        const TheoryRow* const row = find(twin, measure, subject);
        REQUIRE(row != nullptr);
        CHECK(row->load == doctest::Approx(0.5).epsilon(0.05));  // 2 of 4 moves an hour; 48 of 100 TEU a day
        const auto load = std::ranges::find(twin.loads, std::string{measure}, &model::Load::measure);
        REQUIRE(load != twin.loads.end());
        CHECK(load->measured_at == subject);
        CHECK(row->load == doctest::Approx(load->share()).epsilon(1e-9));
    }
}

TEST_CASE("There is no steady-state wait for departures with too little room") {
    std::string text = with("", "", "");
    boost::replace_first(text, "100 TEU", "40 TEU");
    const TheoryRow row = wait_of(text);
    CHECK(row.value == std::numeric_limits<double>::infinity());
    CHECK(row.load == doctest::Approx(1.2));
    CHECK(row.standing == Standing::approximation);
}

TEST_CASE("An exact figure differs from a simulated one that chance does not explain, and only then") {
    const TheoryRow row{
        .measure = "wait_mean", .subject = "s", .unit = "h", .value = 12.0, .method = "m", .standing = Standing::exact};
    const auto simulated = [](double mean) {
        Estimate estimate;
        for (const double offset : {-0.3, -0.1, 0.0, 0.1, 0.3}) estimate.add(mean + offset);
        return estimate;
    };
    CHECK(agreement(row, simulated(12.2), 1) == Agreement::agrees);
    CHECK(agreement(row, simulated(14.0), 1) == Agreement::differs);
    CHECK(agreement(row, Estimate{}, 1) == Agreement::not_compared);
    TheoryRow rough = row;
    rough.standing = Standing::approximation;
    CHECK(agreement(rough, simulated(14.0), 1) == Agreement::agrees);
    CHECK(agreement(rough, simulated(30.0), 1) == Agreement::differs);
    CHECK(agreement(rough, simulated(5.0), 1) == Agreement::differs);
    TheoryRow endless = row;
    endless.value = std::numeric_limits<double>::infinity();
    CHECK(agreement(endless, simulated(14.0), 1) == Agreement::not_compared);
}

}  // namespace corridor
