// What plain arithmetic expects of the simulator's measures.
#include <algorithm>
#include <array>
#include <string_view>

#include "corridor/model/balance.h"
#include "subject.h"
#include "traffic.h"

namespace corridor::model {
namespace {

enum class Unit { containers, teu };

class NaiveMeasure {
  public:
    NaiveMeasure(const Model& model, const Subject& subject)
        : model_(model), subject_(subject), part_{subject.month.value_or(model.window), subject.empty} {}

    std::optional<double> value(std::string_view measure) const {
        if (measure == "containers_shipped") return carried(Mode::waterway, Unit::containers);
        if (measure == "teu_shipped") return carried(Mode::waterway, Unit::teu);
        if (measure == "containers_railed") return carried(Mode::railway, Unit::containers);
        if (measure == "teu_railed") return carried(Mode::railway, Unit::teu);
        if (measure == "containers_released") return delivered(Unit::containers);
        if (measure == "containers_delivered") return delivered(Unit::containers);
        if (measure == "teu_delivered") return delivered(Unit::teu);
        if (measure == "lifts") return lifts(Unit::containers);
        if (measure == "lifts_teu") return lifts(Unit::teu);
        if (measure == "departures_run") return departures();
        if (measure == "running_time_mean") return running_time();
        if (measure == "teu_per_departure") return teu_per_departure();
        return std::nullopt;
    }

  private:
    double amount(const Demand& demand, Unit unit) const {
        const double containers = expected_containers(demand, part_);
        return unit == Unit::containers ? containers : containers * mean_teu(demand, part_.empty);
    }

    std::optional<double> carried(Mode mode, Unit unit) const {
        if (subject_.kind == "total") {
            return sum_over_legs(unit, [&](const Leg& leg) { return mode_of(leg) == mode ? 1.0 : 0.0; });
        }
        if (subject_.kind == "service") {
            const Id<Service> id = find_id(model_.services, subject_.id);
            if (!id.valid() || model_.services[id].mode != mode || subject_.terminal.valid()) return std::nullopt;
            return sum_over_legs(unit, [&](const Leg& leg) {
                return model_.lines[leg.line].service == id && goes(leg.direction) ? 1.0 : 0.0;
            });
        }
        const Id<Link> id = subject_.kind == "link" ? find_id(model_.links, subject_.id) : Id<Link>{};
        if (!id.valid() || model_.links[id].mode != mode) return std::nullopt;
        return sum_over_legs(unit, [&](const Leg& leg) {
            const bool counts = !subject_.demand.valid() || subject_.demand == leg.demand;
            return counts ? uses(leg, id) : 0.0;
        });
    }

    Mode mode_of(const Leg& leg) const { return model_.services[model_.lines[leg.line].service].mode; }
    bool goes(Direction direction) const { return subject_.direction.value_or(direction) == direction; }

    double uses(const Leg& leg, Id<Link> link) const {
        double times = 0.0;
        for (std::size_t s = leg.board.index(); s < leg.alight.index(); ++s) {
            for (const LinkUse& use : model_.stops[Id<Stop>{s}].hop.links) {
                if (use.link == link && goes(use.direction)) times += 1.0;
            }
        }
        return times;
    }

    template <class Weight>
    double sum_over_legs(Unit unit, Weight weight) const {
        double sum = 0.0;
        for (const Demand& demand : model_.demands) {
            double uses_of_demand = 0.0;
            for_each_leg(model_, demand, [&](const Leg& leg) { uses_of_demand += weight(leg); });
            if (uses_of_demand > 0.0) sum += uses_of_demand * amount(demand, unit);
        }
        return sum;
    }

    std::optional<double> delivered(Unit unit) const {
        if (subject_.kind == "total") {
            double sum = 0.0;
            for (const Demand& demand : model_.demands) sum += amount(demand, unit);
            return sum;
        }
        const Id<Demand> id = subject_.kind == "demand" ? find_id(model_.demands, subject_.id) : Id<Demand>{};
        if (!id.valid()) return std::nullopt;
        return amount(model_.demands[id], unit);
    }

