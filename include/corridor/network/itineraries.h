// The ways a container can take: rides on lines of services, from terminal to terminal.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "corridor/base/time.h"

namespace corridor::network {

/// One call of a line. Calls of a line are consecutive, in order of travel; those of line 0 come first.
/// Times are expectations in ms.
struct Call {
    std::uint32_t line = 0;
    std::uint32_t service = 0;  ///< its lines run along the same stops, there and back: nobody changes between them
    std::uint32_t terminal = 0;
    Tick board = 0;   ///< from being ready at the terminal until under way: wait and loading
    Tick ride = 0;    ///< to the next call; unused at the last
    Tick alight = 0;  ///< from arrival until discharged
};

/// All lines of a corridor.
struct RideNetwork {
    std::vector<Tick> transfer;  ///< by terminal: from discharge until ready for the next ride
    std::vector<Call> calls;
};

/// From boarding at one call until alighting at a later one of the same line.
struct Ride {
    std::uint32_t board = 0;
    std::uint32_t alight = 0;
    bool operator==(const Ride&) const = default;
};

/// Rides one after the other: each boards at the terminal where the one before alighted.
struct Journey {
    std::vector<Ride> rides;
    Tick expected = 0;
};

struct JourneyQuery {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    int count = 1;                                   ///< how many alternatives are wanted
    std::function<bool(std::uint32_t line)> usable;  ///< empty: every line
    std::vector<std::vector<std::uint32_t>> via;  ///< the lines to choose from, ride by ride; empty: any number of any
    std::size_t patience = 1'000'000;  ///< partial journeys after which the search for the first one is given up
    bool returns = false;              ///< with `via`: terminals may be boarded and alighted at more than once
};

/// What a query found.
struct Alternatives {
    std::vector<Journey> journeys;  ///< best expected first
    bool gave_up = false;           ///< no journey was found in time: there may be one all the same
};

/// Up to `count` journeys per query, best expected first; none where no lines lead there. The best is exact unless the
/// search for it was given up, which only queries with `usable` or `via` can make happen. But with `returns`, journeys
/// are loopless: no terminal is boarded or alighted at twice, nobody changes between lines of one service (but at the
/// end of a loop to its next trip), a ride begins at the last and ends at the first of several calls at a terminal, and
/// only with `via` does a ride pass a terminal where the journey has been. Alternatives that take more than three times
/// as long as the best are left out, and the search for alternatives gives up after 2,000 partial journeys.
std::vector<Alternatives> best_journeys(const RideNetwork& network, const std::vector<JourneyQuery>& queries);

/// Terminals that lines lead to from `from`, in order of their number, without `from` itself.
std::vector<std::uint32_t> reachable(const RideNetwork& network, std::uint32_t from);

}  // namespace corridor::network
