// Any text is a scenario or is explained by at least one error that a terminal can show.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "corridor/scenario/reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text{reinterpret_cast<const char*>(data), size};
    const auto result = corridor::scenario::parse_scenario(text);
    const std::string shown = corridor::render(result.diagnostics());
    const bool is_explained = result.ok() || (corridor::has_errors(result.diagnostics()) && !shown.empty());
    if (!is_explained) std::abort();
    return 0;
}
