#include "scenario/key.h"

#include <fmt/format.h>

#include <algorithm>

#include "corridor/base/text.h"
#include "scenario/reader.h"

namespace corridor::scenario {
namespace {

using Infos = std::vector<KeyInfo>;

/// "'volume', 'rate' or 'releases'"
std::string quoted_list(const std::vector<std::string_view>& words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view separator = i == 0 ? "" : (i + 1 == words.size() ? " or " : ", ");
        text += fmt::format("{}'{}'", separator, words[i]);
    }
    return text;
}

std::vector<std::string_view> names_of(const Infos& keys) {
    std::vector<std::string_view> names;
    for (const KeyInfo& key : keys) names.push_back(key.name);
    return names;
}

void report_unknown_keys(Reader& reader, const Item& item, const Table& table, const Infos& keys) {
    const std::string_view kind = item.path.empty() ? "table" : "key";
    for (const auto& [name, value] : table) {
        if (find_key(keys, name) != nullptr) continue;
        const std::vector<std::string_view> known = names_of(keys);
        const std::string_view meant = reader.is_crowded() ? "" : nearest(name, known);
        Item at = item.at(name, value);
        at.place = value.key;
        reader.error(at, fmt::format("unknown {} '{}'", kind, name),
                     did_you_mean(meant, fmt::format("known here are {}", fmt::join(known, ", "))));
    }
}

/// The keys of `group` that `table` gives, or all of them.
std::vector<const KeyInfo*> members(const Infos& keys, std::string_view group) {
    std::vector<const KeyInfo*> found;
    for (const KeyInfo& key : keys) {
        if (key.group == group) found.push_back(&key);
    }
    return found;
}

void check_group(Reader& reader, const Item& item, const Table& table, const Infos& keys,
                 const std::vector<const KeyInfo*>& group) {
    std::vector<const KeyInfo*> given;
    for (const KeyInfo* key : group) {
        if (table.contains(key->name)) given.push_back(key);
    }
    if (given.size() > 1) {
        const auto place_of = [&](const KeyInfo* key) { return table.find(key->name)->second.key; };
        std::ranges::sort(given, {}, place_of);
        Item at = item.at(given[1]->name, table.find(given[1]->name)->second);
        at.place = place_of(given[1]);
        reader.error(at, fmt::format("'{}' and '{}' exclude each other", given[0]->name, given[1]->name),
                     "give one of them", {place_of(given[0])});
    }
    const bool is_misspelt =
        std::ranges::any_of(group, [&](const KeyInfo* key) { return is_meant(table, keys, key->name); });
    if (given.empty() && group.front()->presence == Presence::required && !is_misspelt) {
        std::vector<std::string_view> names;
        for (const KeyInfo* key : group) names.push_back(key->name);
        reader.error(item, fmt::format("{} is missing", quoted_list(names)), "give one of them");
    }
}

void check_companion(Reader& reader, const Item& item, const Table& table, const KeyInfo& key) {
    const auto found = table.find(key.name);
    if (found == table.end() || key.companion.empty() || table.contains(key.companion)) return;
    Item at = item.at(key.name, found->second);
    at.place = found->second.key;
    reader.error(at, fmt::format("'{}' has no meaning without '{}'", key.name, key.companion));
}

void check_key(Reader& reader, const Item& item, const Table& table, const Infos& keys, const KeyInfo& key) {
    check_companion(reader, item, table, key);
    if (key.group.empty()) {
        if (key.presence == Presence::required && !table.contains(key.name) && !is_meant(table, keys, key.name)) {
            reader.error(item, fmt::format("'{}' is missing", key.name),
                         fmt::format("for example {} = {}", key.name, key.example));
        }
        return;
    }
    const std::vector<const KeyInfo*> group = members(keys, key.group);
    if (group.front() == &key) check_group(reader, item, table, keys, group);
}

}  // namespace

bool is_meant(const Table& table, const std::vector<KeyInfo>& keys, std::string_view name) {
    return std::ranges::any_of(table, [&](const auto& entry) {
        const bool is_close = find_key(keys, entry.first) == nullptr && !nearest(entry.first, {name}).empty();
        return is_close && nearest(entry.first, names_of(keys)) == name;
    });
}

bool check_keys(Reader& reader, const Item& item, const std::vector<KeyInfo>& keys) {
    const Table* const table = item.node.as<Table>();
    if (table == nullptr) {
        reader.error(item, fmt::format("expected a table, got {}", describe(item.node)));
        return false;
    }
    report_unknown_keys(reader, item, *table, keys);
    for (const KeyInfo& key : keys) check_key(reader, item, *table, keys, key);
    return true;
}

}  // namespace corridor::scenario
