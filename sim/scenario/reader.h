// What is known while a scenario is read: who can be referred to, the quantities so far, and what was found wrong.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/scenario/scenario.h"
#include "scenario/findings.h"
#include "scenario/item.h"
#include "scenario/roster.h"

namespace corridor::scenario {

/// The table of a kind of entity, and its word in messages.
template <class T>
inline constexpr std::string_view kKind = {};
template <>
inline constexpr std::string_view kKind<Source> = "source";
template <>
inline constexpr std::string_view kKind<Quantity> = "quantity";
template <>
inline constexpr std::string_view kKind<Terminal> = "terminal";
template <>
inline constexpr std::string_view kKind<Link> = "link";
template <>
inline constexpr std::string_view kKind<Lock> = "lock";
template <>
inline constexpr std::string_view kKind<VehicleType> = "vehicle";
template <>
inline constexpr std::string_view kKind<Fleet> = "fleet";
template <>
inline constexpr std::string_view kKind<Service> = "service";
template <>
inline constexpr std::string_view kKind<Demand> = "demand";
template <>
inline constexpr std::string_view kKind<Background> = "background";
template <>
inline constexpr std::string_view kKind<Disruption> = "disruption";
template <>
inline constexpr std::string_view kKind<Reported> = "reported";

class Reader {
  public:
    /// `tree` and `texts` must outlive the reader.
    Reader(const Node& tree, const Texts& texts, Findings& findings);

    /// The whole scenario; meaningful only where no error was found.
    Scenario read();

    /// What has been read so far; kinds are read in the order of the root's keys.
    const Scenario& scenario() const { return scenario_; }

    /// Reports a fault of an item; nothing more is said of one that has been reported before it was read.
    void error(const Item& item, std::string message, std::string hint = {}, std::vector<Place> related = {});
    void warning(const Item& item, std::string message, std::string hint = {});

    /// Whether there are so many errors that what was meant is no longer worth a search.
    bool is_crowded() const { return findings_.is_crowded(); }

    /// How often something could not be read, whether it was worth a message or not: where it grows, parts are missing.
    std::size_t fault_count() const { return fault_count_; }
    /// The place of a byte of a text: escapes before it would shift it, and are rare where this is of use.
    Place place_within(const Item& item, std::size_t offset) const;
    SourcePlace source_place(Place place) const { return texts_.source_place(place); }

    /// The entities in `item`, a table by id; checked when first asked for.
    const Roster& roster(const Item& item);
    const Roster& roster(std::string_view kind);

    /// The entity whose id is the text in `item`.
    template <class T>
    std::optional<Id<T>> find(const Item& item) {
        const std::optional<std::size_t> position = find_position(kKind<T>, item);
        return position ? std::optional(Id<T>{*position}) : std::nullopt;
    }

    /// The position of the entity of a kind whose id is the text in `item`.
    std::optional<std::size_t> find_position(std::string_view kind, const Item& item);

    /// Appends a quantity that stands at `place`; its operands are already there. Returns where to look it up.
    Param add(Quantity quantity, Place place);
    const Quantity& quantity(Param param) const { return quantities_[param]; }

    /// The named quantity whose name is the text in `item`, read now if it was not before.
    std::optional<Param> find_quantity(const Item& item);
    std::optional<Param> read_named_quantity(std::size_t position);

  private:
    struct NamedQuantity {
        bool was_read = false;
        std::optional<Param> param;
    };

    const Node& tree_;
    const Texts& texts_;
    Findings& findings_;
    Scenario scenario_;
    QuantityTable quantities_;
    IdVector<Quantity, Place> places_;
    std::map<std::string, Roster, std::less<>> rosters_;
    std::vector<NamedQuantity> named_quantities_;
    std::vector<std::size_t> quantities_being_read_;
    std::size_t fault_count_ = 0;
};

}  // namespace corridor::scenario
