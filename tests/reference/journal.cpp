#include "journal.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

namespace corridor::reference {

void Journal::move(std::size_t demand, std::size_t number, Tick asked, Tick began, Tick ended) {
    if (ended < horizon_) containers_[{demand, number}].moves.push_back({asked, began, ended});
}

void Journal::delivery(std::size_t demand, std::size_t number, Tick time) {
    if (time < horizon_) containers_[{demand, number}].delivered.push_back(time);
}

void Journal::call(Step step, std::size_t stop, Tick scheduled, Tick time) {
    if (time < horizon_) calls_[{stop, step}].emplace_back(time, scheduled);
}

Counts Journal::entries() const {
    Counts entries;
    for (const auto& [id, container] : containers_) {
        const std::string name = fmt::format("container {} of demand {}: ", id.second, id.first);
        std::vector<std::vector<Tick>> moves = container.moves;
        std::sort(moves.begin(), moves.end());
        std::vector<double>& times = entries[name + "crane moves"];
        for (const std::vector<Tick>& move : moves) times.insert(times.end(), move.begin(), move.end());
        if (!container.delivered.empty()) {
            entries[name + "delivered"].assign(container.delivered.begin(), container.delivered.end());
        }
    }
    constexpr std::array kSteps{"arrivals", "berthings", "departures"};
    for (const auto& [id, calls] : calls_) {
        auto in_order = calls;
        std::sort(in_order.begin(), in_order.end());
        std::vector<double>& times =
            entries[fmt::format("stop {}: {}", id.first, kSteps.at(static_cast<std::size_t>(id.second)))];
        for (const auto& [time, scheduled] : in_order) {
            times.push_back(static_cast<double>(time));
            times.push_back(static_cast<double>(scheduled));
        }
    }
    return entries;
}

}  // namespace corridor::reference
