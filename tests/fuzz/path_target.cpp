#include <vector>

#include "fuzz/explained.h"
#include "fuzz/targets.h"
#include "scenario/two_ports.h"

namespace corridor::fuzz {

void fuzz_path(std::string_view text) {
    static const scenario::Scenario base = scenario::scenario_of(std::string(scenario::kTwoPorts));
    std::vector<scenario::Override> overrides;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        overrides.push_back({std::string(text.substr(0, end))});
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    const auto result = scenario::read_again(base, overrides);
    check_explained(result);
    check_read_back(result);
}

}  // namespace corridor::fuzz
