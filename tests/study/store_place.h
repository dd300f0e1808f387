// A place for a store in a test, and what is said when a store is refused.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "corridor/study/store.h"
#include "tools/shell.h"

namespace corridor {

/// A folder of its own, with the name of a store in it.
class Store : public tests::Scratch {
  public:
    std::string file() const { return (path() / "s.sqlite").string(); }
};

/// What a use of a store is refused with.
template <class Use>
std::string refusal(const Use& use, StoreError::Kind kind) {
    try {
        use();
    } catch (const StoreError& error) {
        CHECK(error.kind() == kind);
        return error.what();
    }
    return "";
}

inline std::string without(std::string text, const std::string& part) {
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part)) text.erase(at, part.size());
    return text;
}

inline std::vector<Record> all_of(StoreReader& store) {
    std::vector<Record> records;
    store.read([&records](const Record& record) { records.push_back(record); });
    return records;
}

}  // namespace corridor
