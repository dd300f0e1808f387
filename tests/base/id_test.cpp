#include "corridor/base/id.h"

#include <doctest/doctest.h>

#include <type_traits>
#include <unordered_set>

namespace corridor {
namespace {

struct Terminal {
    int berths = 0;
};
struct Service {};

static_assert(!std::is_convertible_v<Id<Terminal>, Id<Service>>);
static_assert(!std::is_convertible_v<int, Id<Terminal>>);
static_assert(!std::is_convertible_v<Id<Terminal>, int>);
static_assert(!std::is_constructible_v<Id<Terminal>, Id<Service>>);
static_assert(!std::is_invocable_v<decltype([](auto& table, auto id) -> decltype(table[id]) { return table[id]; }),
                                   IdVector<Terminal>&, Id<Service>>);

TEST_CASE("An id is invalid until it is given one") {
    CHECK_FALSE(Id<Terminal>{}.valid());
    CHECK(Id<Terminal>{0}.valid());
    CHECK(Id<Terminal>{7}.index() == 7);
}

TEST_CASE("Ids compare in the order of their table and can be hashed") {
    CHECK(Id<Terminal>{1} < Id<Terminal>{2});
    CHECK(Id<Terminal>{2} == Id<Terminal>{2});
    const std::unordered_set<Id<Terminal>> seen{Id<Terminal>{1}, Id<Terminal>{2}, Id<Terminal>{1}};
    CHECK(seen.size() == 2);
}

TEST_CASE("A table hands out the ids that index it") {
    IdVector<Terminal> terminals;
    const Id<Terminal> luzhou = terminals.push_back({.berths = 2});
    const Id<Terminal> yibin = terminals.push_back({.berths = 3});
    CHECK(terminals.size() == 2);
    CHECK(terminals[luzhou].berths == 2);
    terminals[yibin].berths = 4;
    CHECK(terminals[yibin].berths == 4);
}

}  // namespace
}  // namespace corridor
