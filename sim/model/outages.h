// What breaks down, and cranes that are out of service for a while.
#pragma once

#include <cstdint>
#include <vector>

#include "corridor/model/model.h"
#include "numbers.h"

namespace corridor::model {

/// Places, tracks, cranes, gangs: a number, or kUnlimited.
std::uint32_t places(Numbers& numbers, const scenario::Places& count);

/// Still without streams.
Breakdowns breakdowns(Numbers& numbers, const scenario::Breakdowns& source);

/// Whether so many that fail make no more than a million failures until `horizon`.
bool can_be_kept(const Breakdowns& breakdowns, std::size_t count, Tick horizon);

/// Takes the last `wanted` cranes out that are not out at the time; `out` is by crane, in order of time. Returns how
/// many could not be found.
std::uint32_t take_out(std::vector<std::vector<Window>>& out, const Window& window, std::uint32_t wanted);

}  // namespace corridor::model
