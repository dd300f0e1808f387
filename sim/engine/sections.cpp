// Sections of links: who may enter, and for what the others wait.
#include <algorithm>
#include <cmath>

#include "replication.h"

namespace corridor::engine {

using model::Link;
using model::Section;
using model::WayElement;

namespace {

constexpr Tick kNotYet = std::numeric_limits<Tick>::min() / 2;

constexpr double kDay = 24.0 * kMillisecondsPerHour;

/// Time from midnight until the origin.
double since_midnight(const model::Model& model) {
    return static_cast<double>((model.origin - std::chrono::floor<std::chrono::days>(model.origin)).count());
}

/// The k-th path from the midnight at or before the origin on.
Tick path_time(const model::Model& model, const Link& link, std::uint64_t k) {
    return to_tick(std::floor(static_cast<double>(k) * kDay / link.paths_per_day - since_midnight(model) + 0.5));
}

}  // namespace

void Replication::reset_sections() {
    for (SectionState& section : sections_) {
        section.queue.clear();
        section.inside = 0;
        section.entered.fill(kNotYet);
        section.next_look = kNever;
        section.clock.fill(0);
        section.clock_read = 0;
    }
    for (auto& paths : next_paths_) {
        paths.fill(0);
    }
}

/// The time since the clock was last read was spent for the cause that was known then.
void Replication::read_clock(SectionState& section) const {
    section.clock[static_cast<std::size_t>(section.cause)] += now_ - section.clock_read;
    section.clock_read = now_;
}

/// The first path that is not over, of those from `first` on.
std::uint64_t Replication::next_path(const Link& link, std::uint64_t first) const {
    const double passed = (static_cast<double>(now_) + since_midnight(model_)) * link.paths_per_day / kDay;
    std::uint64_t k = std::max(first, static_cast<std::uint64_t>(std::max(0.0, passed - 1.0)));
    while (path_time(model_, link, k) < now_) {
        ++k;
    }
    return k;
}

std::optional<Replication::Obstacle> Replication::obstacle(Id<Section> id, const WayElement& element) const {
    const SectionState& section = sections_[id.index()];
    const Link& link = model_.links[element.link];
    const auto d = static_cast<std::size_t>(element.direction);
    if (element.at_end) {
        const Tick open = opens(element);
        if (open > now_) {
            return Obstacle{WayCause::closure, open};
        }
    }
    if (link.alternating && section.inside > 0 && section.direction != element.direction) {
        return Obstacle{WayCause::section, kNever};
    }
    if (link.headway > 0 && section.entered[d] + link.headway > now_) {
        return Obstacle{WayCause::path, section.entered[d] + link.headway};
    }
    if (element.at_end && link.paths_per_day > 0.0) {
        const Tick path = path_time(model_, link, next_path(link, next_paths_[element.link.index()][d]));
        if (path > now_) {
            return Obstacle{WayCause::path, path};
        }
    }
    return std::nullopt;
}

/// First come, first served: who cannot enter keeps all behind it waiting.
void Replication::on_section(Id<Section> id) {
    SectionState& section = sections_[id.index()];
    if (section.next_look <= now_) {
        section.next_look = kNever;
    }
    read_clock(section);
    while (!section.queue.empty()) {
        const std::uint32_t vehicle = section.queue.front();
        const WayElement& element = element_of(vehicles_[vehicle]);
        if (const auto obstacle = this->obstacle(id, element)) {
            section.cause = obstacle->cause;
            if (obstacle->until < section.next_look) {
                section.next_look = obstacle->until;
                events_.schedule(obstacle->until, EventKind::section, id.index());
            }
            return;
        }
        section.queue.pop_front();
        enter(vehicle, id, element);
    }
}

/// Whose turn it is enters, if it still floats.
void Replication::enter(std::uint32_t index, Id<Section> id, const WayElement& element) {
    SectionState& section = sections_[id.index()];
    const Link& link = model_.links[element.link];
    Vehicle& vehicle = vehicles_[index];
    for (std::size_t c = 0; c < kWayCauses; ++c) {
        vehicle.waits[c] += section.clock[c];
    }
    if (stands_aside(index, element)) {
        return;
    }
    begin_passage(index, element);
    const auto d = static_cast<std::size_t>(element.direction);
    ++section.inside;
    section.direction = element.direction;
    section.entered[d] = now_;
    tell_link(index, WayStep::enters_section, element);
    if (element.at_end && link.paths_per_day > 0.0) {
        std::uint64_t& next = next_paths_[element.link.index()][d];
        next = next_path(link, next) + 1;
    }
    on_way(index);
}

}  // namespace corridor::engine
