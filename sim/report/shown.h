// How much of a long table is shown.
#pragma once

#include <algorithm>
#include <cstddef>

#include "corridor/report/run_report.h"

namespace corridor {

/// Rows of a table of `all`: everything, or at most `most`.
inline std::size_t shown_rows(std::size_t all, Detail detail, std::size_t most = 30) {
    return detail == Detail::everything ? all : std::min(all, most);
}

}  // namespace corridor
