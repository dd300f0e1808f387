// Releases of containers, and who has waited too long.
#include <algorithm>

#include "simulation.h"
#include "window.h"

namespace corridor::reference {

void Simulation::list_releases(std::size_t d, Stream stream) {
    const model::Demand& demand = this->demand(d);
    auto& releases = demands_[d].releases;
    for (const model::ListedRelease& listed : demand.listed) releases.emplace_back(listed.time, listed.containers);
    if (demand.release == scenario::ReleaseProcess::listed) return;
    const bool is_even = demand.release == scenario::ReleaseProcess::even;
    double before = 0.0;
    double time = 0.0;
    double work = is_even ? 0.5 : exponential(stream);
    Tick begin = 0;
    for (const model::RateSegment& segment : demand.rates) {
        const double end = static_cast<double>(segment.until);
        if (is_even) {
            const double from = static_cast<double>(begin);
            const double here = (end - from) * segment.per_ms;
            for (; work < before + here; work += 1.0) {
                releases.emplace_back(to_tick(from + (work - before) / segment.per_ms), demand.consignment(stream));
            }
            before += here;
        } else {
            time = std::max(time, static_cast<double>(begin));
            bool is_first = true;  // in this segment
            for (;;) {
                const double gap = 1.0 / segment.per_ms;
                const bool ends = is_first ? work >= (end - time) * segment.per_ms : time + work * gap >= end;
                if (ends) break;
                time = is_first ? time + work / segment.per_ms : time + work * gap;
                is_first = false;
                releases.emplace_back(to_tick(time), demand.consignment(stream));
                work = exponential(stream);
            }
            work -= std::max(0.0, end - time) * segment.per_ms;
        }
        begin = segment.until;
    }
}

void Simulation::await_release(std::size_t d) {
    const Demand& state = demands_[d];
    if (state.next < state.releases.size()) {
        schedule(state.releases[state.next].first, Kind::released, d, d);
    }
}

void Simulation::on_release(std::size_t d) {
    Demand& state = demands_[d];
    const std::size_t count = state.releases[state.next++].second;
    const std::vector<double>& cumulative = demand(d).class_cumulative;
    for (std::size_t i = 0; i < count; ++i) {
        const double u = cumulative.size() > 1 ? uniform01(state.classes) : 0.0;
        std::size_t box_class = 0;
        while (box_class + 1 < cumulative.size() && u >= cumulative[box_class]) ++box_class;
        const auto number = static_cast<std::size_t>(state.released);
        const std::size_t leg = choose(d);
        containers_.push_back({d, number, box_class, leg, now_, now_, now_});
        ++state.released;
        state.released_in_window += is_inside(window_, now_) ? 1 : 0;
        state.in_system += overlap(window_, now_, window_.to);
        if (leg == kNone) {
            send_by_road(containers_.size() - 1);
            continue;
        }
        terminals_[demand(d).from.index()].outside.push_back(containers_.size() - 1);
        let_in(demand(d).from.index());
        if (const auto& patience = demand(d).patience) {
            schedule(now_ + draw(*patience, state.patience), Kind::gives_up, containers_.size() - 1,
                     containers_.size() - 1);
        }
    }
    await_release(d);
}

void Simulation::on_giving_up(std::size_t c) {
    const Container& container = containers_[c];
    std::vector<std::size_t>& waiting = stops_[leg(container.leg).board.index()].waiting;
    const auto place = std::find(waiting.begin(), waiting.end(), c);
    const Id<model::Terminal> from = demand(container.demand).from;
    if (place == waiting.end() || stop(leg(container.leg).board.index()).terminal != from) return;
    waiting.erase(place);
    Terminal& origin = terminals_[from.index()];
    origin.yard -= overlap(window_, now_, window_.to);
    if (is_inside(window_, now_) && now_ > container.ready) origin.dwell.add(now_ - container.entered);
    send_by_road(c);
}

void Simulation::send_by_road(std::size_t c) {
    const std::size_t d = containers_[c].demand;
    demands_[d].by_road += is_inside(window_, now_) ? 1 : 0;
    if (const auto& time = demand(d).road_time) {
        schedule(now_ + draw(*time, demands_[d].road), Kind::road_ends, d, c);
    } else {
        demands_[d].in_system -= overlap(window_, now_, window_.to);
    }
}

}  // namespace corridor::reference
