#include "scenario/evidence.h"

#include <fmt/format.h>

#include <deque>
#include <string>
#include <utility>
#include <vector>

namespace corridor::scenario {
namespace {

/// How a source leads to a reported figure: by the next source on the way, or by being cited by the figure itself.
struct Lead {
    const Reported* figure = nullptr;
    Id<Source> next;
};

using Leads = IdVector<Source, Lead>;

/// The sources derived from each source.
IdVector<Source, std::vector<Id<Source>>> descendants(const IdVector<Source>& sources) {
    IdVector<Source, std::vector<Id<Source>>> result(sources.size());
    for (std::size_t i = 0; i < sources.size(); ++i) {
        for (const Id<Source> origin : sources[Id<Source>{i}].derived_from) result[origin].push_back(Id<Source>{i});
    }
    return result;
}

using Descendants = IdVector<Source, std::vector<Id<Source>>>;

/// The shortest leads from figures of one use, to sources that have none yet. What was fitted to a figure for
/// calibration is meant to be an input.
void add_leads(const Scenario& scenario, const Descendants& derived, FigureUse use, Leads& leads) {
    std::deque<Id<Source>> open;
    for (const Reported& figure : scenario.reported) {
        if (figure.use != use) continue;
        for (const Id<Source> source : figure.sources) {
            if (leads[source].figure != nullptr) continue;
            leads[source].figure = &figure;
            open.push_back(source);
        }
    }
    for (; !open.empty(); open.pop_front()) {
        for (const Id<Source> descendant : derived[open.front()]) {
            const bool is_fit =
                use == FigureUse::calibrate && scenario.sources[descendant].kind == SourceKind::calibrated;
            if (is_fit || leads[descendant].figure != nullptr) continue;
            leads[descendant] = {leads[open.front()].figure, open.front()};
            open.push_back(descendant);
        }
    }
}

/// Of every source that has one. Figures to validate against come first: theirs is the graver fault.
Leads find_leads(const Scenario& scenario) {
    Leads leads(scenario.sources.size());
    const Descendants derived = descendants(scenario.sources);
    for (const FigureUse use : {FigureUse::validate, FigureUse::calibrate}) add_leads(scenario, derived, use, leads);
    return leads;
}

/// "source 'F003', derived from 'F001', which reported.shipped cites"
std::string describe_lead(const Scenario& scenario, const Leads& leads, Id<Source> source) {
    std::string text = fmt::format("source '{}'", scenario.sources[source].id);
    Id<Source> last = source;
    while (leads[last].next.valid()) {
        last = leads[last].next;
        text += fmt::format(", derived from '{}'", scenario.sources[last].id);
    }
    return fmt::format("{}, which reported.{} cites", text, leads[last].figure->id);
}

Finding describe_fault(const Scenario& scenario, const Leads& leads, const Quantity& quantity, Id<Source> source,
                       Place place) {
    const std::string chain = describe_lead(scenario, leads, source);
    if (leads[source].figure->use == FigureUse::validate) {
        return {place, quantity.path,
                fmt::format("an input rests on a figure that the model is tested against ({})", chain),
                "take the number from another source, or do not validate against the figure"};
    }
    return {place, quantity.path, fmt::format("an input rests on a figure that the model is calibrated to ({})", chain),
            "take the number from another source: a figure counts once, as an input or in the calibration"};
}

}  // namespace

void check_evidence(const Scenario& scenario, const IdVector<Quantity, Place>& places, Findings& findings) {
    const Leads leads = find_leads(scenario);
    std::vector<bool> is_figure(scenario.quantities.size());
    for (const Reported& figure : scenario.reported) {
        if (figure.value.valid()) is_figure[figure.value.index()] = true;
    }
    for (std::size_t i = 0; i < scenario.quantities.size(); ++i) {
        if (is_figure[i]) continue;
        const Param param{i};
        for (const Id<Source> source : scenario.quantities[param].sources) {
            if (leads[source].figure == nullptr) continue;
            findings.error(describe_fault(scenario, leads, scenario.quantities[param], source, places[param]));
        }
    }
}

}  // namespace corridor::scenario
