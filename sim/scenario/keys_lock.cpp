#include <fmt/format.h>

#include "corridor/scenario/limits.h"
#include "scenario/keys.h"
#include "scenario/quantity_form.h"

namespace corridor::scenario {
namespace {

constexpr Bounds kChambers{.low = 1, .high = kMostPlaces};

template <Direction D>
std::optional<Param>& rate_of(LockTraffic& traffic) {
    return traffic.rate[static_cast<std::size_t>(D)];
}

const Keys<LockTraffic>& traffic_keys() {
    static const Keys<LockTraffic> keys{
        Key<LockTraffic>("downstream", &rate_of<Direction::forward>, quantity(kFrequency))
            .means("Vessels per time that come from above.")
            .example("\"70 /day\""),
        Key<LockTraffic>("upstream", &rate_of<Direction::backward>, quantity(kFrequency))
            .means("Vessels per time that come from below.")
            .example("\"70 /day\""),
        Key<LockTraffic>("length", &LockTraffic::length, quantity(kLength, kPositive))
            .only_with("beam")
            .means("Of each, where the chambers have a length and a width.")
            .example("\"100 m\""),
        Key<LockTraffic>("beam", &LockTraffic::beam, quantity(kLength, kPositive))
            .only_with("length")
            .means("Its greatest width.")
            .example("\"16 m\""),
    };
    return keys;
}

/// Reports `key` where its companion is missing.
void expect_together(Reader& reader, const Item& item, std::string_view key, std::string_view other,
                     std::string_view example) {
    const Node* const given = child(item.node, key);
    if (given == nullptr || child(item.node, other) != nullptr) return;
    reader.error(item.at(key, *given), fmt::format("'{}' is missing ('{}' needs it)", other, key),
                 fmt::format("for example {} = {}", other, example));
}

void check_traffic(Reader& reader, const Item& item, const Lock& lock) {
    const Node* const traffic = child(item.node, "traffic");
    if (traffic == nullptr || !lock.traffic || !lock.chamber_length || lock.traffic->length) return;
    reader.error(item.at("traffic", *traffic),
                 "'length' and 'beam' are missing (the chambers have a length and a width)",
                 "for example length = \"100 m\", beam = \"16 m\"");
}

}  // namespace

const Keys<Lock>& lock_keys() {
    static const Keys<Lock> keys{
        name_key<Lock>(),
        Key<Lock>("link", &Lock::link, ReferenceForm<Link>{"the id of a link"})
            .required()
            .means("The waterway on which it stands; its `from` is above.")
            .example("\"yichang-shashi\""),
        Key<Lock>("at", &Lock::at, quantity(kLength))
            .means("How far from the beginning of the link; default: half-way.")
            .example("\"38 km\""),
        Key<Lock>("chambers", &Lock::chambers, count(kChambers))
            .or_else("1")
            .means("How many, all alike; with one-way operation for each direction.")
            .example("2"),
        Key<Lock>("operation", &Lock::operation,
                  ChoiceForm<LockOperation>{{"two-way", LockOperation::two_way}, {"one-way", LockOperation::one_way}})
            .or_else("\"two-way\"")
            .means("Whether a chamber takes vessels up and down in turn, or one direction only and returns empty.")
            .example("\"one-way\""),
        Key<Lock>("places", &Lock::places, count(kChambers))
            .required()
            .one_of("room")
            .means("How many vessels a chamber holds.")
            .example("4"),
        Key<Lock>("chamber_length", &Lock::chamber_length, quantity(kLength, kPositive))
            .required()
            .one_of("room")
            .means("Of a chamber that holds the vessels whose length and beam fit.")
            .example("\"280 m\""),
        Key<Lock>("chamber_width", &Lock::chamber_width, quantity(kLength, kPositive))
            .only_with("chamber_length")
            .means("Its width.")
            .example("\"34 m\""),
        Key<Lock>("entering_time", &Lock::entering_time, quantity(kDuration))
            .or_else("\"0 h\"")
            .means("Time of each vessel to enter and moor, one after the other.")
            .example("\"10 min\""),
        Key<Lock>("leaving_time", &Lock::leaving_time, quantity(kDuration))
            .or_else("\"0 h\"")
            .means("Time of each vessel to leave, one after the other.")
            .example("\"5 min\""),
        Key<Lock>("cycle_time", &Lock::cycle_time, quantity(kDuration))
            .required()
            .one_of("pace")
            .means("Time to fill and to empty a chamber, half of it each way.")
            .example("\"1 h\""),
        Key<Lock>("filling_time", &Lock::filling_time, quantity(kDuration))
            .required()
            .one_of("pace")
            .means("Time to fill a chamber: of a lockage upstream.")
            .example("\"20 min\""),
        Key<Lock>("emptying_time", &Lock::emptying_time, quantity(kDuration))
            .only_with("filling_time")
            .means("Time to empty a chamber: of a lockage downstream.")
            .example("\"20 min\""),
        Key<Lock>("start", &Lock::start,
                  ChoiceForm<LockStart>{{"at-once", LockStart::when_waiting}, {"when-full", LockStart::when_full}})
            .or_else("\"at-once\"")
            .means(
                "Whether a lockage begins as soon as a chamber is idle and a vessel waits, or when the chamber takes "
                "no more.")
            .example("\"when-full\""),
        Key<Lock>("longest_wait", &Lock::longest_wait, quantity(kDuration))
            .means("A vessel does not wait longer for a full chamber; default: for ever.")
            .example("\"1 h\""),
        Key<Lock>("traffic", &Lock::traffic, TableForm<LockTraffic>{traffic_keys()})
            .means("Vessels that pass the lock at random and are not modelled further.")
            .example("{ downstream = \"70 /day\", upstream = \"70 /day\" }"),
    };
    return keys;
}

void check_lock(Reader& reader, const Item& item, Lock& lock) {
    const Node* const link = child(item.node, "link");
    if (lock.link.valid() && reader.scenario().links[lock.link].mode != Mode::waterway) {
        reader.error(item.at("link", *link), fmt::format("link '{}' is a railway (only a waterway has locks)",
                                                         reader.scenario().links[lock.link].id));
    }
    expect_together(reader, item, "chamber_length", "chamber_width", "\"34 m\"");
    expect_together(reader, item, "filling_time", "emptying_time", "\"20 min\"");
    check_traffic(reader, item, lock);
    const Node* const longest = child(item.node, "longest_wait");
    if (longest != nullptr && lock.start != LockStart::when_full) {
        reader.error(item.at("longest_wait", *longest), "'longest_wait' has no meaning (no lockage waits to be full)",
                     "give start = \"when-full\"");
    }
}

}  // namespace corridor::scenario
