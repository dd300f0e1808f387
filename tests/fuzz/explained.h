// What every reading of a text promises.
#pragma once

#include <string>

#include "corridor/base/contract.h"
#include "corridor/base/result.h"
#include "corridor/base/text.h"
#include "corridor/scenario/reader.h"

namespace corridor::fuzz {

/// Throws unless there is a value or at least one error, all in a text that cannot steer a terminal.
template <class T>
void check_explained(const Result<T>& result) {
    const Diagnostics& diagnostics = result.diagnostics();
    std::string shown = render(diagnostics);
    ensures(result.ok() != has_errors(diagnostics), "a value, or at least one error");
    ensures(result.ok() || !shown.empty(), "an error says something");
    std::erase(shown, '\n');
    ensures(printable(shown) == shown, "messages cannot steer a terminal");
}

/// Throws unless the scenario, where there is one, is the same again when it is read from its flat text.
inline void check_read_back(const Result<scenario::Scenario>& result) {
    if (!result.ok()) return;
    const auto again = scenario::parse_scenario(scenario::flat_text(result.value()));
    ensures(again.ok(), "a scenario can be read from its flat text");
    ensures(again.value().hash == result.value().hash, "a flat text is the same scenario");
}

}  // namespace corridor::fuzz
