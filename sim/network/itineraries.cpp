#include "corridor/network/itineraries.h"

#include <algorithm>
#include <map>
#include <queue>
#include <tuple>

#include "corridor/network/shortest_paths.h"

namespace corridor::network {
namespace {

constexpr Tick kLongestDetour = 3;  ///< times the best journey
constexpr std::size_t kPartialsForAlternatives = 2'000;
constexpr std::uint32_t kNone = 0xFFFFFFFFU;

bool is_last(const RideNetwork& network, std::uint32_t call) {
    return call + 1 == network.calls.size() || network.calls[call + 1].line != network.calls[call].line;
}

bool is_first(const RideNetwork& network, std::uint32_t call) { return call == 0 || is_last(network, call - 1); }

// Where a journey may change: terminals of two services, and those where a line begins again.
std::vector<char> change_points(const RideNetwork& network) {
    std::vector<char> change(network.transfer.size(), 0);
    std::vector<std::uint32_t> service(network.transfer.size(), kNone);
    std::uint32_t first = 0;
    for (std::uint32_t i = 0; i < network.calls.size(); ++i) {
        const Call& call = network.calls[i];
        if (is_first(network, i)) first = call.terminal;
        const bool other = service[call.terminal] != kNone && service[call.terminal] != call.service;
        const bool again = is_last(network, i) && call.terminal == first;
        if (other || again) change[call.terminal] = 1;
        service[call.terminal] = call.service;
    }
    return change;
}

// The network against the direction of travel, as far as journeys change: nodes are the terminals, then the calls
// (being on board there). Terminals of one service matter only to journeys that begin or end there.
std::vector<Arc> reversed_arcs(const RideNetwork& network, const std::vector<char>& change) {
    const auto terminals = static_cast<Node>(network.transfer.size());
    std::vector<Arc> arcs;
    arcs.reserve(3 * network.calls.size());
    bool boarded = false;
    for (std::uint32_t i = 0; i < network.calls.size(); ++i) {
        const Call& call = network.calls[i];
        if (is_first(network, i)) boarded = false;
        if (boarded) {
            arcs.push_back({call.terminal, terminals + i, call.alight + network.transfer[call.terminal]});
            arcs.push_back({terminals + i, terminals + i - 1, network.calls[i - 1].ride});
        }
        if (is_last(network, i) || change[call.terminal] == 0) continue;
        arcs.push_back({terminals + i, call.terminal, call.board});
        boarded = true;
    }
    return arcs;
}

// The calls where one can board, by terminal.
std::vector<std::vector<std::uint32_t>> boarding_calls(const RideNetwork& network) {
    std::vector<std::vector<std::uint32_t>> calls(network.transfer.size());
    for (std::uint32_t i = 0; i < network.calls.size(); ++i) {
        if (!is_last(network, i)) calls[network.calls[i].terminal].push_back(i);
    }
    return calls;
}

// A journey that has come as far as `terminal`.
struct Partial {
    Tick so_far = 0;  ///< until ready at `terminal`
    std::uint32_t parent = kNone;
    Ride ride;
    std::uint32_t terminal = 0;
    std::uint32_t rides = 0;
};

// Orders partial journeys: least total first; of equals the one that has come furthest, so that ties cost nothing.
struct Candidate {
    Tick total = 0;  ///< no journey that begins like this takes less
    Tick so_far = 0;
    std::uint32_t rides = 0;
    std::uint32_t partial = 0;
    bool operator<(const Candidate& other) const {
        return std::tuple(other.total, so_far, other.rides, other.partial) <
               std::tuple(total, other.so_far, rides, partial);
    }
};

// Best-first search with the exact remaining time as its guide: it walks straight along the best journeys.
class JourneySearch {
  public:
    explicit JourneySearch(const RideNetwork& network)
        : network_(network),
          change_(change_points(network)),
          remaining_(network.transfer.size() + network.calls.size(), reversed_arcs(network, change_)),
          boarding_(boarding_calls(network)),
          alighted_in_(network.transfer.size(), 0) {}

    // Prepares `best` for queries from any of `origins` to `destination`.
    void aim(std::uint32_t destination, const std::vector<Node>& origins) {
        std::vector<Node> targets;
        for (const Node origin : origins) add_first_changes(origin, targets);
        remaining_.search(destination, targets);
    }

    Alternatives best(const JourneyQuery& query) {
        query_ = &query;
        partials_.clear();
        candidates_ = {};
        Alternatives result;
        std::vector<Journey>& found = result.journeys;
        push({.terminal = query.from}, 0);
        const Tick after_arrival = network_.transfer[query.to];
        const auto wanted = static_cast<std::size_t>(std::max(query.count, 1));
        while (!candidates_.empty() && found.size() < wanted) {
            const Candidate candidate = candidates_.top();
            candidates_.pop();
            const Tick total = candidate.total - after_arrival;
            if (!found.empty() && total > kLongestDetour * found.front().expected) break;
            result.gave_up = found.empty() && partials_.size() > query.patience;
            if (result.gave_up || (!found.empty() && partials_.size() > kPartialsForAlternatives)) break;
            const bool there = partials_[candidate.partial].terminal == query.to;
            if (there && complete(candidate.partial)) {
                found.push_back(journey(candidate.partial, total));
            } else if (!there || query.returns) {
                extend(candidate.partial);
            }
        }
        return result;
    }

