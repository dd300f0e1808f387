#include "scenario/months_form.h"

#include <fmt/format.h>

#include <charconv>
#include <string>

#include "corridor/base/time.h"

namespace corridor::scenario {
namespace {

/// "2020-01" as 2020 * 12 + 0.
std::optional<int> parse_month(std::string_view text) {
    if (text.size() != 7 || !parse_instant(fmt::format("{}-01", text))) return std::nullopt;
    int year = 0;
    int month = 0;
    std::from_chars(text.data(), text.data() + 4, year);
    std::from_chars(text.data() + 5, text.data() + 7, month);
    return year * 12 + month - 1;
}

}  // namespace

std::optional<MonthsForm::Value> MonthsForm::read(Reader& reader, const Item& item) const {
    const Table* const table = item.node.as<Table>();
    if (table == nullptr) {
        reader.error(item, fmt::format("expected a table of months, got {}", describe(item.node)),
                     fmt::format("for example {}", example));
        return std::nullopt;
    }
    Value values;
    for (const auto& [month, node] : *table) {
        const std::optional<int> number = parse_month(month);
        if (!number) {
            Item at = item.at(month, node);
            at.place = node.key;
            reader.error(at, fmt::format("'{}' is not a month", month), "write 2020-01");
            continue;
        }
        if (const auto value = each.read(reader, item.at(month, node))) values.emplace(*number, *value);
    }
    return values;
}

}  // namespace corridor::scenario
