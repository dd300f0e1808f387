#include "disruptions.h"

#include <algorithm>

#include "crane_pool.h"
#include "model/calendar.h"

namespace corridor::engine {

using model::Disruption;
using model::Window;

Disruptions::Disruptions(const model::Model& model)
    : model_(model),
      facilities_(model.facilities.size()),
      tugs_(model.facilities.size()),
      gates_(model.terminals.size()),
      locks_(model.locks.size()),
      fleets_(model.fleets.size()),
      lines_(model.lines.size()),
      links_(model.links.size()),
      courses_(model.disruptions.size()) {
    for (const Disruption& disruption : model.disruptions) {
        failures_.emplace_back(disruption.parts.size());
    }
}

void Disruptions::clear() {
    for (DisruptedFacility& facility : facilities_) {
        facility.cranes.closed.clear();
        facility.cranes.outages.clear();
        facility.cranes.slowness.clear();
        facility.berths_out.clear();
    }
    for (auto* const all : {&tugs_.items(), &locks_.items(), &fleets_.items()}) {
        for (DisruptedServers& servers : *all) {
            servers.closed.clear();
            servers.out.clear();
            servers.slowness.clear();
        }
    }
    for (DisruptedGate& gate : gates_) {
        gate.closed.clear();
    }
    for (DisruptedLine& line : lines_) {
        line.held.clear();
        line.cancelled.clear();
        line.slowness.clear();
    }
    for (auto& directions : links_) {
        for (DisruptedLink& link : directions) {
            link.closed.clear();
            link.slowness.clear();
        }
    }
    restorations_.clear();
    for (Course& course : courses_) {
        course = {};
    }
}

void Disruptions::draw(std::uint64_t seed, std::uint64_t replication) {
    if (model_.disruptions.empty()) {
        return;
    }
    clear();
    for (std::size_t d = 0; d < model_.disruptions.size(); ++d) {
        const Disruption& disruption = model_.disruptions.items()[d];
        if (disruption.at_random) {
            failures_[d].draw(*disruption.at_random, model_.window.to, seed, replication);
        }
        Course& course = courses_.items()[d];
        for (std::size_t part = 0; part < disruption.parts.size(); ++part) {
            const Windows& windows = disruption.at_random ? failures_[d].down()[part] : disruption.windows;
            apply(disruption, disruption.parts[part], windows);
            course.windows.insert(course.windows.end(), windows.begin(), windows.end());
            course.begun += static_cast<std::uint64_t>(std::ranges::count_if(windows, [this](const Window& w) {
                return w.from >= model_.window.from && w.from < model_.window.to;
            }));
        }
        model::merge_windows(course.windows);
    }
    settle();
}

void Disruptions::apply(const Disruption& disruption, const Disruption::Part& part, const Windows& windows) {
    for (const Window& window : windows) {
        for (const Id<model::Facility> facility : part.facilities) {
            disrupt(disruption, facility, window);
        }
        for (const Id<model::Facility> facility : part.tugs) {
            disrupt(disruption, tugs_[facility], disruption.fewer_tugs,
                    {window.to, Restoration::Of::tugs, facility.index()}, window);
        }
        for (const Id<model::Terminal> terminal : part.gates) {
            gates_[terminal].closed.push_back(window);
        }
        for (const Id<model::Lock> lock : part.locks) {
            disrupt(disruption, locks_[lock], disruption.fewer_chambers,
                    {window.to, Restoration::Of::lock, lock.index()}, window);
        }
        for (const Id<model::Fleet> fleet : part.fleets) {
            disrupt(disruption, fleets_[fleet], disruption.fewer_vehicles,
                    {window.to, Restoration::Of::fleet, fleet.index()}, window);
        }
        for (const Id<model::Line> line : part.lines) {
            disrupt(disruption, line, window);
        }
        for (const model::LinkUse& use : part.links) {
            disrupt(disruption, use, window);
        }
    }
}

void Disruptions::disrupt(const Disruption& disruption, Id<model::Facility> id, const Window& window) {
    DisruptedFacility& state = facilities_[id];
    const model::Facility& facility = model_.facilities[id];
    if (disruption.closes) {
        state.cranes.closed.push_back(window);
    }
    if (const std::uint32_t cranes = disruption.cranes_out(facility); cranes > 0) {
        state.cranes.outages.push_back({window, cranes});
    }
    if (disruption.slowness != 1.0) {
        state.cranes.slowness.add(window, disruption.slowness);
    }
    if (disruption.fewer_berths > 0) {
        state.berths_out.add(window, disruption.fewer_berths);
    }
    if (facility.berths_disrupted) {
        restorations_.push_back({window.to, Restoration::Of::berths, id.index()});
    }
}

void Disruptions::disrupt(const Disruption& disruption, DisruptedServers& servers, std::uint32_t fewer,
                          const Restoration& restoration, const Window& window) {
    if (disruption.closes) {
        servers.closed.push_back(window);
    }
    if (fewer > 0) {
        servers.out.add(window, fewer);
    }
    if (disruption.slowness != 1.0) {
        servers.slowness.add(window, disruption.slowness);
    } else {
        restorations_.push_back(restoration);
    }
}

void Disruptions::disrupt(const Disruption& disruption, Id<model::Line> id, const Window& window) {
    DisruptedLine& state = lines_[id];
    if (disruption.closes) {
        (disruption.cancels ? state.cancelled : state.held).push_back(window);
        restorations_.push_back({window.to, Restoration::Of::line, id.index()});
    }
    if (disruption.slowness != 1.0) {
        state.slowness.add(window, disruption.slowness);
    }
}

/// Whoever waits before a closed link looks again at its end without being told.
void Disruptions::disrupt(const Disruption& disruption, const model::LinkUse& use, const Window& window) {
    DisruptedLink& state = links_[use.link][static_cast<std::size_t>(use.direction)];
    if (disruption.closes) {
        state.closed.push_back(window);
    }
    if (disruption.slowness != 1.0) {
        state.slowness.add(window, disruption.slowness);
    }
}

void Disruptions::settle() {
    const auto product = [](double a, double b) { return a * b; };
    const auto sum = [](double a, double b) { return a + b; };
    for (DisruptedFacility& facility : facilities_) {
        model::merge_windows(facility.cranes.closed);
        facility.cranes.slowness.settle(1.0, product);
        facility.berths_out.settle(0.0, sum);
    }
    for (auto* const all : {&tugs_.items(), &locks_.items(), &fleets_.items()}) {
        for (DisruptedServers& servers : *all) {
            model::merge_windows(servers.closed);
            servers.out.settle(0.0, sum);
            servers.slowness.settle(1.0, product);
        }
    }
    settle_gates();
    for (DisruptedLine& line : lines_) {
        model::merge_windows(line.held);
        model::merge_windows(line.cancelled);
        line.slowness.settle(1.0, product);
    }
    for (auto& directions : links_) {
        for (DisruptedLink& link : directions) {
            model::merge_windows(link.closed);
            link.slowness.settle(1.0, product);
        }
    }
    std::ranges::sort(restorations_);
}

void Disruptions::settle_gates() {
    for (std::size_t t = 0; t < gates_.size(); ++t) {
        const model::Terminal& terminal = model_.terminals.items()[t];
        if (!terminal.gate_disrupted) {
            continue;
        }
        DisruptedGate& gate = gates_.items()[t];
        gate.open = terminal.gate_open.empty() ? Windows{{0, kAfterAll}} : terminal.gate_open;
        for (const Window& window : gate.closed) {
            model::cut_out(gate.open, window);
        }
        gate.open.push_back({kAfterAll, kAfterAll + 1});  // no hours at all would mean that it is always open
    }
}

}  // namespace corridor::engine
