// Loads as a planner reads them, and the warnings where they are near 1 or above.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "corridor/base/unit.h"
#include "corridor/model/balance.h"

namespace corridor::model {
namespace {

constexpr double kNearlyFull = 0.95;
constexpr double kRoundingError = 1e-9;

// "5.25", not "5.2500000001".
std::string two_digits(double value) { return format_number(std::round(value * 100.0) / 100.0); }

std::string queue_message(const Load& load) {
    std::string text =
        fmt::format("{}{}{}: offered {} {}, capacity {}", label(load.resource), load.where.empty() ? "" : " ",
                    load.where, two_digits(load.offered), load.unit, two_digits(load.capacity));
    if (load.excess == Excess::is_turned_away) return text + " (what finds no room is turned away)";
    const bool not_all_come = load.excess == Excess::may_go_around;
    const std::string_view condition = not_all_come ? "if all took their best way, " : "";
    if (load.share() > 1.0 + kRoundingError) {
        return text + fmt::format(" ({}the queue {} by {} {})", condition, not_all_come ? "would grow" : "grows",
                                  two_digits(load.offered - load.capacity), load.unit);
    }
    if (has_no_steady_state(load.share())) return text + fmt::format(" ({}full: no steady state exists)", condition);
    return text + fmt::format(" ({}load {:.3f}: no steady state is near)", condition, load.share());
}

// The table of the scenario that a subject names.
template <class Table>
const scenario::Entity* find_entity(const Table& table, std::string_view kind, std::string_view subject) {
    const auto found = std::find_if(table.begin(), table.end(), [&](const auto& entity) {
        const std::string name = fmt::format("{}.{}", kind, entity.id);
        return subject == name || subject.starts_with(name + ".");
    });
    return found == table.end() ? nullptr : &*found;
}

SourcePlace place_of(const scenario::Scenario& scenario, std::string_view subject) {
    for (const scenario::Entity* entity :
         {find_entity(scenario.services, "service", subject), find_entity(scenario.terminals, "terminal", subject),
          find_entity(scenario.links, "link", subject), find_entity(scenario.fleets, "fleet", subject),
          find_entity(scenario.locks, "lock", subject)}) {
        if (entity != nullptr) return entity->place;
    }
    return {};
}

}  // namespace

bool has_no_steady_state(double share) { return share >= 1.0 - kRoundingError; }

double highest_queueing_load(const std::vector<Load>& loads) {
    double highest = 0.0;
    for (const Load& load : loads) {
        // Empties come back as often as they are taken where nothing is amiss.
        const bool is_closed_circuit = load.resource == Resource::empties && load.share() <= 1.0 + kRoundingError;
        if (load.excess == Excess::queues && !is_closed_circuit) highest = std::max(highest, load.share());
    }
    return highest;
}

std::string_view label(Resource resource) {
    switch (resource) {
        case Resource::slots:
            return "slots";
        case Resource::payload:
            return "payload";
        case Resource::cranes:
            return "cranes";
        case Resource::berths:
            return "berths";
        case Resource::tugs:
            return "tugs";
        case Resource::yards:
            return "yard";
        case Resource::paths:
            return "paths";
        case Resource::headways:
            return "headways";
        case Resource::sections:
            return "sections";
        case Resource::locks:
            return "locks";
        case Resource::fleet:
            return "fleet";
        case Resource::empties:
            return "empties";
    }
    return "";
}

Diagnostics queue_warnings(const scenario::Scenario& scenario, const std::vector<Load>& loads) {
    Diagnostics warnings;
    for (const Load& load : loads) {
        const bool is_circular = load.resource == Resource::empties;
        if (load.share() < (is_circular ? 1.0 + kRoundingError : kNearlyFull)) continue;
        Diagnostic warning;
        warning.severity = Severity::warning;
        warning.place = place_of(scenario, load.subject);
        warning.path = load.subject;
        warning.message = queue_message(load);
        warnings.push_back(std::move(warning));
    }
    return warnings;
}

}  // namespace corridor::model
