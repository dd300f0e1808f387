#include "scenario/merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace corridor::scenario {
namespace {

using Infos = std::vector<KeyInfo>;

bool has_any_of(const Table& table, const Infos& keys) {
    return std::ranges::any_of(keys, [&](const KeyInfo& key) { return table.contains(key.name); });
}

/// The form of table that `table` is written in, among those that `shape` allows; nullptr where it is none.
const Shape* find_table_shape(const Shape& shape, const Table& table) {
    if (shape.keys != nullptr && has_any_of(table, *shape.keys)) return &shape;
    for (const Shape& part : shape.parts) {
        if (const Shape* const found = find_table_shape(part, table)) return found;
    }
    return nullptr;
}

/// The same, for the whole shape of a key: where only one form is allowed, a table is meant to have it.
const Shape* form_of(const Shape& shape, const Table& table) {
    return shape.kind == Shape::Kind::table ? &shape : find_table_shape(shape, table);
}

class Merger {
  public:
    std::vector<Replaced> replaced;

    void merge(Node& base, Node over, const Shape& shape, const std::string& path) {
        Table* const entries = over.as<Table>();
        if (shape.kind == Shape::Kind::by_id || shape.kind == Shape::Kind::by_month) {
            if (entries != nullptr && base.as<Table>() != nullptr)
                return merge_by_id(base, std::move(*entries), shape, path);
            return replace(base, std::move(over), path);
        }
        const Shape* const form = entries == nullptr ? nullptr : form_of(shape, *entries);
        const bool is_whole_anew = form == nullptr || std::ranges::any_of(*form->keys, [&](const KeyInfo& key) {
                                       return key.merge == Merge::whole_table && entries->contains(key.name);
                                   });
        if (is_whole_anew || !spell_out(base, *form)) return replace(base, std::move(over), path);
        for (auto& [key, value] : *entries) merge_key(*base.as<Table>(), key, std::move(value), *form->keys, path);
    }

  private:
    static std::string join(const std::string& path, const std::string& key) {
        return path.empty() ? key : fmt::format("{}.{}", path, key);
    }

    void replace(Node& base, Node over, const std::string& path) {
        if (base.as<Table>() != nullptr) replaced.push_back({path, over.place, std::move(base)});
        base = std::move(over);
    }

    void merge_by_id(Node& base, Table&& over, const Shape& shape, const std::string& path) {
        Table& entities = *base.as<Table>();
        for (auto& [id, value] : over) {
            const auto found = entities.find(id);
            if (found == entities.end()) {
                entities.emplace(id, std::move(value));
            } else {
                merge(found->second, std::move(value), shape.parts.front(), join(path, id));
            }
        }
    }

    /// Turns a plain value into the table it stands for; false where it stands for none.
    static bool spell_out(Node& base, const Shape& form) {
        const Table* const table = base.as<Table>();
        if (table != nullptr && (form.plain_means.empty() || has_any_of(*table, *form.keys))) return true;
        if (form.plain_means.empty()) return false;
        Table spelled_out;
        for (const std::string_view key : form.plain_means) spelled_out.emplace(key, base);
        base.value = std::move(spelled_out);
        return true;
    }

    void merge_key(Table& base, const std::string& name, Node value, const Infos& keys, const std::string& path) {
        const KeyInfo* const info = find_key(keys, name);
        if (info != nullptr) drop_excluded(base, *info, keys);
        const auto found = base.find(name);
        if (found == base.end()) {
            base.emplace(name, std::move(value));
        } else if (info == nullptr) {
            found->second = std::move(value);
        } else {
            merge(found->second, std::move(value), info->shape, join(path, name));
        }
    }

    /// Takes away the keys that `chosen` excludes, and those that only had a meaning beside them.
    static void drop_excluded(Table& base, const KeyInfo& chosen, const Infos& keys) {
        if (chosen.group.empty()) return;
        for (const KeyInfo& other : keys) {
            if (other.group != chosen.group || other.name == chosen.name || base.erase(std::string(other.name)) == 0)
                continue;
            for (const KeyInfo& key : keys) {
                if (key.companion == other.name) base.erase(std::string(key.name));
            }
        }
    }
};

}  // namespace

std::vector<Replaced> merge(Node& base, Node over, const Shape& shape) {
    Merger merger;
    merger.merge(base, std::move(over), shape, "");
    return std::move(merger.replaced);
}

}  // namespace corridor::scenario
