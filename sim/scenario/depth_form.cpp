#include "scenario/depth_form.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenario/quantity_form.h"
#include "scenario/time_form.h"

namespace corridor::scenario {
namespace {

QuantityForm depth() { return quantity(kLength, kPositive); }

struct StepRow {
    std::optional<Instant> from;
    Param depth;
};

const Keys<StepRow>& step_keys() {
    static const Keys<StepRow> keys{
        Key<StepRow>("from", &StepRow::from, InstantForm{})
            .required()
            .means("Since when it is so deep.")
            .example("2020-02-10"),
        Key<StepRow>("depth", &StepRow::depth, depth()).required().means("How deep.").example("\"2.9 m\""),
    };
    return keys;
}

}  // namespace

Shape DepthForm::shape() const {
    return {.kind = Shape::Kind::any_of, .parts = {depth().shape(), list_of(TableForm<StepRow>{step_keys()}).shape()}};
}

std::optional<DepthForm::Value> DepthForm::read(Reader& reader, const Item& item) const {
    if (item.node.as<Array>() == nullptr) {
        const auto constant = depth().read(reader, item);
        return constant ? std::optional(Value{{Instant{}, *constant}}) : std::nullopt;
    }
    const auto rows = list_of(TableForm<StepRow>{step_keys()}).read(reader, item);
    if (!rows) return std::nullopt;
    Value steps;
    for (const StepRow& row : *rows) {
        if (row.from) steps.push_back({*row.from, row.depth});
    }
    std::ranges::stable_sort(steps, {}, &DepthStep::from);
    const auto twice = std::ranges::adjacent_find(steps, {}, &DepthStep::from);
    if (twice != steps.end()) {
        reader.error(item, fmt::format("the depth from {} on is given twice", format_instant(twice->from)),
                     "leave one out");
    }
    return steps;
}

std::vector<DepthStep> depth_steps(const std::map<int, Param>& by_month) {
    constexpr int kMonths = 12;
    std::vector<DepthStep> steps;
    for (const auto& [key, depth] : by_month) {
        const auto month = std::chrono::month{static_cast<unsigned>(key % kMonths) + 1};
        steps.push_back({std::chrono::local_days{std::chrono::year{key / kMonths} / month / 1}, depth});
    }
    return steps;
}

}  // namespace corridor::scenario
