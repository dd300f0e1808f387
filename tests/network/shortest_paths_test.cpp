#include "corridor/network/shortest_paths.h"

#include <doctest/doctest.h>

namespace corridor::network {
namespace {

using Path = std::vector<std::uint32_t>;

//  0 -5-> 1 -5-> 2 -5-> 3      arcs 0, 1, 2
//  0 -------12--> 2            arc 3
//  3 -1-> 0                    arc 4
ShortestPaths ring() { return {5, {{0, 1, 5}, {1, 2, 5}, {2, 3, 5}, {0, 2, 12}, {3, 0, 1}}}; }

TEST_CASE("The shortest path is a list of arcs in order of travel, with its cost") {
    ShortestPaths paths = ring();
    paths.search(0, {3});
    CHECK(paths.settled(3));
    CHECK(paths.lower_bound(3) == 15);
    CHECK(paths.path(3) == Path{0, 1, 2});
    CHECK(paths.path(0).empty());
}

TEST_CASE("A search stops at its targets, and no node it left is nearer than the last one settled") {
    ShortestPaths paths = ring();
    paths.search(0, {1});
    CHECK(paths.settled(1));
    CHECK_FALSE(paths.settled(3));
    CHECK(paths.lower_bound(3) == 5);
}

TEST_CASE("A node that nothing leads to is unreachable") {
    ShortestPaths paths = ring();
    paths.search(0, {4});
    CHECK_FALSE(paths.settled(4));
    CHECK(paths.lower_bound(4) == kUnreachable);
}

TEST_CASE("One search leaves no trace in the next") {
    ShortestPaths paths = ring();
    paths.search(0, {3});
    paths.search(3, {1});
    CHECK(paths.lower_bound(1) == 6);
    CHECK(paths.path(1) == Path{4, 0});
    CHECK_FALSE(paths.settled(2));
}

TEST_CASE("Edges that cost nothing are edges like any other") {
    ShortestPaths paths(3, {{0, 1, 0}, {1, 2, 0}, {2, 0, 0}});
    paths.search(0, {2});
    CHECK(paths.lower_bound(2) == 0);
    CHECK(paths.path(2) == Path{0, 1});
}

TEST_CASE("Of two paths of the same cost the one over earlier arcs is taken") {
    ShortestPaths paths(4, {{0, 1, 1}, {0, 2, 1}, {1, 3, 1}, {2, 3, 1}});
    paths.search(0, {3});
    CHECK(paths.path(3) == Path{0, 2});
}

}  // namespace
}  // namespace corridor::network
