// What a replication must never do, and the books of its end: every container released is accounted for.
#include "audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "model/subject.h"
#include "replication.h"

namespace corridor::engine {
namespace {

std::string name(const model::BoxClass& box_class) {
    return fmt::format("{} {}", box_class.empty ? "empty" : "laden", model::size_name(box_class.size));
}

std::string hours_of(Tick time) { return format_duration(Duration{time}); }

}  // namespace

Finding check_books(const model::Demand& demand, const model::BoxClass& box_class, std::uint64_t released,
                    std::uint64_t accounted) {
    if (released == accounted) {
        return std::nullopt;
    }
    return fmt::format("{}: released {} {} containers but accounts for {}", subject(demand), released, name(box_class),
                       accounted);
}

Finding check_load(const model::Service& service, const model::Line& line, const Load& load) {
    if (load.quarters > line.capacity_quarters) {
        return fmt::format("{}: a vehicle leaves with {} TEU on board and has room for {}", subject(service),
                           static_cast<double>(load.quarters) / model::kQuartersPerTeu,
                           static_cast<double>(line.capacity_quarters) / model::kQuartersPerTeu);
    }
    if (line.wagons > 0 && !fit_on_wagons(load.by_size, line.wagons, line.teu_per_wagon)) {
        const auto [ft20, ft40, ft45] = load.by_size;
        return fmt::format("{}: {} containers of 20 ft, {} of 40 ft and {} of 45 ft leave on {} wagons of {} TEU",
                           subject(service), ft20, ft40, ft45, line.wagons, line.teu_per_wagon);
    }
    if (line.payload_t > 0.0 && load.tonnes > line.payload_t + 2.0 * kGram) {
        return fmt::format("{}: a vehicle leaves with {} t on board and may carry {} t", subject(service), load.tonnes,
                           line.payload_t);
    }
    return std::nullopt;
}

Finding check_draught(const model::Service& service, double payload_t, const Load& load) {
    if (load.tonnes <= payload_t + 2.0 * kGram) {
        return std::nullopt;
    }
    return fmt::format("{}: a vehicle leaves with {} t on board where the depth allows {} t", subject(service),
                       load.tonnes, payload_t);
}

Finding check_berths(const model::Model& model, const model::Facility& facility, std::uint32_t taken,
                     std::uint32_t there) {
    const std::string_view places = facility.mode == model::Mode::waterway ? "berths" : "tracks";
    if (taken != there) {
        return fmt::format("{}: {} {} are taken, but {} vehicles are there", model::facility_subject(model, facility),
                           taken, places, there);
    }
    if (facility.berths == model::kUnlimited || there <= facility.berths) {
        return std::nullopt;
    }
    return fmt::format("{}: {} vehicles at {} {}", model::facility_subject(model, facility), there, facility.berths,
                       places);
}

Finding check_tugs(const model::Model& model, const model::Facility& facility, std::uint32_t free) {
    if (!facility.tugs || free <= facility.tugs->count) {
        return std::nullopt;
    }
    return fmt::format("{}: {} of {} tugs are free", model::facility_subject(model, facility), free,
                       facility.tugs->count);
}

Finding check_departure(const model::Service& service, Tick departure, Tick loaded) {
    if (departure >= loaded) {
        return std::nullopt;
    }
    return fmt::format("{}: a vehicle leaves {} before its last container is loaded", subject(service),
                       hours_of(loaded - departure));
}

Finding check_boarded(const model::Service& service, std::size_t boarded, std::size_t booked) {
    if (booked == boarded) {
        return std::nullopt;
    }
    return fmt::format("{}: {} containers have boarded, {} are booked", subject(service), boarded, booked);
}

Finding check_yard(const model::Terminal& terminal, std::int64_t fewest) {
    if (fewest >= 0) {
        return std::nullopt;
    }
    return fmt::format("{}: {} containers in the yard", subject(terminal), fewest);
}

Finding check_empties(const model::Terminal& terminal, model::BoxSize size, const EmptiesBook& book) {
    if (book.initial + book.returned == book.at_hand + book.taken + book.sent) {
        return std::nullopt;
    }
    return fmt::format("{}: {} empty {} containers at first and {} returned, but {} at hand, {} taken and {} sent",
                       subject(terminal), book.initial, model::size_name(size), book.returned, book.at_hand, book.taken,
                       book.sent);
}

Finding check_room(const model::Terminal& terminal, std::uint64_t taken) {
    if (!terminal.yard || taken <= terminal.yard->capacity_quarters) {
        return std::nullopt;
    }
    return fmt::format("{}: {} TEU in a yard for {} TEU", subject(terminal),
                       static_cast<double>(taken) / model::kQuartersPerTeu,
                       static_cast<double>(terminal.yard->capacity_quarters) / model::kQuartersPerTeu);
}

Finding check_fleet(const model::Model& model, const model::Fleet& fleet, std::uint32_t accounted) {
    if (fleet.services.empty() || fleet.vehicles == accounted) {
        return std::nullopt;
    }
    const std::string who = fleet.is_shared() ? subject(fleet) : subject(model.services[fleet.services.front()]);
    return fmt::format("{}: of {} vehicles, {} are on trips, in layovers, on empty runs or waiting", who,
                       fleet.vehicles, accounted);
}

Finding check_clock(Tick now, Tick next) {
    if (next >= now) {
        return std::nullopt;
    }
    return fmt::format("time runs backwards by {}", hours_of(now - next));
}

Finding check_time_use(std::int64_t in_system, std::int64_t explained) {
    if (in_system == explained) {
        return std::nullopt;
    }
    return fmt::format("containers were in the system for {} and account for {}", hours_of(in_system),
                       hours_of(explained));
}

void Replication::breach(std::string reason) { status_ = {RunState::broken, std::move(reason), now_}; }

void Replication::hold(const Finding& finding) {
    if (finding) {
        breach(*finding);
    }
}

/// Every vehicle of a fleet is on a trip, comes to a pool or waits in one.
Finding Replication::audit_fleets() const {
    IdVector<model::Fleet, std::uint32_t> accounted(model_.fleets.size());
    for (std::size_t p = 0; p < pools_.size(); ++p) {
        accounted[model_.pools.items()[p].fleet] += pools_[p].available + pools_[p].coming;
    }
    for (std::size_t v = 0; v < vehicle_count_; ++v) {
        const Id<model::Line> line = vehicles_[v].line;
        if (line.valid() && model_.lines[line].pool.valid()) {
            ++accounted[model_.services[model_.lines[line].service].fleet];
        }
    }
    for (std::size_t f = 0; f < model_.fleets.size(); ++f) {
        const Id<model::Fleet> id{f};
        if (auto finding = check_fleet(model_, model_.fleets[id], accounted[id])) {
            return finding;
        }
    }
    return std::nullopt;
}

/// Every vehicle that has been given a berth, and has not left it, has taken one.
Finding Replication::audit_berths() const {
    std::vector<std::uint32_t> there(facilities_.size());
    for (std::size_t v = 0; v < vehicle_count_; ++v) {
        const Vehicle& vehicle = vehicles_[v];
        const bool calls = vehicle.line.valid() || vehicle.background.valid();
        if (calls && vehicle.entered >= 0) {
            ++there[facility_of(vehicle).index()];
        }
    }
    for (std::size_t f = 0; f < facilities_.size(); ++f) {
        if (auto finding = check_berths(model_, model_.facilities.items()[f], facilities_[f].busy, there[f])) {
            return finding;
        }
    }
    return std::nullopt;
}

/// Released = delivered + gone by road + turned away + waiting + on board + in handling or in transit, for every demand
/// and class of container.
RunStatus Replication::audit() const {
    for (auto finding : {audit_fleets(), audit_berths()}) {
        if (finding) {
            return {RunState::broken, *std::move(finding), now_};
        }
    }
    std::vector<std::vector<std::uint64_t>> accounted;
    for (const DemandTally& tally : tally_.demands) {
        accounted.push_back(tally.delivered_of_class);
        for (std::size_t c = 0; c < accounted.back().size(); ++c) {
            accounted.back()[c] += tally.unfinished_of_class[c] + tally.by_road_of_class[c] + tally.lost_of_class[c];
        }
    }
    const auto count = [&](const Box& box) { ++accounted[leg_of(box).demand.index()][box.box_class]; };
    for (const StopState& stop : stops_) {
        stop.line.for_each(count);
        for (const WaitingLine& line : stop.behind) {
            line.for_each(count);
        }
    }
    // Who is being loaded is on board already.
    const auto count_request = [&](const CraneRequest& request) {
        using By = CraneRequest::By;
        const bool aboard = request.by == By::vehicle_to_load || request.by == By::vehicle_from_stack ||
                            request.by == By::vehicle_to_vehicle;
        if (!aboard && request.by != CraneRequest::By::background) {
            count(request.box);
        }
    };
    for (const FacilityState& facility : facilities_) {
        if (facility.queue_of_moves) {
            facility.queue_of_moves->for_each_waiting(count_request);
            facility.queue_of_moves->for_each_in_hand(count_request);
        }
    }
    for (std::size_t v = 0; v < vehicle_count_; ++v) {
        std::for_each(vehicles_[v].cargo.begin(), vehicles_[v].cargo.end(), count);
    }
    for (const SoloTerminal& terminal : solo_) {
        for (const SoloMove& move : terminal.moves) {
            const bool is_delivered = move.what == SoloMove::What::emptied || move.what == SoloMove::What::collect;
            if (!is_delivered) {
                count(move.box);
            }
        }
    }
    for (const YardState& yard : yards_) {
        std::for_each(yard.outside.begin(), yard.outside.end(), count);
        for (const Landing& landing : yard.landing) {
            count(landing.request.box);
        }
    }
    for (const StockState& stock : stocks_) {
        std::for_each(stock.waiting.begin(), stock.waiting.end(), count);
    }
    for (std::size_t d = 0; d < accounted.size(); ++d) {
        const model::Demand& demand = model_.demands.items()[d];
        const auto& released = tally_.demands.items()[d].released_of_class;
        for (std::size_t c = 0; c < released.size(); ++c) {
            if (auto finding = check_books(demand, demand.classes[c], released[c], accounted[d][c])) {
                return {RunState::broken, *std::move(finding), now_};
            }
        }
    }
    if (auto finding = audit_empties()) {
        return {RunState::broken, *std::move(finding), now_};
    }
    return {};
}

}  // namespace corridor::engine
