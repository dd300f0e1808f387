#include "study/resource_uses.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "corridor/model/balance.h"
#include "model/subject.h"
#include "model/way_loads.h"

namespace corridor::study {
namespace {

using model::Direction;
using model::Model;
using model::Resource;

class ResourceUses {
  public:
    ResourceUses(const Model& model, const MeasureCatalog& catalog, const StudyResult& study)
        : model_(model), catalog_(catalog), study_(study), traffic_(expected_traffic(model)) {}

    std::vector<ResourceUse> run() {
        for (const model::Line& line : model_.lines) add_line(line);
        for (const model::Facility& facility : model_.facilities) add_facility(facility);
        for (const model::Terminal& terminal : model_.terminals) {
            add(Resource::yards, subject(terminal), mean("yard_utilisation", subject(terminal)));
        }
        for (std::size_t i = 0; i < model_.links.size(); ++i) add_link(Id<model::Link>{i});
        const auto places = full_chambers(model_, trips_run(model_, traffic_));
        for (std::size_t i = 0; i < model_.locks.size(); ++i) {
            add_lock(model_.locks[Id<model::Lock>{i}], places[Id<model::Lock>{i}]);
        }
        add_fleets();
        for (const model::Demand& demand : model_.demands) {
            if (demand.takes_empties) add(Resource::empties, subject(demand), mean("shortage_share", subject(demand)));
        }
        return std::move(uses_);
    }

  private:
    std::optional<double> mean(std::string_view measure, const std::string& subject) const {
        const auto position = catalog_.find(measure, subject);
        if (!position || study_.measures[*position].samples() == 0) return std::nullopt;
        return study_.measures[*position].mean();
    }

    void add(Resource resource, const std::string& subject, std::optional<double> share) {
        if (share && std::isfinite(*share)) uses_.push_back({std::string(label(resource)), subject, *share, false});
    }

    void add_line(const model::Line& line) {
        if (has_vehicles_without_number(line)) return;
        for (const Id<model::Stop> stop : model::boarding_stops(line)) {
            const std::string who = model::boarding_subject(model_, stop);
            add(Resource::slots, who, mean("load_factor", who));
            add_payload(line, stop, who);
        }
    }

    // Tonnes on board over what may be, of containers of the expected weight.
    void add_payload(const model::Line& line, Id<model::Stop> stop, const std::string& who) {
        const model::StopTraffic& aboard = traffic_.stops[stop];
        const auto teu = mean("teu_per_departure", who);
        if (line.payload_t <= 0.0 || aboard.teu_aboard <= 0.0 || !teu) return;
        const double payload = mean("depth_payload_mean", who).value_or(line.payload_t);
        add(Resource::payload, who, *teu * aboard.tonnes_aboard / aboard.teu_aboard / payload);
    }

    void add_facility(const model::Facility& facility) {
        const std::string who = model::facility_subject(model_, facility);
        add(Resource::cranes, who, mean("crane_utilisation", who));
        add(Resource::berths, who, mean("berth_utilisation", who));
        if (!facility.tugs) return;
        const auto use = mean("tug_utilisation", who);
        if (use) add(Resource::tugs, who, *use * facility.tugs->count / usable_tugs(*facility.tugs));
    }

    void add_link(Id<model::Link> id) {
        const model::Link& link = model_.links[id];
        const double hours = model::length_ms(model_.window) / kMillisecondsPerHour;
        model::PerDirection vehicles{0.0, 0.0};
        for (const Direction direction : scenario::kDirections) {
            const std::string who = subject(link) + '.' + std::string(model::label(direction));
            const double passages = mean("link_passages", who).value_or(0.0);
            vehicles[static_cast<std::size_t>(direction)] = passages;
            add(Resource::paths, who, passages / hours / most_by_paths(link, model_.window));
            add(Resource::headways, who, passages / hours / most_by_headway(link, model_.window));
        }
        if (!link.alternating) return;
        const double work = (vehicles[0] + vehicles[1]) * section_work(model_, id, vehicles).mean_ms();
        add(Resource::sections, subject(link),
            work / (model::length_ms(model_.window) * open_share(link, model_.window)));
    }

    // A chamber at work all the time could still take more, until it is full each time on the side that needs it most.
    void add_lock(const model::Lock& lock, double places) {
        double fullest = 0.0;
        for (const Direction direction : scenario::kDirections) {
            const std::string who = subject(lock) + '.' + std::string(model::label(direction));
            const double fill = mean("vessels_per_lockage", who).value_or(0.0) / places;
            fullest = std::max(fullest, fill);
            if (lock.two_way) continue;
            if (const auto use = mean("lock_utilisation", who)) add(Resource::locks, who, *use * fill);
        }
        const auto use = mean("lock_utilisation", subject(lock));
        if (lock.two_way && use) add(Resource::locks, subject(lock), *use * fullest);
    }

    // Vehicles that leave when ready are always on their way, however little they carry.
    void add_fleets() {
        for (const model::Service& service : model_.services) {
            const bool has_own = service.fleet.valid() && !model_.fleets[service.fleet].is_shared();
            if (!has_own || fleet_load(model_, traffic_, service) <= 0.0) continue;
            add(Resource::fleet, subject(service), mean("fleet_utilisation", subject(service)));
        }
        for (const model::Fleet& fleet : model_.fleets) {
            if (fleet.is_shared()) add(Resource::fleet, subject(fleet), mean("fleet_utilisation", subject(fleet)));
        }
    }

    const Model& model_;
    const MeasureCatalog& catalog_;
    const StudyResult& study_;
    model::Traffic traffic_;
    std::vector<ResourceUse> uses_;
};

}  // namespace

std::vector<ResourceUse> resource_uses(const Model& model, const MeasureCatalog& catalog, const StudyResult& study) {
    return ResourceUses(model, catalog, study).run();
}

std::vector<QueueWait> waits_of_vehicles(const Model& model, const MeasureCatalog& catalog) {
    std::vector<QueueWait> waits;
    const auto add = [&](Resource resource, std::string_view measure, const std::string& subject) {
        if (catalog.find(measure, subject)) {
            waits.push_back({std::string(label(resource)), std::string(measure), subject});
        }
    };
    const auto add_directions = [&](Resource resource, std::string_view measure, const std::string& of) {
        for (const Direction direction : scenario::kDirections) {
            add(resource, measure, of + '.' + std::string(model::label(direction)));
        }
    };
    for (const model::Lock& lock : model.locks) add_directions(Resource::locks, "lock_wait_mean", subject(lock));
    for (const model::Link& link : model.links) {
        add_directions(link.paths_per_day > 0.0 ? Resource::paths : Resource::headways, "path_wait_mean",
                       subject(link));
        add_directions(Resource::sections, "section_wait_mean", subject(link));
    }
    for (const model::Facility& facility : model.facilities) {
        if (facility.tugs) add(Resource::tugs, "tug_wait_mean", model::facility_subject(model, facility));
    }
    return waits;
}

}  // namespace corridor::study
