// Small scenarios from any bytes, for comparisons: few terminals, times in whole hours so that much happens at the same
// instant, or at random.
#pragma once

#include <string>
#include <string_view>

namespace corridor::reference {

/// The text of a scenario that `covers` holds for, or that the reader refuses: each byte decides something.
std::string small_scenario(std::string_view bytes);

}  // namespace corridor::reference
