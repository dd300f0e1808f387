// Where the time of containers goes, by cause and place: only for those who ask why containers wait.
#include <set>

#include "explanation.h"
#include "measure_plan.h"
#include "model/subject.h"

namespace corridor::engine {
namespace {

/// The places at which containers of the model can spend time, by kind, as indices.
class UsedPlaces {
  public:
    explicit UsedPlaces(const model::Model& model) : model_(model) {
        for (const model::Leg& leg : model.legs) {
            stops_.insert(leg.board.index());
            lines_.insert(leg.line.index());
            for (auto stop = leg.board.index(); stop <= leg.alight.index(); ++stop) {
                const Id<model::Facility> facility = model.stops.items()[stop].facility;
                const Id<model::Terminal> terminal = model.facilities[facility].terminal;
                facilities_.insert(facility.index());
                terminals_.insert(terminal.index());
                if (model.terminals[terminal].yard_cranes.valid()) {
                    facilities_.insert(model.terminals[terminal].yard_cranes.index());
                }
            }
        }
        for (std::size_t d = 0; d < model.demands.size(); ++d) {
            const model::Demand& demand = model.demands.items()[d];
            if (demand.road_time || demand.takes_empties) {
                demands_.insert(d);
            }
        }
    }

    const std::set<std::size_t>& of(TimeUsePlace kind) const {
        switch (kind) {
            case TimeUsePlace::boarding_stop:
                return stops_;
            case TimeUsePlace::facility:
                return facilities_;
            case TimeUsePlace::terminal:
                return terminals_;
            case TimeUsePlace::line:
                return lines_;
            case TimeUsePlace::demand:
                break;
        }
        return demands_;
    }

    std::string subject(TimeUsePlace kind, std::size_t place) const {
        switch (kind) {
            case TimeUsePlace::boarding_stop:
                return model::boarding_subject(model_, Id<model::Stop>{place});
            case TimeUsePlace::facility:
                return model::facility_subject(model_, model_.facilities.items()[place]);
            case TimeUsePlace::terminal:
                return model::subject(model_.terminals.items()[place]);
            case TimeUsePlace::line: {
                const model::Line& line = model_.lines.items()[place];
                return model::subject(model_.services[line.service]) + '.' + std::string(model::label(line.direction));
            }
            case TimeUsePlace::demand:
                break;
        }
        return model::subject(model_.demands.items()[place]);
    }

  private:
    const model::Model& model_;
    std::set<std::size_t> stops_;
    std::set<std::size_t> facilities_;
    std::set<std::size_t> terminals_;
    std::set<std::size_t> lines_;
    std::set<std::size_t> demands_;
};

double hours(std::int64_t ms) { return static_cast<double>(ms) / kHour; }

double hours_of(const Results& results, bool waiting) {
    std::int64_t total = 0;
    for (std::size_t use = 0; use < kTimeUses; ++use) {
        total += time_uses()[use].is_waiting == waiting ? results.time_use->spent(static_cast<TimeUse>(use)) : 0;
    }
    return hours(total);
}

std::string_view measure_of(const TimeUseInfo& info) { return info.is_waiting ? "waiting_time" : "journey_time"; }

/// Of all uses that have one label.
double hours_of(const Results& results, std::string_view label) {
    std::int64_t total = 0;
    for (std::size_t use = 0; use < kTimeUses; ++use) {
        total += time_uses()[use].label == label ? results.time_use->spent(static_cast<TimeUse>(use)) : 0;
    }
    return hours(total);
}

bool is_first_of_its_label(std::size_t use) { return use == 0 || time_uses()[use - 1].label != time_uses()[use].label; }

}  // namespace

void add_time_use_measures(MeasurePlan& plan, const model::Model& model) {
    plan.add("waiting_time", "total", [](const Results& r) { return hours_of(r, true); });
    plan.add("journey_time", "total", [](const Results& r) { return hours_of(r, false); });
    const UsedPlaces places(model);
    for (std::size_t u = 0; u < kTimeUses; ++u) {
        const TimeUseInfo& info = time_uses()[u];
        const auto use = static_cast<TimeUse>(u);
        const std::set<std::size_t>& here = places.of(info.place);
        if (here.empty()) {
            continue;
        }
        if (is_first_of_its_label(u)) {
            plan.add(measure_of(info), std::string(info.label),
                     [label = info.label](const Results& r) { return hours_of(r, label); });
        }
        for (const std::size_t place : here) {
            plan.add(measure_of(info), std::string(info.label) + '.' + places.subject(info.place, place),
                     [use, place](const Results& r) { return hours(r.time_use->spent(use, place)); });
        }
    }
}

}  // namespace corridor::engine
