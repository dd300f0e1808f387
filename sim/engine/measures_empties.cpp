// Stocks of empty containers, the shortages of those who need them, and what is repositioned.
#include <algorithm>
#include <array>

#include "measure_plan.h"

namespace corridor::engine {
namespace {

constexpr std::array<std::string_view, scenario::kBoxSizes.size()> kSizeIds{"ft20", "ft40", "ft45"};

void add_stock(MeasurePlan& plan, const std::string& who, std::size_t stock) {
    const auto level = [stock](const Results& r) -> const StockLevel& { return r.tally.empties[stock]; };
    plan.add("empties_mean", who, [level](const Results& r) { return level(r).mean(); });
    plan.add("empties_min", who, [level](const Results& r) { return static_cast<double>(level(r).fewest()); });
    plan.add("empties_at_end", who, [level](const Results& r) { return static_cast<double>(level(r).number()); });
}

/// Adds up over the demands that take empties.
template <class Value>
double over_takers(const Results& r, Value value) {
    double sum = 0.0;
    for (std::size_t d = 0; d < r.model.demands.size(); ++d) {
        const Id<model::Demand> id{d};
        sum += r.model.demands[id].takes_empties ? value(id) : 0.0;
    }
    return sum;
}

double shortages(const Results& r, Id<model::Demand> id) {
    return static_cast<double>(r.tally.shortages[id].shortages);
}

double missing(const Results& r, Id<model::Demand> id) { return static_cast<double>(r.tally.shortages[id].waiting); }

void add_total_shortages(MeasurePlan& plan) {
    const auto total = [](auto value) {
        return [value](const Results& r) { return over_takers(r, [&](Id<model::Demand> id) { return value(r, id); }); };
    };
    plan.add("shortages", "total", total(shortages));
    plan.add("shortage_share", "total",
             [total](const Results& r) { return ratio(total(shortages)(r), total(released)(r)); });
    plan.add("empties_missing_at_end", "total", total(missing));
}

void add_shortages(MeasurePlan& plan, const std::string& who, Id<model::Demand> id) {
    const auto wait = [id](const Results& r) -> const TimeStat& { return r.tally.shortages[id].wait; };
    plan.add("shortages", who, [id](const Results& r) { return shortages(r, id); });
    plan.add("shortage_share", who, [id](const Results& r) { return ratio(shortages(r, id), released(r, id)); });
    plan.add("empties_missing_at_end", who, [id](const Results& r) { return missing(r, id); });
    plan.add("empty_wait_mean", who, [wait](const Results& r) { return wait(r).mean_ms() / kHour; });
    plan.add("empty_wait_p95", who, [wait](const Results& r) { return wait(r).percentile_ms(0.95) / kHour; });
    plan.add("empty_wait_max", who, [wait](const Results& r) { return wait(r).longest_ms() / kHour; });
}

/// Adds up over the classes of container of the ways of repositioned empties.
template <class Value>
MeasurePlan::Formula over_ways(Value value) {
    return [value](const Results& r) {
        double sum = 0.0;
        for (const Id<model::Demand> way : r.model.empties.ways) {
            for (std::uint32_t c = 0; c < r.model.demands[way].classes.size(); ++c) {
                sum += value(r, way, c);
            }
        }
        return sum;
    };
}

double teu_of(const Results& r, Id<model::Demand> id, std::uint32_t box_class) {
    return static_cast<double>(r.model.demands[id].classes[box_class].quarters) / model::kQuartersPerTeu;
}

double arrived(const Results& r, Id<model::Demand> way, std::uint32_t box_class) {
    return static_cast<double>(r.tally.demands[way].delivered_by_month.of_class(box_class));
}

/// Distance times containers loaded.
double km(const Results& r, Id<model::Demand> way, std::uint32_t box_class) {
    double sum = 0.0;
    for (Id<model::Leg> id = r.model.demands[way].itineraries.front().first; id.valid(); id = r.model.legs[id].next) {
        const model::Leg& leg = r.model.legs[id];
        const auto containers = static_cast<double>(r.tally.boarded[id.index()].of_class(box_class));
        for (std::size_t stop = leg.board.index(); stop < leg.alight.index(); ++stop) {
            sum += containers * r.model.stops[Id<model::Stop>{stop}].hop.km;
        }
    }
    return sum;
}

void add_repositioned(MeasurePlan& plan) {
    plan.add("empties_repositioned", "total", over_ways(arrived));
    plan.add("empties_repositioned_teu", "total",
             over_ways([](const Results& r, Id<model::Demand> way, std::uint32_t box_class) {
                 return arrived(r, way, box_class) * teu_of(r, way, box_class);
             }));
    plan.add("empties_repositioned_teu_km", "total",
             over_ways([](const Results& r, Id<model::Demand> way, std::uint32_t box_class) {
                 return km(r, way, box_class) * teu_of(r, way, box_class);
             }));
}

}  // namespace

void add_empties_measures(MeasurePlan& plan, const model::Model& model) {
    if (!model.empties.kept) {
        return;
    }
    for (std::size_t t = 0; t < model.terminals.size(); ++t) {
        const Id<model::Terminal> id{t};
        for (std::size_t size = 0; size < kSizeIds.size(); ++size) {
            if (model.terminals[id].empties[size].kept) {
                const std::string who = subject(model.terminals[id]) + '.' + std::string(kSizeIds[size]);
                add_stock(plan, who, stock_index(id, size));
            }
        }
    }
    const auto takes = [](const model::Demand& demand) { return demand.takes_empties; };
    if (std::any_of(model.demands.begin(), model.demands.end(), takes)) {
        add_total_shortages(plan);
    }
    for (std::size_t d = 0; d < model.demands.size(); ++d) {
        const Id<model::Demand> id{d};
        if (takes(model.demands[id])) {
            add_shortages(plan, subject(model.demands[id]), id);
        }
    }
    if (model.empties.policy != model::Repositioning::none) {
        add_repositioned(plan);
    }
}

}  // namespace corridor::engine
