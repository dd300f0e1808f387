#include "ways.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "compilation.h"

namespace corridor::model {
namespace {

/// A lock and how far along the link it stands, as a share of its length.
struct Standing {
    Id<Lock> lock;
    double share = 0.5;
};

IdVector<Link, std::vector<Standing>> locks_by_link(const Compilation& compilation) {
    IdVector<Link, std::vector<Standing>> result(compilation.model.links.size());
    for (std::size_t i = 0; i < compilation.model.locks.size(); ++i) {
        const Id<Lock> id{i};
        result[compilation.model.locks[id].link].push_back({id, compilation.lock_places[id]});
    }
    for (std::vector<Standing>& standings : result) {
        std::ranges::stable_sort(standings, {}, &Standing::share);
    }
    return result;
}

/// Plain runs become one.
void add_run(std::vector<WayElement>& way, Tick time) {
    if (time == 0) return;
    const bool goes_on = !way.empty() && way.back().kind == WayElement::Kind::run && way.back().extra[1] == 0.0;
    if (goes_on) {
        way.back().time += time;
    } else {
        way.push_back({.time = time});
    }
}

/// What stands where along a link, as a share of its length in the direction of travel.
struct Mark {
    double share = 0.0;
    WayElement element;
};

void add_sections(std::vector<Mark>& marks, const Compilation& compilation, const LinkUse& use) {
    const Link& link = compilation.model.links[use.link];
    const std::uint32_t count = link.sections;
    const Id<Section> first = compilation.first_sections[use.link];
    const auto d = static_cast<std::size_t>(use.direction);
    for (std::uint32_t i = 0; i < count; ++i) {
        WayElement element{.kind = WayElement::Kind::enter, .link = use.link, .direction = use.direction};
        if (first.valid()) {
            const std::size_t from_start = use.direction == Direction::forward ? i : count - 1 - i;
            element.section = Id<Section>{first.index() + (link.alternating ? from_start : d)};
        }
        element.at_end = i == 0;
        marks.push_back({static_cast<double>(i) / count, element});
        element.kind = WayElement::Kind::leave;
        element.at_end = i + 1 == count;
        marks.push_back({static_cast<double>(i + 1) / count, element});
    }
}

std::vector<Mark> marks_on(const Compilation& compilation, const LinkUse& use, std::vector<Standing> locks) {
    std::vector<Mark> marks;
    if (use.direction == Direction::backward) std::ranges::reverse(locks);
    for (const Standing& lock : locks) {
        const double share = use.direction == Direction::forward ? lock.share : 1.0 - lock.share;
        marks.push_back({share, {.kind = WayElement::Kind::lock, .lock = lock.lock, .direction = use.direction}});
    }
    if (compilation.model.links[use.link].has_entrance()) {
        std::vector<Mark> sections;
        add_sections(sections, compilation, use);
        marks.insert(marks.begin(), sections.begin(), sections.end() - 1);
        marks.push_back(sections.back());  // behind a lock at the end of the link
    }
    std::ranges::stable_sort(marks, {}, &Mark::share);
    return marks;
}

/// What is on a link with the runs between, in order of travel.
std::vector<WayElement> way_of(const std::vector<Mark>& marks, Tick running_time, bool has_extra_time) {
    std::vector<WayElement> way;
    double done = 0.0;
    const auto run_to = [&](double share) {
        const auto ticks = [&](double part) { return to_tick(static_cast<double>(running_time) * part); };
        const Tick time = ticks(share) - ticks(done);
        if (share > done && (time > 0 || has_extra_time)) {
            way.push_back({.time = time, .extra = has_extra_time ? std::array{done, share} : std::array{0.0, 0.0}});
        }
        done = share;
    };
    for (const Mark& mark : marks) {
        run_to(mark.share);
        way.push_back(mark.element);
    }
    if (!marks.empty()) run_to(1.0);
    return way;
}

/// One for each part of an alternating link, else one for each direction.
void add_sections(Compilation& compilation, Id<Link> id) {
    Model& model = compilation.model;
    const Link& link = model.links[id];
    const bool has_queue =
        link.alternating || link.headway > 0 || link.paths_per_day > 0.0 || !link.open.empty() || link.is_disrupted;
    compilation.first_sections.push_back(has_queue ? Id<Section>{model.sections.size()} : Id<Section>{});
    const std::uint32_t count = !has_queue ? 0 : link.alternating ? link.sections : 2;
    for (std::uint32_t i = 0; i < count; ++i) model.sections.push_back({id});
}

const std::vector<WayElement>& link_way(const Compilation& compilation, const LinkUse& use) {
    return compilation.ways[use.link][static_cast<std::size_t>(use.direction)];
}

}  // namespace

double metres(double km) { return std::round(km * 1e9) / 1e6; }

void compile_ways(Compilation& compilation) {
    const auto locks = locks_by_link(compilation);
    for (std::size_t i = 0; i < compilation.model.links.size(); ++i) {
        const Id<Link> link{i};
        add_sections(compilation, link);
        std::array<std::vector<WayElement>, 2> ways;
        for (const Direction direction : scenario::kDirections) {
            const auto d = static_cast<std::size_t>(direction);
            ways[d] = way_of(marks_on(compilation, {link, direction}, locks[link]), compilation.running_times[link][d],
                             compilation.model.links[link].takes_extra_time());
        }
        compilation.ways.push_back(std::move(ways));
    }
}

Tick expected_time(const Compilation& compilation, Id<Link> link, Direction direction) {
    Tick time = compilation.running_times[link][static_cast<std::size_t>(direction)];
    time += to_tick(moments(compilation.model.links[link].extra_time).mean);
    for (const WayElement& element : link_way(compilation, {link, direction})) {
        if (element.kind == WayElement::Kind::lock) time += compilation.model.locks[element.lock].passage(direction);
    }
    return time;
}

bool has_way(const Compilation& compilation, const LinkUse& use) { return !link_way(compilation, use).empty(); }

void append_way(const Compilation& compilation, const LinkUse& use, std::vector<WayElement>& way) {
    if (!has_way(compilation, use)) {
        return add_run(way, compilation.running_times[use.link][static_cast<std::size_t>(use.direction)]);
    }
    for (const WayElement& element : link_way(compilation, use)) {
        const bool is_plain_run = element.kind == WayElement::Kind::run && element.extra[1] == 0.0;
        is_plain_run ? add_run(way, element.time) : way.push_back(element);
    }
}

void check_locks(Compilation& compilation, const scenario::Service& service, const std::vector<Hop>& hops) {
    const scenario::VehicleType& vehicle = compilation.scenario.vehicle_types[service.vehicle];
    const auto& size = compilation.vehicle_rooms[service.vehicle].size;
    for (const Hop& hop : hops) {
        for (const WayElement& element : hop.way) {
            if (element.kind != WayElement::Kind::lock) continue;
            const Lock& lock = compilation.model.locks[element.lock];
            if (lock.places > 0 || (size && fits(lock, *size))) continue;
            const std::string path = fmt::format("vehicle.{}", vehicle.id);
            if (!size) {
                return compilation.error(vehicle, path,
                                         fmt::format("its length and beam are missing (service '{}' passes lock '{}', "
                                                     "whose chambers have a length and a width)",
                                                     service.id, lock.id),
                                         "for example length = \"110 m\", beam = \"17 m\"");
            }
            return compilation.error(vehicle, path,
                                     fmt::format("does not fit lock '{}' on the route of service '{}' ({})", lock.id,
                                                 service.id, size_text(lock, *size)),
                                     "give the service a smaller vehicle or another route");
        }
    }
}

}  // namespace corridor::model
