#include <fmt/format.h>

#include "calendar.h"
#include "compilation.h"
#include "corridor/base/random.h"

namespace corridor::model {
namespace {

std::uint32_t places(Numbers& numbers, const scenario::Places& count) {
    return count ? numbers.count(*count, 1, scenario::kMostPlaces) : kUnlimited;
}

Facility facility(Numbers& numbers, const scenario::Terminal& terminal, Mode mode) {
    const std::string stream = fmt::format("{}/{}", terminal.name, mode_name(mode));
    Facility result;
    result.mode = mode;
    result.entry_stream = stream_key("entry", stream);
    result.cranes.stream = stream_key("moves", stream);
    if (const auto& berths = terminal.berths[static_cast<std::size_t>(mode)]) {
        result.berths = places(numbers, berths->count);
        result.entry_time = numbers.law(berths->entry_time);
    }
    if (const auto& cranes = terminal.cranes[static_cast<std::size_t>(mode)]) {
        result.cranes.cranes = places(numbers, cranes->count);
        result.cranes.move_time = numbers.law(cranes->move_time);
    }
    return result;
}

bool handles(const scenario::Terminal& terminal, Mode mode) {
    const auto m = static_cast<std::size_t>(mode);
    return terminal.berths[m] || terminal.cranes[m];
}

}  // namespace

void compile_terminals(Compilation& compilation) {
    const scenario::Scenario& scenario = compilation.scenario;
    Model& model = compilation.model;
    for (const scenario::Terminal& source : scenario.terminals) {
        Terminal terminal;
        terminal.id = source.id;
        terminal.name = source.name;
        terminal.transfer_time = compilation.numbers.duration(source.transfer_time);
        terminal.open = opening_windows(source, model.origin, compilation.calendar_end);
        const bool restricted = !source.opening.empty() || !source.calendar.empty();
        if (restricted && (terminal.open.empty() || terminal.open.front().from >= model.window.to)) {
            compilation.error(source, "terminal." + source.id,
                              fmt::format("is never open within the run ({} to {})", format_instant(model.origin),
                                          format_instant(scenario.end)),
                              "leave out the services that call here, or change 'opening' or 'closed'");
        }
        const Id<Terminal> id{model.terminals.size()};
        for (const Mode mode : scenario::kModes) {
            if (!handles(source, mode)) continue;
            Facility handling = facility(compilation.numbers, source, mode);
            handling.terminal = id;
            terminal.facilities[static_cast<std::size_t>(mode)] = model.facilities.push_back(std::move(handling));
        }
        model.terminals.push_back(std::move(terminal));
    }
}

}  // namespace corridor::model
