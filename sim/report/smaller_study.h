// Results of studies that would make too large a page.
#pragma once

#include <string_view>

#include "report/json_text.h"

namespace corridor::report {

/// Leaves out of the result of a study ("sweep", "options", ...) what its page can do without, and says what that was:
/// of a sweep the later half of the points, of options the measures that are no headline. Empty where nothing is left
/// that could go.
std::string_view leave_out_some(std::string_view kind, Json& result);

}  // namespace corridor::report
