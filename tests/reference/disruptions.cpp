// What is closed or slower for a while.
#include <algorithm>

#include "simulation.h"
#include "window.h"

namespace corridor::reference {
namespace {

bool holds(const model::Disruption& disruption, Tick time) {
    const auto holds_now = [time](const Window& window) { return is_inside(window, time); };
    return std::any_of(disruption.windows.begin(), disruption.windows.end(), holds_now);
}

template <class Concerns>
bool concerns_a_part(const model::Disruption& disruption, Concerns concerns) {
    return std::any_of(disruption.parts.begin(), disruption.parts.end(), concerns);
}

auto of_facility(std::size_t f) {
    return [f](const model::Disruption::Part& part) {
        const auto is_it = [f](Id<model::Facility> id) { return id.index() == f; };
        return std::any_of(part.facilities.begin(), part.facilities.end(), is_it);
    };
}

auto of_line(std::size_t l) {
    return [l](const model::Disruption::Part& part) {
        const auto is_it = [l](Id<model::Line> id) { return id.index() == l; };
        return std::any_of(part.lines.begin(), part.lines.end(), is_it);
    };
}

auto of_link(Id<model::Link> link, model::Direction direction) {
    return [link, direction](const model::Disruption::Part& part) {
        const auto is_it = [&](const model::LinkUse& use) { return use.link == link && use.direction == direction; };
        return std::any_of(part.links.begin(), part.links.end(), is_it);
    };
}

/// Several at a time are multiplied.
template <class Concerns>
double factor(const model::Model& model, Tick time, Concerns concerns) {
    double product = 1.0;
    for (const model::Disruption& disruption : model.disruptions) {
        if (holds(disruption, time) && concerns_a_part(disruption, concerns)) product *= disruption.slowness;
    }
    return product;
}

Tick times(double factor, Tick time) { return to_tick(factor * static_cast<double>(time)); }

}  // namespace

void Simulation::list_disruptions() {
    for (std::size_t f = 0; f < facilities_.size(); ++f) {
        for (const model::Disruption& disruption : model_.disruptions) {
            if (!disruption.closes || !concerns_a_part(disruption, of_facility(f))) continue;
            for (const Window& window : disruption.windows) schedule(window.to, Kind::restored, f, f);
        }
    }
}

std::array<std::vector<Window>, 2> Simulation::closures(Id<model::Link> link) const {
    std::array<std::vector<Window>, 2> closures;
    for (const auto direction : {model::Direction::forward, model::Direction::backward}) {
        for (const model::Disruption& disruption : model_.disruptions) {
            if (!disruption.closes || !concerns_a_part(disruption, of_link(link, direction))) continue;
            std::vector<Window>& all = closures[static_cast<std::size_t>(direction)];
            all.insert(all.end(), disruption.windows.begin(), disruption.windows.end());
        }
    }
    return closures;
}

bool Simulation::is_closed(std::size_t f) const {
    return std::any_of(model_.disruptions.begin(), model_.disruptions.end(), [&](const model::Disruption& d) {
        return d.closes && holds(d, now_) && concerns_a_part(d, of_facility(f));
    });
}

bool Simulation::is_line_closed(std::size_t l, Tick time, bool cancels) const {
    return std::any_of(model_.disruptions.begin(), model_.disruptions.end(), [&](const model::Disruption& d) {
        return d.closes && (d.cancels || !cancels) && holds(d, time) && concerns_a_part(d, of_line(l));
    });
}

Tick Simulation::opens_again(std::size_t l, Tick time) const {
    while (is_line_closed(l, time, false)) {
        Tick next = window_.to;
        for (const model::Disruption& disruption : model_.disruptions) {
            for (const Window& window : disruption.windows) next = window.to > time ? std::min(next, window.to) : next;
        }
        if (next == window_.to) return next;
        time = next;
    }
    return time;
}

void Simulation::on_restored(std::size_t f) {
    give_berths(f);
    look_at_cranes(f);
}

Tick Simulation::slowed_move(std::size_t f, Tick time) const {
    return times(factor(model_, now_, of_facility(f)), time);
}

Tick Simulation::slowed_run(const Vehicle& vehicle, Tick time) const {
    if (vehicle.empty_run != nullptr) return time;
    return times(factor(model_, now_, of_line(vehicle.line)), time);
}

Tick Simulation::delay_on(const model::WayElement& element) const {
    const Tick time = model_.links[element.link].running_times[static_cast<std::size_t>(element.direction)];
    return times(factor(model_, now_, of_link(element.link, element.direction)), time) - time;
}

}  // namespace corridor::reference
