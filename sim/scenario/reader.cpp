#include "scenario/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "scenario/evidence.h"
#include "scenario/keys.h"
#include "scenario/quantity_form.h"
#include "scenario/quantity_rules.h"

namespace corridor::scenario {
namespace {

const Node kNoTable{.value = Table{}};

}  // namespace

Reader::Reader(const Node& tree, const Texts& texts, Findings& findings)
    : tree_(tree), texts_(texts), findings_(findings) {}

Scenario Reader::read() {
    const Item root{tree_, "", tree_.place};
    document_keys().read(*this, root, scenario_);
    scenario_.quantities = std::move(quantities_);
    check_evidence(scenario_, places_, findings_);
    return std::move(scenario_);
}

void Reader::error(const Item& item, std::string message, std::string hint, std::vector<Place> related) {
    ++fault_count_;
    if (item.node.as<std::monostate>() != nullptr) return;
    findings_.error({item.place, item.path, std::move(message), std::move(hint), std::move(related)});
}

void Reader::warning(const Item& item, std::string message, std::string hint) {
    findings_.warning({item.place, item.path, std::move(message), std::move(hint)});
}

Place Reader::place_within(const Item& item, std::size_t offset) const {
    Place place = item.place;
    const std::string_view line = texts_.line(place);
    if (item.origin == Origin::assumed_default || place.column == 0 || place.column > line.size()) return place;
    const char first = line[place.column - 1];
    const bool is_quoted = first == '"' || first == '\'';
    place.column += static_cast<std::uint32_t>(offset) + (is_quoted ? 1 : 0);
    return place;
}

const Roster& Reader::roster(const Item& item) {
    const auto known = rosters_.find(item.path);
    if (known != rosters_.end()) return known->second;
    const Roster& roster = rosters_.emplace(item.path, Roster(item)).first->second;
    check_roster(item, roster, findings_);
    return roster;
}

const Roster& Reader::roster(std::string_view kind) {
    const Node* const table = child(tree_, kind);
    return roster(Item{table == nullptr ? kNoTable : *table, std::string(kind), tree_.place});
}

std::optional<std::size_t> Reader::find_position(std::string_view kind, const Item& item) {
    const std::string* const id = item.node.as<std::string>();
    if (id == nullptr) {
        error(item, fmt::format("expected the id of a {}, got {}", kind, describe(item.node)));
        return std::nullopt;
    }
    const Roster& known = roster(kind);
    const std::int64_t position = known.position(*id);
    if (position >= 0) return static_cast<std::size_t>(position);
    ++fault_count_;
    // Where the whole table is misspelt, which is reported, its entities are no news.
    const bool is_misspelt = !is_crowded() && is_meant(*tree_.as<Table>(), document_keys().infos(), kind);
    const auto candidates = is_crowded() ? std::vector<std::string_view>{} : known.ids();
    if (!is_misspelt) findings_.error(unknown_entity(item.place, item.path, kind, *id, candidates));
    return std::nullopt;
}

Param Reader::add(Quantity quantity, Place place) {
    quantity.place = source_place(place);
    quantity.value = evaluate(quantity, [this](Param operand) { return quantities_[operand].value; });
    places_.push_back(place);
    return quantities_.push_back(std::move(quantity));
}

std::optional<Param> Reader::find_quantity(const Item& item) {
    const std::optional<std::size_t> position = find_position(kKind<Quantity>, item);
    if (!position) return std::nullopt;
    const auto start = std::ranges::find(quantities_being_read_, *position);
    if (start == quantities_being_read_.end()) return read_named_quantity(*position);

    const auto& entries = roster(kKind<Quantity>).entries();
    std::string chain;
    for (auto step = start; step != quantities_being_read_.end(); ++step) {
        chain += fmt::format("{} -> ", entries[*step].id);
    }
    error(item, fmt::format("a quantity is made from itself ({}{})", chain, entries[*position].id));
    return std::nullopt;
}

std::optional<Param> Reader::read_named_quantity(std::size_t position) {
    constexpr std::size_t kDeepest = 100;
    const Roster& named = roster(kKind<Quantity>);
    named_quantities_.resize(named.entries().size());
    if (const NamedQuantity& known = named_quantities_[position]; known.was_read) {
        if (!known.param) ++fault_count_;
        return known.param;
    }

    const Roster::Entry& entry = named.entries()[position];
    const Item item{*entry.node, fmt::format("{}.{}", kKind<Quantity>, entry.id), entry.node->place};
    std::optional<Param> param;
    if (quantities_being_read_.size() < kDeepest) {
        quantities_being_read_.push_back(position);
        param = any_quantity().read(*this, item);
        quantities_being_read_.pop_back();
    } else {
        error(item, fmt::format("more than {} quantities are made from one another", kDeepest));
    }
    named_quantities_[position] = {true, param};
    return param;
}

}  // namespace corridor::scenario
