// Empty containers: the stocks of terminals, and what is done about those that are where nobody needs them.
#include <algorithm>

#include "corridor/scenario/limits.h"
#include "scenario/keys.h"
#include "scenario/quantity_form.h"

namespace corridor::scenario {
namespace {

constexpr Bounds kEmpties{.low = 0, .high = kMostEmpties};
constexpr Bounds kStockPriorities{.low = 0, .high = 9};
constexpr Bounds kReviews{.low = 1};  // h

template <BoxSize S>
std::optional<Param>& of_size(CountBySize& counts) {
    return counts[static_cast<std::size_t>(S)];
}

const Keys<CountBySize>& count_by_size_keys() {
    const auto key = [](std::string_view name, auto member, std::string_view meaning) {
        return Key<CountBySize>(name, member, count(kEmpties)).means(meaning).example("40");
    };
    static const Keys<CountBySize> keys{
        key("ft20", &of_size<BoxSize::ft20>, "Containers of 20 ft (1 TEU)."),
        key("ft40", &of_size<BoxSize::ft40>, "Containers of 40 ft (2 TEU)."),
        key("ft45", &of_size<BoxSize::ft45>, "Containers of 45 ft (2.25 TEU)."),
    };
    return keys;
}

}  // namespace

const Keys<EmptyStock>& empty_stock_keys() {
    const TableForm<CountBySize> counts{count_by_size_keys()};
    static const Keys<EmptyStock> keys{
        Key<EmptyStock>("stock", &EmptyStock::stock, counts)
            .means("Empty containers at the start of the warm-up, by size; default: none.")
            .example("{ ft20 = 40, ft40 = 20 }"),
        Key<EmptyStock>("low", &EmptyStock::low, counts)
            .means("Level below which the terminal asks for empties, by size; default: 0, so that it asks for what "
                   "containers wait for.")
            .example("{ ft20 = 10 }"),
        Key<EmptyStock>("high", &EmptyStock::high, counts)
            .means("Level above which it sends empties where they are asked for, by size; default: it sends none.")
            .example("{ ft20 = 60 }"),
    };
    return keys;
}

const Keys<Empties>& empties_keys() {
    static const Keys<Empties> keys{
        Key<Empties>(
            "policy", &Empties::policy,
            ChoiceForm<Repositioning>{
                {"none", Repositioning::none}, {"threshold", Repositioning::threshold}, {"plan", Repositioning::plan}})
            .or_else("\"none\"")
            .means("How what is above the high levels is sent to where stocks are below the low ones: not at all, the "
                   "nearest pair of terminals first (`threshold`), or such that all together travel as little as "
                   "possible (`plan`).")
            .example("\"plan\""),
        Key<Empties>("review", &Empties::review, quantity(kDuration, kReviews))
            .or_else("\"24 h\"")
            .means("Time from one look at the stocks to the next; the first is at the start of the warm-up.")
            .example("\"12 h\""),
        Key<Empties>("look_ahead", &Empties::look_ahead, quantity(kDuration))
            .or_else("\"0 h\"")
            .means("Both levels rise by what demands are expected to take within this time.")
            .example("\"7 d\""),
        Key<Empties>("tonnes_per_teu", &Empties::tonnes_per_teu, quantity(kMassPerTeu))
            .or_else("\"2 t/TEU\"")
            .means("Mass of an empty TEU that is repositioned.")
            .example("\"2.2 t/TEU\""),
        Key<Empties>("priority", &Empties::priority, WholeForm<int>{kStockPriorities})
            .means("Of repositioned containers at cranes and for boarding; default: after all demands.")
            .example("0"),
    };
    return keys;
}

void check_empties(Reader& reader, const Item& item, Empties& empties) {
    const Node* const policy = child(item.node, "policy");
    if (policy == nullptr || empties.policy == Repositioning::none) return;
    const auto sends = [](const Terminal& terminal) {
        const auto is_given = [](const std::optional<Param>& high) { return high.has_value(); };
        return terminal.empties && std::ranges::any_of(terminal.empties->high, is_given);
    };
    if (std::ranges::any_of(reader.scenario().terminals, sends)) return;
    reader.error(item.at("policy", *policy), "there is nothing to send (no terminal has a 'high' level of empties)",
                 "for example [terminal.ID.empties] with high = { ft20 = 60 }");
}

}  // namespace corridor::scenario
