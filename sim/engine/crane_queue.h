// Requests for the cranes of one facility that are served in turn: by priority, then by the time of the request, or to
// whose vehicle has the fewest cranes at work; and never more at a vehicle than may work on it.
//
// Who asks later may be served earlier, so a move is known only when it starts: the terminal steps through the instants
// at which moves start and end, and at which somebody loses patience.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "box.h"
#include "crane_pool.h"
#include "release_stream.h"

namespace corridor::engine {

/// One move that somebody wants.
struct CraneRequest {
    enum class By : std::uint32_t {
        container_to_load,  ///< on a continuous service
        container_to_land,
        vehicle_to_load,
        vehicle_to_land,
        background,            ///< then there is no box
        container_from_stack,  ///< by yard cranes, to be loaded next
        vehicle_from_stack,
        to_stack,            ///< by yard cranes, discharged before
        vehicle_to_vehicle,  ///< in one lift
    };
    By by = By::container_to_load;
    std::uint32_t rank = 0;  ///< the lowest goes first
    std::uint32_t vehicle = 0;
    std::uint32_t most = model::kUnlimited;  ///< cranes at a time on the vehicle
    std::uint32_t onto = 0;                  ///< the vehicle that it is loaded on, by `vehicle_to_vehicle`
    Tick asked = 0;
    std::uint64_t number = 0;  ///< of the request, for ties
    Tick deadline = kNever;    ///< when it goes by road if the move has not started
    Tick start = 0;
    Tick end = 0;
    std::size_t crane = 0;  ///< where cranes differ
    Box box;
};

class CraneQueue {
  public:
    explicit CraneQueue(const model::Facility& facility)
        : by_vehicle_(facility.shares_cranes), is_even_(facility.cranes.sharing == model::CraneSharing::even) {}

    void clear();

    void add(const CraneRequest& request);

    /// The next instant at which a move can start or ends, or somebody loses patience; kNever when there is none.
    Tick next(const CranePoolState& cranes, Tick now) const;

    /// The first in turn, where a crane can start a move at `now`.
    std::optional<CraneRequest> take_next(const CranePoolState& cranes, Tick now);

    /// Keeps a move that has started until it ends.
    void begin(const CraneRequest& request);

    /// A move that has ended by `now`, first ended first.
    std::optional<CraneRequest> take_ended(Tick now);

    /// A request whose patience has ended by `now`.
    std::optional<CraneRequest> take_impatient(Tick now);

    /// Calls visit(request) for everyone who waits, and for every move in hand.
    template <class Visit>
    void for_each_waiting(Visit visit) const {
        for (const auto& [key, lane] : lanes_) {
            for (const auto& [turn, request] : lane.waiting) visit(request);
        }
    }
    /// Calls visit(request) for everyone who waits, in the order of turns; what is asked for may be changed, but
    /// neither the turn nor the vehicle.
    template <class Visit>
    void change_waiting(Visit visit) {
        std::map<Turn, CraneRequest*> all;
        for (auto& [key, lane] : lanes_) {
            for (auto& [turn, request] : lane.waiting) all.emplace(turn, &request);
        }
        for (const auto& [turn, request] : all) visit(*request);
    }
    template <class Visit>
    void for_each_in_hand(Visit visit) const {
        for (const Ending& ending : in_hand_) visit(std::get<CraneRequest>(ending));
    }

  private:
    using Turn = std::tuple<std::uint32_t, Tick, std::uint64_t>;  ///< rank, time and number of the request
    using Ending = std::tuple<Tick, std::uint64_t, CraneRequest>;
    struct Earlier {
        bool operator()(const Ending& a, const Ending& b) const {
            return std::tie(std::get<0>(a), std::get<1>(a)) < std::tie(std::get<0>(b), std::get<1>(b));
        }
    };

    /// Whom the lane's first request stands behind: rank, cranes at work on its vehicle where they are shared evenly,
    /// time and number of the request.
    using Place = std::tuple<std::uint32_t, std::uint32_t, Tick, std::uint64_t>;

    /// The requests of one vehicle, or of all where they are not told apart.
    struct Lane {
        std::map<Turn, CraneRequest> waiting;
        std::uint32_t at_work = 0;
        std::optional<Place> place;  ///< in `candidates_`; none where nobody waits or no more cranes may work
    };
    static constexpr std::uint32_t kAll = ~0U;
    using Lanes = std::map<std::uint32_t, Lane>;

    std::uint32_t lane_of(const CraneRequest& request) const;
    void settle(Lanes::iterator lane);
    CraneRequest take(std::uint32_t lane, const Turn& turn);

    bool by_vehicle_;
    bool is_even_;
    Lanes lanes_;
    std::set<std::pair<Place, std::uint32_t>> candidates_;  ///< with their lanes
    std::set<std::pair<Tick, Turn>> deadlines_;             ///< of containers, which are in the lane of all
    std::set<Ending, Earlier> in_hand_;
};

}  // namespace corridor::engine
