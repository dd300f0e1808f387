#include <algorithm>

#include "compilation.h"
#include "corridor/base/contract.h"
#include "corridor/base/random.h"

namespace corridor::model {
namespace {

void add_calls(Compilation& compilation, const scenario::Background& source, Background& background) {
    for (const scenario::Background::Call& call : source.listed) {
        const Tick stay = compilation.numbers.duration(call.stay);
        if (call.time < compilation.model.origin) continue;
        background.listed.push_back({.time = (call.time - compilation.model.origin).count(), .stay = stay});
    }
    std::stable_sort(background.listed.begin(), background.listed.end(),
                     [](const Background::Call& a, const Background::Call& b) { return a.time < b.time; });
}

double calls_per_ms(Compilation& compilation, scenario::Param rate) {
    const double per_ms = compilation.numbers.not_negative(rate) / kMillisecondsPerHour;
    if (per_ms * static_cast<double>(compilation.model.window.to) <= scenario::kMostDepartures) return per_ms;
    compilation.numbers.error(rate, "gives more than 10,000,000 calls in one run", "give fewer calls of more moves");
    return 0.0;
}

}  // namespace

void compile_backgrounds(Compilation& compilation) {
    Model& model = compilation.model;
    for (const scenario::Background& source : compilation.scenario.backgrounds) {
        Background background;
        background.id = source.id;
        background.name = source.name;
        const Terminal& terminal = model.terminals[same<Terminal>(source.terminal)];
        background.facility = terminal.facilities[static_cast<std::size_t>(source.mode)];
        expects(background.facility.valid(), "vehicles call only where they are handled");
        background.arrivals = source.arrivals;
        if (source.rate) background.per_ms = calls_per_ms(compilation, *source.rate);
        add_calls(compilation, source, background);
        background.moves = compilation.numbers.counts(source.moves, 0);
        background.teu_per_move = compilation.numbers.not_negative(source.teu_per_move);
        background.stay = compilation.numbers.law(source.stay);
        background.stream = stream_key("background", source.name);
        model.backgrounds.push_back(std::move(background));
    }
}

}  // namespace corridor::model