    std::optional<double> lifts(Unit unit) const {
        const Id<Terminal> id = subject_.kind == "terminal" ? find_id(model_.terminals, subject_.id) : Id<Terminal>{};
        if (!id.valid()) return std::nullopt;
        const auto counts = [&](Id<Facility> facility) {
            const Facility& f = model_.facilities[facility];
            return f.terminal == id && subject_.facility.value_or(f.mode) == f.mode;
        };
        const auto& facilities = model_.terminals[id].facilities;
        const bool any = std::any_of(facilities.begin(), facilities.end(),
                                     [&](Id<Facility> facility) { return facility.valid() && counts(facility); });
        if (!any) return std::nullopt;
        const double own = sum_over_legs(unit, [&](const Leg& leg) {
            return (counts(model_.stops[leg.board].facility) ? 1.0 : 0.0) +
                   (counts(model_.stops[leg.alight].facility) ? 1.0 : 0.0);
        });
        double others = 0.0;
        for (const Background& background : model_.backgrounds) {
            if (counts(background.facility)) others += background_lifts(background, unit);
        }
        return own + others;
    }

    double background_lifts(const Background& background, Unit unit) const {
        double calls = background.per_ms * length_ms(part_.window);
        for (const Background::Call& call : background.listed) {
            if (call.time >= part_.window.from && call.time < part_.window.to) calls += 1.0;
        }
        return calls * background.moves.mean() * (unit == Unit::teu ? background.teu_per_move : 1.0);
    }

    const Service* service() const {
        const Id<Service> id = subject_.kind == "service" ? find_id(model_.services, subject_.id) : Id<Service>{};
        return id.valid() ? &model_.services[id] : nullptr;
    }

    std::optional<double> departures() const {
        const Service* const found = service();
        if (found == nullptr) return std::nullopt;
        const Traffic traffic = expected_traffic(model_);
        double trips = 0.0;
        for (const Id<Line> line : found->lines) {
            if (goes(model_.lines[line].direction)) trips += traffic.trips[line];
        }
        return trips;
    }

    // From the first departure to the last arrival: running, and the calls between.
    std::optional<double> running_time() const {
        const Service* const found = service();
        if (found == nullptr || !subject_.direction) return std::nullopt;
        const Traffic traffic = expected_traffic(model_);
        for (const Id<Line> id : found->lines) {
            const Line& line = model_.lines[id];
            if (!goes(line.direction)) continue;
            double sum = 0.0;
            for_each_stop(model_, line, [&](Id<Stop> stop_id, const Stop& stop) {
                if (stop.last) return;
                sum += static_cast<double>(stop.hop.running_time);
                if (stop_id != line.first_stop) sum += call_ms(model_, traffic, stop_id);
            });
            return sum / kMillisecondsPerHour;
        }
        return std::nullopt;
    }

    // Mean load over the stops that the subject takes in, each departure counted once.
    std::optional<double> teu_per_departure() const {
        const Service* const found = service();
        if (found == nullptr) return std::nullopt;
        const Traffic traffic = expected_traffic(model_);
        double teu = 0.0;
        double trips = 0.0;
        std::size_t calls = 0;
        for (const Id<Line> line : found->lines) {
            for_each_stop(model_, model_.lines[line], [&](Id<Stop> id, const Stop& stop) {
                const bool here = !subject_.terminal.valid() || subject_.terminal == stop.terminal;
                if (stop.last || !here || !goes(stop.hop.direction)) return;
                if (subject_.call > 0 && ++calls != subject_.call) return;
                teu += traffic.stops[id].teu_aboard;
                trips += traffic.trips[line];
            });
        }
        return trips > 0.0 ? std::optional(teu / trips) : std::nullopt;
    }

    const Model& model_;
    Subject subject_;
    FlowPart part_;
};

}  // namespace

std::optional<double> naive(const Model& model, std::string_view measure, std::string_view subject) {
    const std::optional<Subject> parsed = parse_subject(model, subject);
    if (!parsed) return std::nullopt;
    return NaiveMeasure(model, *parsed).value(measure);
}

}  // namespace corridor::model
