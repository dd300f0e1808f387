// Where somebody watches, the engine steps through every instant; else it takes whole batches, moves are planned ahead,
// yards are presumed to have room, and much is seen only when somebody looks. Both have to come out the same.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "corridor/base/random.h"
#include "engine/simulated.h"

namespace corridor {
namespace {

/// The tables, each with its keys, of the scenario that has every feature: five weeks of it.
std::vector<std::vector<std::string>> tables_with_everything() {
    std::vector<scenario::Override> overrides{{"period.end=2020-02-06"}};
    for (const auto& [demand, containers] : {std::pair{"chengdu", 2500},
                                             {"meishan", 1900},
                                             {"xichang", 1200},
                                             {"luzhou", 2000},
                                             {"yibin", 1000},
                                             {"through", 300},
                                             {"reefers", 300},
                                             {"imports", 80}}) {
        overrides.push_back({fmt::format("demand.{}.volume={} containers", demand, containers)});
    }
    const auto scenario = scenario::read_scenario(CORRIDOR_SOURCE_DIR "/tests/bench/everything.toml", overrides);
    REQUIRE_MESSAGE(scenario.ok(), render(scenario.diagnostics()));
    std::istringstream text(scenario::flat_text(scenario.value()));
    std::vector<std::vector<std::string>> tables(1);
    for (std::string line; std::getline(text, line);) {
        if (line.empty()) {
            tables.emplace_back();
        } else {
            tables.back().push_back(line);
        }
    }
    return tables;
}

/// Of the lines, what a scenario can do without.
bool may_go(const std::string& line) {
    static const std::vector<std::string> kWithout{"[background.",     "[disruption.",
                                                   "[demand.imports]", "[demand.reefers]",
                                                   "[demand.through]", ".tugs]",
                                                   ".berths]",         ".gate]",
                                                   ".yard]",           ".yard_cranes]",
                                                   ".cost]",           ".emissions]",
                                                   ".breakdowns]",     ".collected_after]",
                                                   ".keep_room]",      ".traffic]",
                                                   "priority =",       "takes_empties =",
                                                   "transfer =",       "cut_off =",
                                                   "layover =",        "cranes_per_vehicle =",
                                                   "sharing =",        "road_cost =",
                                                   "cranes = 3",       "headway = '15",
                                                   "paths_per_day =",  "traffic =",
                                                   "closed = [ '",     "longest_wait = '24",
                                                   "opening ="};
    return std::any_of(kWithout.begin(), kWithout.end(),
                       [&](const std::string& part) { return line.find(part) != std::string::npos; });
}

/// The same with other yards and move times, and with some of its tables and keys left out.
std::string variant(const std::vector<std::vector<std::string>>& tables, Stream& stream) {
    const auto choose = [&](const std::vector<std::string>& from) {
        return from[static_cast<std::size_t>(uniform01(stream) * static_cast<double>(from.size()))];
    };
    const double left_out = uniform01(stream) * 0.3;
    std::string text;
    std::size_t outer_left_out = std::string::npos;  // the depth of the table whose inner ones go with it
    for (const std::vector<std::string>& table : tables) {
        const std::string& header = table.front();
        const std::size_t depth = header.find('[');
        if (depth > outer_left_out && outer_left_out != std::string::npos) {
            continue;
        }
        const bool is_left_out = may_go(header) && uniform01(stream) < left_out;
        outer_left_out = is_left_out ? depth : std::string::npos;
        if (is_left_out) {
            continue;
        }
        for (const std::string& line : table) {
            if (&line == &header || !may_go(line) || uniform01(stream) >= left_out) {
                text += line + '\n';
            }
        }
    }
    const auto change = [&](const std::string& part, const std::vector<std::string>& replacements) {
        const std::string replacement = choose(replacements);
        if (const std::size_t place = text.find(part); place != std::string::npos) {
            text.replace(place, part.size(), replacement);
        }
    };
    const std::vector<std::string> rooms{"'60 TEU'", "'200 TEU'", "'500 TEU'", "'6000 TEU'"};
    change("'6000 TEU'", rooms);
    change("'2000 TEU'", rooms);
    change("'3 min'", {"'3 min'", "'20 min'"});
    change("mean = '3 min'", {"mean = '3 min'", "mean = '15 min'"});
    change("mean = '4 min'", {"mean = '4 min'", "mean = '9 min'"});
    change("to = 'meishan'", {"to = 'meishan'", "to = 'meishan'\ncollected_after = '20 h'"});
    return text;
}

bool is_same(const Outcome& a, const Outcome& b) {
    bool same = a.fingerprint == b.fingerprint;
    for (std::size_t m = 0; m < std::min(a.measures.size(), b.measures.size()); ++m) {
        same = same && (a.measures[m] == b.measures[m] || (std::isnan(a.measures[m]) && std::isnan(b.measures[m])));
    }
    return same;
}

/// Compares some replications, watched and not, after others and not.
void check_watched(const model::Model& model, std::uint64_t first, std::uint64_t count) {
    Simulator used(model);
    Simulator watched(model, measure_catalog(model, kWithCauses));
    for (std::uint64_t number = first; number < first + count; ++number) {
        CAPTURE(number);
        const Outcome alone = Simulator(model).run(1, number);
        REQUIRE_MESSAGE(alone.status.state == RunState::complete, alone.status.reason);
        CHECK(is_same(alone, watched.run(1, number)));
        CHECK(is_same(alone, used.run(1, number)));
    }
}

}  // namespace

// Each found a way in which they did not, at some time.
TEST_CASE("What comes out of small scenarios does not hang on whether somebody watches") {
    int compared = 0;
    for (const auto& entry : std::filesystem::directory_iterator(CORRIDOR_SOURCE_DIR "/tests/engine/watched")) {
        CAPTURE(entry.path());
        const auto scenario = scenario::read_scenario(entry.path().string(), {});
        REQUIRE_MESSAGE(scenario.ok(), render(scenario.diagnostics()));
        const auto model = model::compile(scenario.value(), stated_values(scenario.value().quantities));
        REQUIRE_MESSAGE(model.ok(), render(model.diagnostics()));
        check_watched(model.value(), 0, 4);
        ++compared;
    }
    CHECK(compared >= 30);
}

TEST_CASE("What comes out does not hang on whether somebody watches, with every feature and with some left out") {
    const auto tables = tables_with_everything();
    int compared = 0;
    for (std::uint64_t number = 0; number < 40; ++number) {
        Stream stream(number);
        const std::string text = variant(tables, stream);
        const auto scenario = scenario::parse_scenario(text);
        if (!scenario.ok()) {
            continue;
        }
        const auto model = model::compile(scenario.value(), stated_values(scenario.value().quantities));
        if (!model.ok()) {
            continue;
        }
        ++compared;
        CAPTURE(text);
        check_watched(model.value(), number, 1);
    }
    CHECK(compared >= 22);
}

}  // namespace corridor
