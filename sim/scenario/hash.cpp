#include "scenario/hash.h"

#include <fmt/format.h>

#include "corridor/base/hash.h"

namespace corridor::scenario {
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
