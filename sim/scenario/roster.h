// The entities of one kind, before they are read: who there is, and in which order.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/findings.h"
#include "scenario/item.h"

namespace corridor::scenario {

/// The tables of one kind in the order of their names (bytes of UTF-8), which is the order of the scenario's ids.
class Roster {
  public:
    struct Entry {
        std::string_view name;
        std::string_view id;
        const Node* node;
    };

    /// The tables in `item`; a name that is no text counts as absent here and is reported where the entity is read.
    explicit Roster(const Item& item);

    const std::vector<Entry>& entries() const { return entries_; }

    /// Position of the entity with this id; -1 for none.
    std::int64_t position(std::string_view id) const;

    std::vector<std::string_view> ids() const;

  private:
    std::vector<Entry> entries_;
    std::map<std::string_view, std::int64_t> positions_;
};

/// That there is no entity of a kind with this id; suggests the nearest of `known`, or to define it.
Finding unknown_entity(Place place, std::string path, std::string_view kind, std::string_view id,
                       const std::vector<std::string_view>& known);

/// Reports ids that are no good as names of things in files, messages and tables, and entities that are hard to tell
/// apart: ids that differ only by case or by Unicode composition, and equal names.
void check_roster(const Item& item, const Roster& roster, Findings& findings);

}  // namespace corridor::scenario
