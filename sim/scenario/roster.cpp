#include "scenario/roster.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "corridor/base/text.h"

namespace corridor::scenario {
namespace {

std::string_view name_of(const Node& node, std::string_view id) {
    const Node* const name = child(node, "name");
    const std::string* const text = name == nullptr ? nullptr : name->as<std::string>();
    return text == nullptr ? id : std::string_view(*text);
}

}  // namespace

Roster::Roster(const Item& item) {
    const Table* const table = item.node.as<Table>();
    if (table == nullptr) return;
    for (const auto& [id, node] : *table) entries_.push_back({name_of(node, id), id, &node});
    std::ranges::sort(entries_, {}, [](const Entry& entry) { return std::tie(entry.name, entry.id); });
    for (const Entry& entry : entries_) positions_.emplace(entry.id, static_cast<std::int64_t>(positions_.size()));
}

std::int64_t Roster::position(std::string_view id) const {
    const auto found = positions_.find(id);
    return found == positions_.end() ? -1 : found->second;
}

std::vector<std::string_view> Roster::ids() const {
    std::vector<std::string_view> ids;
    for (const Entry& entry : entries_) ids.push_back(entry.id);
    return ids;
}

Finding unknown_entity(Place place, std::string path, std::string_view kind, std::string_view id,
                       const std::vector<std::string_view>& known) {
    return {place, std::move(path), fmt::format("unknown {} '{}'", kind, id),
            did_you_mean(nearest(id, known), fmt::format("define it as [{}.{}]", kind, id))};
}

}  // namespace corridor::scenario
