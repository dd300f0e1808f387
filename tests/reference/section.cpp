#include "section.h"

#include <algorithm>
#include <cmath>

#include "window.h"

namespace corridor::reference {

bool Section::is_open(model::Direction direction, Tick time) const {
    const auto holds = [time](const model::Window& open) { return is_inside(open, time); };
    const std::vector<model::Window>& closures = closures_[index(direction)];
    if (std::any_of(closures.begin(), closures.end(), holds)) return false;
    return link_.open.empty() || std::any_of(link_.open.begin(), link_.open.end(), holds);
}

/// Evenly spread over the day, from midnight on; to the nearest ms.
Tick Section::path(std::int64_t k) const {
    constexpr double kDay = 86'400'000.0;
    const double time = static_cast<double>(k) * kDay / link_.paths_per_day;
    return static_cast<Tick>(std::floor(time + 0.5)) - since_midnight_;
}

/// The first that is not over and that nobody has taken.
std::int64_t Section::next_path(const Request& request, Tick time) const {
    std::int64_t k = first_free_path_[index(request.direction)];
    while (path(k) < time) ++k;
    return k;
}

std::optional<Section::Request> Section::turn(Tick now) const {
    if (queue_.empty()) return std::nullopt;
    const Request request = queue_.front();
    const std::size_t d = index(request.direction);
    const bool needs_path = request.enters_link && link_.paths_per_day > 0.0;
    if (request.enters_link && !is_open(request.direction, now)) return std::nullopt;
    if (link_.alternating && inside_[1 - d] > 0) return std::nullopt;
    if (last_entered_[d] && now < *last_entered_[d] + link_.headway) return std::nullopt;
    if (needs_path && path(next_path(request, now)) > now) return std::nullopt;
    return request;
}

void Section::let_in(Tick now) {
    const Request request = queue_.front();
    const std::size_t d = index(request.direction);
    if (request.enters_link && link_.paths_per_day > 0.0) first_free_path_[d] = next_path(request, now) + 1;
    last_entered_[d] = now;
    ++inside_[d];
    queue_.pop_front();
}

Tick Section::next_look(Tick now) const {
    Tick next = horizon_;
    if (queue_.empty()) return next;
    const auto consider = [&](Tick time) { next = time > now ? std::min(next, time) : next; };
    const Request& request = queue_.front();
    if (const auto& last = last_entered_[index(request.direction)]) consider(*last + link_.headway);
    if (!request.enters_link) return next;
    for (const model::Window& open : link_.open) consider(open.from);
    for (const model::Window& closure : closures_[index(request.direction)]) consider(closure.to);
    if (link_.paths_per_day > 0.0) consider(path(next_path(request, now + 1)));
    return next;
}

}  // namespace corridor::reference