  private:
    // Where journeys from `origin` change for the first time: there, if at all, `remaining_` has to be known.
    void add_first_changes(Node origin, std::vector<Node>& targets) const {
        if (change_[origin] != 0) {
            targets.push_back(origin);
            return;
        }
        for (std::uint32_t call : boarding_[origin]) {
            while (!is_last(network_, call)) {
                const Node terminal = network_.calls[++call].terminal;
                if (change_[terminal] != 0) targets.push_back(terminal);
            }
        }
    }

    void push(const Partial& partial, Tick rest) {
        if (rest == kUnreachable) return;
        const auto number = static_cast<std::uint32_t>(partials_.size());
        partials_.push_back(partial);
        candidates_.push({partial.so_far + rest, partial.so_far, partial.rides, number});
    }

    bool complete(std::uint32_t partial) const {
        return query_->via.empty() || partials_[partial].rides == query_->via.size();
    }

    void extend(std::uint32_t number) {
        const Partial partial = partials_[number];
        if (!query_->via.empty() && partial.rides == query_->via.size()) return;
        for (const std::uint32_t call : boarding_[partial.terminal]) {
            if (may_board(partial, call)) ride_on(number, call);
        }
    }

    bool may_board(const Partial& partial, std::uint32_t call) const {
        const std::uint32_t line = network_.calls[call].line;
        if (query_->usable && !query_->usable(line)) return false;
        if (!query_->via.empty()) {
            const std::vector<std::uint32_t>& lines = query_->via[partial.rides];
            if (std::find(lines.begin(), lines.end(), line) == lines.end()) return false;
        }
        if (partial.parent == kNone) return true;
        const Call& before = network_.calls[partial.ride.alight];
        if (before.service != network_.calls[call].service) return true;
        // Who changes to the same service could have stayed on board or alighted earlier, but for the next trip of a
        // loop.
        return before.line == line && call < partial.ride.alight;
    }

    // Alights at every terminal that the line reaches from `board`, each at its first call.
    void ride_on(std::uint32_t number, std::uint32_t board) {
        const std::uint32_t origin = partials_[number].terminal;
        Tick on_board = partials_[number].so_far + network_.calls[board].board;
        ++ride_;
        for (std::uint32_t at = board; !is_last(network_, at);) {
            on_board += network_.calls[at].ride;
            const Call& call = network_.calls[++at];
            if (call.terminal == origin) return;
            const bool been_there = visited(number, call.terminal);
            // Who rides past a terminal where he has been could have boarded there; `via` may want it all the same.
            if (been_there && query_->via.empty()) return;
            if ((been_there && !query_->returns) || alighted_in_[call.terminal] == ride_) continue;
            alighted_in_[call.terminal] = ride_;
            if (change_[call.terminal] == 0 && call.terminal != query_->to) continue;
            push({.so_far = on_board + call.alight + network_.transfer[call.terminal],
                  .parent = number,
                  .ride = {board, at},
                  .terminal = call.terminal,
                  .rides = partials_[number].rides + 1},
                 remaining_.lower_bound(call.terminal));
        }
    }

    bool visited(std::uint32_t number, std::uint32_t terminal) const {
        for (; number != kNone; number = partials_[number].parent) {
            if (partials_[number].terminal == terminal) return true;
        }
        return false;
    }

    Journey journey(std::uint32_t number, Tick expected) const {
        Journey result{.rides = {}, .expected = expected};
        for (; partials_[number].parent != kNone; number = partials_[number].parent) {
            result.rides.push_back(partials_[number].ride);
        }
        std::reverse(result.rides.begin(), result.rides.end());
        return result;
    }

    const RideNetwork& network_;
    std::vector<char> change_;
    ShortestPaths remaining_;  ///< from a terminal to the destination
    std::vector<std::vector<std::uint32_t>> boarding_;
    std::vector<std::uint64_t> alighted_in_;  ///< the last ride that stopped at a terminal
    std::uint64_t ride_ = 0;
    const JourneyQuery* query_ = nullptr;
    std::vector<Partial> partials_;
    std::priority_queue<Candidate> candidates_;
};

}  // namespace

std::vector<Alternatives> best_journeys(const RideNetwork& network, const std::vector<JourneyQuery>& queries) {
    std::map<std::uint32_t, std::vector<std::size_t>> by_destination;
    for (std::size_t i = 0; i < queries.size(); ++i) by_destination[queries[i].to].push_back(i);

    JourneySearch search(network);
    std::vector<Alternatives> journeys(queries.size());
    for (const auto& [destination, members] : by_destination) {
        std::vector<Node> origins;
        for (const std::size_t i : members) origins.push_back(queries[i].from);
        search.aim(destination, origins);
        for (const std::size_t i : members) journeys[i] = search.best(queries[i]);
    }
    return journeys;
}

std::vector<std::uint32_t> reachable(const RideNetwork& network, std::uint32_t from) {
    const auto boarding = boarding_calls(network);
    std::vector<char> seen(network.transfer.size(), 0);
    std::vector<std::uint32_t> frontier{from};
    seen[from] = 1;
    while (!frontier.empty()) {
        const std::uint32_t terminal = frontier.back();
        frontier.pop_back();
        for (std::uint32_t call : boarding[terminal]) {
            while (!is_last(network, call)) {
                const std::uint32_t next = network.calls[++call].terminal;
                if (seen[next] != 0) continue;
                seen[next] = 1;
                frontier.push_back(next);
            }
        }
    }
    std::vector<std::uint32_t> result;
    for (std::uint32_t terminal = 0; terminal < seen.size(); ++terminal) {
        if (seen[terminal] != 0 && terminal != from) result.push_back(terminal);
    }
    return result;
}

}  // namespace corridor::network
