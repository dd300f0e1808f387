#include "scenario/hash.h"

#include <fmt/format.h>

#include <cstdint>
#include <string_view>

namespace corridor::scenario {
namespace {

/// FNV-1a, 64 bits (Fowler, Noll, Vo; RFC 9923).
std::uint64_t fnv1a(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3ULL;
    }
    return hash;
}

}  // namespace

std::string scenario_hash(const Node& tree) {
    Node copy = tree;
    if (Node* const run = child(copy, "run")) {
        if (Table* const table = run->as<Table>()) {
            table->erase("seed");
            table->erase("replications");
            if (table->empty()) copy.as<Table>()->erase("run");
        }
    }
    std::string text;
    write_canonical(copy, text);
    return fmt::format("{:016x}", fnv1a(text));
}

}  // namespace corridor::scenario
