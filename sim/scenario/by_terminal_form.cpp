#include "scenario/by_terminal_form.h"

#include <fmt/format.h>

namespace corridor::scenario {

std::optional<std::vector<AtTerminal>> ByTerminalForm::read(Reader& reader, const Item& item) const {
    const Table* const table = item.node.as<Table>();
    if (table == nullptr) {
        reader.error(item, fmt::format("expected a table of terminals, got {}", describe(item.node)),
                     fmt::format("for example {}", example));
        return std::nullopt;
    }
    Value values;
    for (const auto& [id, node] : *table) {
        const Node name{.value = id, .place = node.key, .key = node.key};
        const auto terminal = reader.find<Terminal>({name, fmt::format("{}.{}", item.path, id), node.key});
        const auto value = form.read(reader, item.at(id, node));
        if (terminal && value) values.push_back({*terminal, *value});
    }
    return values;
}

}  // namespace corridor::scenario
