#include <fmt/format.h>

#include <cstdint>
#include <stdexcept>
#include <string>

#include "corridor/base/diagnostic.h"
#include "corridor/base/random.h"
#include "corridor/model/compile.h"
#include "corridor/scenario/reader.h"
#include "fuzz/targets.h"
#include "reference/event_per_container.h"
#include "reference/small_scenario.h"

namespace corridor::fuzz {

bool fuzz_differential(std::string_view bytes) {
    const std::string text = reference::small_scenario(bytes);
    const auto scenario = scenario::parse_scenario(text);
    if (!scenario.ok()) return false;
    const auto model = model::compile(scenario.value(), stated_values(scenario.value().quantities));
    if (!model.ok()) return false;
    if (!reference::covers(model.value())) return false;
    const std::uint64_t seed = stream_key("seed", bytes);
    const std::uint64_t replication = seed % 3;
    const std::string difference =
        reference::first_difference(reference::simulate_by_engine(model.value(), seed, replication),
                                    reference::simulate(model.value(), seed, replication));
    if (!difference.empty()) {
        throw std::runtime_error(
            fmt::format("{}\nseed {}, replication {} of\n{}", difference, seed, replication, text));
    }
    return true;
}

}  // namespace corridor::fuzz
