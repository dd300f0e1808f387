// The books of a replication: every container released is accounted for.
#include <fmt/format.h>

#include <algorithm>

#include "replication.h"

namespace corridor::engine {

void Replication::breach(std::string reason) { status_ = {RunState::broken, std::move(reason), now_}; }

/// Released = delivered + waiting + on board + in handling or in transit, for every demand and class of container.
RunStatus Replication::audit() const {
    std::vector<std::vector<std::uint64_t>> accounted;
    for (const DemandTally& tally : tally_.demands) {
        accounted.push_back(tally.delivered_of_class);
        for (std::size_t c = 0; c < accounted.back().size(); ++c) {
            accounted.back()[c] += tally.unfinished_of_class[c];
        }
    }
    const auto count = [&](const Box& box) { ++accounted[leg_of(box).demand.index()][box.box_class]; };
    for (const StopState& stop : stops_) {
        stop.line.for_each(count);
    }
    for (std::size_t v = 0; v < vehicle_count_; ++v) {
        std::for_each(vehicles_[v].cargo.begin(), vehicles_[v].cargo.end(), count);
    }
    for (const SoloTerminal& terminal : solo_) {
        for (const SoloMove& move : terminal.moves) {
            count(move.box);
        }
    }
    for (std::size_t d = 0; d < accounted.size(); ++d) {
        const auto& released = tally_.demands.items()[d].released_of_class;
        const auto wrong = std::mismatch(released.begin(), released.end(), accounted[d].begin());
        if (wrong.first != released.end()) {
            return {RunState::broken,
                    fmt::format("{}: released {} containers of class {} but accounts for {}",
                                subject(model_.demands.items()[d]), *wrong.first, wrong.first - released.begin(),
                                *wrong.second),
                    now_};
        }
    }
    return {};
}

}  // namespace corridor::engine
