// Commands that show a scenario without running it.
#include "commands.h"
#include "corridor/report/assumptions.h"
#include "corridor/report/network_report.h"
#include "corridor/scenario/reader.h"
#include "exit_code.h"
#include "loading.h"

namespace corridor::tools {

int assumptions(const Options& options, const Console& console) {
    const auto scenario = load_scenario(options, console);
    if (!scenario) return kBadInput;
    const std::vector<Assumption> all = corridor::assumptions(*scenario);
    if (options.format == Format::json) return console.print(assumptions_json(*scenario, all, command_text(options)));
    if (options.format == Format::csv) return console.print(assumptions_csv(all));
    return console.print(assumptions_text(all, options.shows_everything ? Defaults::listed : Defaults::counted));
}

int show(const Options& options, const Console& console) {
    const auto scenario = load_scenario(options, console);
    if (!scenario) return kBadInput;
    switch (options.format) {
        case Format::dot:
            return console.print(network_dot(*scenario));
        case Format::geojson:
            return console.print(network_geojson(*scenario));
        case Format::json:
            return console.print(network_json(*scenario, command_text(options)));
        default:
            return console.print(network_text(*scenario));
    }
}

int schema(const Options& options, const Console& console) {
    const bool is_reference = options.schema == SchemaForm::reference;
    return console.print(is_reference ? scenario::key_reference() : scenario::json_schema());
}

}  // namespace corridor::tools
