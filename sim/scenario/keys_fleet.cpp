#include <algorithm>

#include "corridor/scenario/limits.h"
#include "scenario/by_terminal_form.h"
#include "scenario/keys.h"

namespace corridor::scenario {

const Keys<Fleet>& fleet_keys() {
    static const Keys<Fleet> keys{
        name_key<Fleet>(),
        Key<Fleet>("vehicles", &Fleet::vehicles,
                   ByTerminalForm{count({.low = 1, .high = kMostVehicles}), "{ guoyuan = 3 }"})
            .required()
            .means("How many vehicles wait where at the beginning.")
            .example("{ yibin = 1, guoyuan = 2 }"),
        Key<Fleet>("repositioning", &Fleet::repositioning,
                   ChoiceForm<EmptyRuns>{
                       {"none", EmptyRuns::none}, {"on-demand", EmptyRuns::on_demand}, {"home", EmptyRuns::home}})
            .or_else("\"none\"")
            .means(
                "Empty runs: never; the nearest vehicle that waits elsewhere is fetched where a departure finds none; "
                "or one that finds nothing to do goes back to where fewer wait than at the beginning.")
            .example("\"on-demand\""),
    };
    return keys;
}

void check_fleet(Reader& reader, const Item& item, Fleet& fleet) {
    const Node* const vehicles = child(item.node, "vehicles");
    const Table* const table = vehicles == nullptr ? nullptr : vehicles->as<Table>();
    if (table != nullptr && table->empty()) {
        reader.error(item.at("vehicles", *vehicles), "a fleet needs vehicles", "for example { guoyuan = 3 }");
    }
    std::ranges::sort(fleet.vehicles, {}, &AtTerminal::terminal);
}

}  // namespace corridor::scenario
