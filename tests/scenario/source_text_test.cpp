#include <doctest/doctest.h>

#include "corridor/model/compile.h"
#include "scenario/test_folder.h"

namespace corridor::scenario {
namespace {

std::string findings_of(const Scenario& scenario) {
    const auto model = model::compile(scenario, stated_values(scenario.quantities));
    return render(located(scenario, model.diagnostics()));
}

TEST_CASE("What only the whole network shows is told with its line, like what the reader finds") {
    const Scenario scenario = scenario_of(changed("from = \"a\"\nto = \"b\"\nrate", "from = \"a\"\nto = \"c\"\nrate") +
                                          "[terminal.c]\nquay_cranes = \"unlimited\"\n");
    CHECK(findings_of(scenario) ==
          "scenario.toml:38:9: error: demand.a-b: no services lead from 'a' to 'c' (reachable from 'a': 'b'); add a "
          "service that calls at 'c'\n"
          "   38 | [demand.a-b]\n"
          "      |         ^\n");
}

TEST_CASE("A path that goes on beyond the file points at what of it is there") {
    const Scenario scenario = scenario_of(std::string(kTwoPorts));
    const auto line_of = [&](std::string path) {
        return render(located(scenario, {{.path = std::move(path), .message = "x"}}));
    };
    CHECK(line_of("service.a-b.forward") ==
          "scenario.toml:33:10: error: service.a-b.forward: x\n   33 | [service.a-b]\n      |          ^\n");
    CHECK(line_of("service.a-b.route[1]") ==
          "scenario.toml:34:15: error: service.a-b.route[1]: x\n"
          "   34 | route = [\"a\", \"b\"]\n"
          "      |               ^\n");
    CHECK(line_of("nothing.at.all") == "error: nothing.at.all: x\n");
}

TEST_CASE("Findings in a table or on the command line show that line") {
    const Scenario scenario = scenario_of(std::string(kTwoPorts), {{"link.a-b.length=12 km"}});
    CHECK(render(located(scenario, {{.path = "link.a-b.length", .message = "x"}})) ==
          "--set:1:17: error: link.a-b.length: x\n    1 | link.a-b.length=12 km\n      |                 ^\n");
}

}  // namespace
}  // namespace corridor::scenario
