// Stocks of empty containers, and the ways on which those that nobody needs go where they are needed.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "compilation.h"
#include "subject.h"

namespace corridor::model {
namespace {

bool asks(const EmptyStock& stock) { return stock.taken || stock.low > 0; }

void read_levels(Numbers& numbers, const scenario::EmptyStock& source, std::size_t size, EmptyStock& stock) {
    const auto count = [&](scenario::Param param) { return numbers.count(param, 0, scenario::kMostEmpties); };
    if (source.stock[size]) stock.initial = count(*source.stock[size]);
    if (source.low[size]) stock.low = count(*source.low[size]);
    if (source.high[size]) stock.high = count(*source.high[size]);
    if (stock.high && stock.low > *stock.high) {
        numbers.error(*source.low[size], "is above 'high' (the terminal would ask for what it sends away)",
                      fmt::format("give a 'low' of {} or less, or a 'high' of {} or more", *stock.high, stock.low));
    }
    stock.kept = stock.initial > 0 || stock.low > 0 || stock.high;
}

Demand way_of_empties(const Model& model, Id<Terminal> from, Id<Terminal> to) {
    Demand way;
    way.id = model.terminals[from].id + '.' + model.terminals[to].id;
    way.name = way.id;
    way.from = from;
    way.to = to;
    way.release = ReleaseProcess::listed;
    way.choice = RouteChoice::cheapest;
    way.consignment = {.sizes = {1}, .cumulative = {1.0}};
    way.rank = model.empties.rank;
    way.returns_empties = true;
    way.repositions = true;
    double quarters = 0.0;
    for (const BoxSize size : scenario::kBoxSizes) {
        const auto s = static_cast<std::size_t>(size);
        if (!model.terminals[from].empties[s].high || !asks(model.terminals[to].empties[s])) continue;
        const double teu = scenario::kTeuOfSize[s];
        way.classes.push_back({.size = size,
                               .empty = true,
                               .quarters = static_cast<std::uint32_t>(teu * kQuartersPerTeu),
                               .tonnes = teu * model.empties.tonnes_per_teu});
        quarters += way.classes.back().quarters;
    }
    const auto classes = static_cast<double>(way.classes.size());
    for (std::size_t c = 0; c < way.classes.size(); ++c) {
        way.class_cumulative.push_back(static_cast<double>(c + 1) / classes);
    }
    way.mean_quarters = quarters / std::max(1.0, classes);
    return way;
}

bool can_come(const Compilation& compilation, Id<Terminal> terminal, const BoxClass& box_class) {
    const Model& model = compilation.model;
    if (model.terminals[terminal].empties[static_cast<std::size_t>(box_class.size)].initial > 0) return true;
    return std::ranges::any_of(model.demands, [&](const Demand& demand) {
        const auto is_alike = [&](const BoxClass& other) { return other.size == box_class.size; };
        return demand.returns_empties && demand.to == terminal && std::ranges::any_of(demand.classes, is_alike);
    });
}

void check_supply(Compilation& compilation, Id<Demand> id) {
    const Demand& demand = compilation.model.demands[id];
    for (const BoxClass& box_class : demand.classes) {
        if (!demand.takes_empties || can_come(compilation, demand.from, box_class)) continue;
        const auto& source = compilation.scenario.demands[same<scenario::Demand>(id)];
        compilation.warn(source, subject(demand),
                         fmt::format("waits for ever for {} empties (there is no stock at '{}', and none come there)",
                                     size_name(box_class.size), compilation.model.terminals[demand.from].id),
                         "give the terminal a stock, let a demand return empties there, or reposition them");
        return;
    }
}

void check_is_reached(Compilation& compilation, Id<Terminal> id) {
    const Model& model = compilation.model;
    const Terminal& terminal = model.terminals[id];
    const bool has_low = std::ranges::any_of(terminal.empties, [](const EmptyStock& s) { return s.low > 0; });
    const auto leads_here = [&](Id<Demand> way) { return model.demands[way].to == id; };
    if (!has_low || model.empties.policy == Repositioning::none) return;
    if (std::ranges::any_of(model.empties.ways, leads_here)) return;
    compilation.warn(compilation.scenario.terminals[same<scenario::Terminal>(id)], subject(terminal) + ".empties.low",
                     "no empties can be sent here (no services lead here from a terminal with a 'high' level)",
                     "give another terminal a 'high' level, or add a service");
}

}  // namespace

void compile_empties(Compilation& compilation) {
    Model& model = compilation.model;
    Numbers& numbers = compilation.numbers;
    for (std::size_t t = 0; t < model.terminals.size(); ++t) {
        const auto& source = compilation.scenario.terminals[Id<scenario::Terminal>{t}].empties;
        auto& stocks = model.terminals[Id<Terminal>{t}].empties;
        for (std::size_t size = 0; source && size < stocks.size(); ++size) {
            read_levels(numbers, *source, size, stocks[size]);
        }
    }
    for (const Demand& demand : model.demands) {
        for (const BoxClass& box_class : demand.classes) {
            const auto size = static_cast<std::size_t>(box_class.size);
            EmptyStock& origin = model.terminals[demand.from].empties[size];
            origin.taken = origin.taken || demand.takes_empties;
            origin.kept = origin.kept || demand.takes_empties;
            EmptyStock& destination = model.terminals[demand.to].empties[size];
            destination.kept = destination.kept || demand.returns_empties;
        }
    }
    for (const Terminal& terminal : model.terminals) {
        for (const EmptyStock& stock : terminal.empties) model.empties.kept = model.empties.kept || stock.kept;
    }
    if (const auto& source = compilation.scenario.empties) {
        model.empties.policy = source->policy;
        model.empties.review = numbers.duration(source->review);
        model.empties.look_ahead = numbers.duration(source->look_ahead);
        model.empties.tonnes_per_teu = numbers.not_negative(source->tonnes_per_teu);
    }
}

std::vector<Demand> ways_of_empties(const Model& model) {
    std::vector<Demand> ways;
    if (model.empties.policy == Repositioning::none) return ways;
    for (std::size_t from = 0; from < model.terminals.size(); ++from) {
        const auto& stocks = model.terminals[Id<Terminal>{from}].empties;
        if (std::ranges::none_of(stocks, [](const EmptyStock& stock) { return stock.high.has_value(); })) continue;
        for (std::size_t to = 0; to < model.terminals.size(); ++to) {
            if (from == to) continue;
            Demand way = way_of_empties(model, Id<Terminal>{from}, Id<Terminal>{to});
            if (!way.classes.empty()) ways.push_back(std::move(way));
        }
    }
    return ways;
}

void lint_empties(Compilation& compilation) {
    const Model& model = compilation.model;
    if (!model.empties.kept) return;
    const auto size = compilation.scenario.demands.size();
    for (std::size_t d = 0; d < size; ++d) check_supply(compilation, Id<Demand>{d});
    for (std::size_t t = 0; t < model.terminals.size(); ++t) check_is_reached(compilation, Id<Terminal>{t});
}

}  // namespace corridor::model
