// Texts that are nearly others.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "corridor/base/random.h"

namespace corridor::fuzz {

/// One of the texts with a few bytes changed, removed, said twice, or taken from another of them. At most 64 KiB.
std::string mutated(const std::vector<std::string>& texts, Stream& stream);

}  // namespace corridor::fuzz
