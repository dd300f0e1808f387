#include "study/reading_sum.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "model/subject.h"

namespace corridor::study {
namespace {

using model::Leg;
using model::Model;
using model::Stop;
using model::Subject;

// Parts that name one of several things exclude each other where they differ.
bool exclude_each_other(const Subject& a, const Subject& b) {
    const auto differ = [](const auto& x, const auto& y) { return x && y && *x != *y; };
    const bool months = a.month && b.month && a.month->from != b.month->from;
    const bool stops = a.terminal.valid() && b.terminal.valid() && a.terminal != b.terminal;
    const bool users = a.demand.valid() && b.demand.valid() && a.demand != b.demand;
    return differ(a.direction, b.direction) || differ(a.empty, b.empty) || differ(a.facility, b.facility) || months ||
           stops || users;
}

std::string name_of(const Subject& subject) {
    return subject.id.empty() ? std::string(subject.kind) : fmt::format("{}.{}", subject.kind, subject.id);
}

// Whether a link between two stops of a line is wanted.
template <class Wanted>
bool any_hop(const Model& model, Id<Stop> first, Id<Stop> last, const Wanted& is_wanted) {
    for (std::size_t stop = first.index(); stop < last.index(); ++stop) {
        if (std::ranges::any_of(model.stops[Id<Stop>{stop}].hop.links, is_wanted)) return true;
    }
    return false;
}

// Whether a vehicle goes over both on one trip, so that those on board are counted on either.
bool one_trip_uses(const Model& model, Id<model::Link> a, Id<model::Link> b) {
    return std::ranges::any_of(model.lines, [&](const model::Line& line) {
        const Id<Stop> last{line.first_stop.index() + line.stop_count - 1};
        const auto uses = [&](Id<model::Link> link) {
            return any_hop(model, line.first_stop, last, [&](const auto& use) { return use.link == link; });
        };
        return uses(a) && uses(b);
    });
}

// Where rides are counted, taken from a subject of a measure of containers.
class Rides {
  public:
    Rides(const Model& model, std::string_view measure, const Subject& subject)
        : model_(model),
          subject_(subject),
          mode_(measure.ends_with("_shipped")  ? std::optional(model::Mode::waterway)
                : measure.ends_with("_railed") ? std::optional(model::Mode::railway)
                                               : std::nullopt) {}

    bool counts_line(const model::Line& line) const {
        const Id<Stop> last{line.first_stop.index() + line.stop_count - 1};
        return counts_ride(line.service, line.first_stop, last);
    }

    bool counts_leg(const Leg& leg) const {
        if (subject_.demand.valid() && leg.demand != subject_.demand) return false;
        const auto& classes = model_.demands[leg.demand].classes;
        const bool has_class = !subject_.empty || std::ranges::any_of(classes, [&](const model::BoxClass& box) {
            return box.empty == *subject_.empty;
        });
        return has_class && counts_ride(model_.lines[leg.line].service, leg.board, leg.alight);
    }

  private:
    bool counts_ride(Id<model::Service> id, Id<Stop> board, Id<Stop> alight) const {
        const model::Service& service = model_.services[id];
        if (mode_ && service.mode != *mode_) return false;
        if (subject_.kind == "link") return uses_link(board, alight);
        if (subject_.kind == "service" && service.id != subject_.id) return false;
        if (subject_.kind == "terminal") return handles_at(board) || handles_at(alight);
        return starts_right(board, alight);
    }

    bool uses_link(Id<Stop> board, Id<Stop> alight) const {
        const Id<model::Link> link = model::find_id(model_.links, subject_.id);
        return any_hop(model_, board, alight, [&](const model::LinkUse& use) {
            return use.link == link && (!subject_.direction || use.direction == *subject_.direction);
        });
    }

    // The direction of a service is that at the stop of boarding.
    bool starts_right(Id<Stop> board, Id<Stop> alight) const {
        for (std::size_t i = board.index(); i < alight.index(); ++i) {
            const Stop& stop = model_.stops[Id<Stop>{i}];
            const bool is_direction = !subject_.direction || stop.hop.direction == *subject_.direction;
            const bool is_terminal = !subject_.terminal.valid() || stop.terminal == subject_.terminal;
            if (is_direction && is_terminal) return true;
        }
        return false;
    }

    bool handles_at(Id<Stop> id) const {
        const Stop& stop = model_.stops[id];
        const bool is_facility = !subject_.facility || model_.facilities[stop.facility].mode == *subject_.facility;
        return is_facility && model_.terminals[stop.terminal].id == subject_.id;
    }

    const Model& model_;
    const Subject& subject_;
    std::optional<model::Mode> mode_;
};

bool is_called_in_background(const Model& model, const Subject& subject) {
    return subject.kind == "terminal" && std::ranges::any_of(model.backgrounds, [&](const model::Background& b) {
               return model.terminals[model.facilities[b.facility].terminal].id == subject.id;
           });
}

}  // namespace

bool is_additive(const MeasureDescription& measure) {
    constexpr std::array<std::string_view, 5> kCounts{"containers", "TEU", "TEU-km", "departures", "lifts"};
    constexpr std::array<std::string_view, 6> kNoCounts{"_mean", "_sd", "_p95", "_p99", "_max", "_per_departure"};
    const auto ends = [&](std::string_view end) { return measure.name.ends_with(end); };
    return std::ranges::find(kCounts, measure.unit) != kCounts.end() && std::ranges::none_of(kNoCounts, ends);
}

std::string overlap(const Model& model, std::string_view a, std::string_view b) {
    if (a == b) return fmt::format("'{}' is there twice", a);
    const auto left = model::parse_subject(model, a);
    const auto right = model::parse_subject(model, b);
    if (!left || !right || exclude_each_other(*left, *right)) return "";
    if (left->kind == "total" || right->kind == "total") return "the total counts everything";
    if (left->kind != right->kind)
        return fmt::format("both count what a {} carries over a {}", left->kind, right->kind);
    if (left->id == right->id) return fmt::format("both count {}", name_of(*left));
    if (left->kind != "link") return "";
    const bool is_twice =
        one_trip_uses(model, model::find_id(model.links, left->id), model::find_id(model.links, right->id));
    return is_twice ? "one trip goes over both" : "";
}

Emptiness emptiness(const Model& model, const MeasureDescription& measure, std::string_view text) {
    const auto subject = model::parse_subject(model, text);
    const bool counts_rides = is_additive(measure) && measure.unit != "departures";
    const bool is_place = subject && subject->kind != "demand" && !is_called_in_background(model, *subject);
    if (!counts_rides || !is_place) return {};
    const Rides rides(model, measure.name, *subject);
    const auto runs = [&](const model::Line& line) { return rides.counts_line(line); };
    if (std::ranges::none_of(model.lines, runs)) return {"no service runs there", true};
    const auto carries = [&](const Leg& leg) { return rides.counts_leg(leg); };
    if (std::ranges::none_of(model.legs, carries)) return {"no demand goes that way", false};
    return {};
}

}  // namespace corridor::study
