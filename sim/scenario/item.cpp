#include "scenario/item.h"

#include <fmt/format.h>

#include <stdexcept>

#include "scenario/toml.h"

namespace corridor::scenario {

Item Item::at(std::string_view key, const Node& value) const {
    Item item = unwritten(key, value);
    item.origin = origin;
    if (origin == Origin::written) {
        item.place = value.place;
    }
    return item;
}

Item Item::at(std::size_t index, const Node& value) const {
    return {value, fmt::format("{}[{}]", path, index), origin == Origin::written ? value.place : place, origin};
}

Item Item::unwritten(std::string_view key, const Node& value) const {
    return {value, path.empty() ? std::string(key) : fmt::format("{}.{}", path, key), place, Origin::assumed_default};
}

std::string_view Item::key() const { return std::string_view(path).substr(path.rfind('.') + 1); }

Node parse_constant(std::string_view toml) {
    std::optional<Node> value = parse_toml_value(toml, {});
    if (!value) {
        throw std::logic_error(fmt::format("key table: '{}' is not TOML", toml));
    }
    return *std::move(value);
}

}  // namespace corridor::scenario
