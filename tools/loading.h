// From the command line to a scenario, with everything that is wrong on standard error.
#pragma once

#include <optional>

#include "console.h"
#include "corridor/base/result.h"
#include "corridor/model/model.h"
#include "corridor/scenario/scenario.h"
#include "options.h"

namespace corridor::tools {

/// A scenario and the model at its stated values.
struct Loaded {
    scenario::Scenario scenario;
    model::Model model;
    Diagnostics findings;  ///< warnings and notes of both steps
};

/// With the errors, warnings and notes where there is no model.
Result<Loaded> load(const Options& options, const Console& console);

/// The same without compiling, for what needs the text alone. Shows warnings too.
std::optional<scenario::Scenario> load_scenario(const Options& options, const Console& console);

}  // namespace corridor::tools
