// Waits for timetabled departures: half a headway, the cut-off, and what full vehicles leave behind.
#include <algorithm>
#include <cmath>
#include <optional>

#include "model/subject.h"
#include "model/timetables.h"
#include "study/twin_parts.h"

namespace corridor::study {
namespace {

using model::Dispatch;
using model::Line;
using model::Model;
using model::Stop;
using namespace queueing;

// More places than this take long to solve, and are approximated.
constexpr std::uint64_t kMostPlaces = 5'000;

// Who waits at one boarding stop, per hour.
struct Waiting {
    BatchStreams streams;
    double rate = 0.0;                  ///< containers, of all streams
    double teu = 0.0;                   ///< per container, on average
    std::uint32_t smallest = 0;         ///< quarter TEU of a container
    std::uint32_t largest = 0;          //
    double heaviest = 0.0;              ///< tonnes of a container
    bool carries_repositioned = false;  ///< empties board or pass here
    bool is_steady_and_poisson =
        true;  ///< all come straight from their release, at constant rates, and have no other way
};

struct Gaps {
    double headway = 0.0;    ///< hours, on average
    double mean_wait = 0.0;  ///< of a random instant until the next departure
    double longest = 0.0;
    bool is_regular = false;
};

std::optional<Gaps> gaps_of(const Model& model, const model::Timetable& timetable) {
    if (timetable.exceptions.any()) return std::nullopt;  // which departures they are about is drawn
    if (timetable.headway_ms > 0.0) {
        const double headway = timetable.headway_ms / kMillisecondsPerHour;
        return Gaps{headway, headway / 2.0, headway, true};
    }
    double sum = 0.0;
    double squares = 0.0;
    double longest = 0.0;
    std::size_t count = 0;
    for (std::size_t i = 1; i < timetable.listed.size(); ++i) {
        const Tick time = timetable.listed[i];
        if (time < model.window.from || time >= model.window.to) continue;
        const double gap = static_cast<double>(time - timetable.listed[i - 1]) / kMillisecondsPerHour;
        sum += gap;
        squares += gap * gap;
        longest = std::max(longest, gap);
        ++count;
    }
    if (sum <= 0.0) return std::nullopt;
    return Gaps{sum / static_cast<double>(count), squares / (2.0 * sum), longest, false};
}

class DepartureRows {
  public:
    DepartureRows(std::vector<TheoryRow>& rows, const Basis& basis)
        : rows_(rows),
          model_(basis.model),
          traffic_(basis.traffic),
          loads_(basis.loads),
          waiting_(basis.model.stops.size()) {}

    void run() {
        for (const model::Demand& demand : model_.demands) add_demand(demand);
        for (const Line& line : model_.lines) {
            if (line.dispatch == Dispatch::continuous) continue;
            for (const Id<Stop> stop : model::boarding_stops(line)) add_rows(line, stop);
        }
    }

  private:
    void add_demand(const model::Demand& demand) {
        if (demand.itineraries.empty()) return;
        if (demand.repositions) return note_way_of_empties(demand);
        const Id<model::Leg> first = demand.itineraries.front().first;
        const double rate = consignments_per_hour(model_, demand);
        for (Id<model::Leg> id = first; id.valid(); id = model_.legs[id].next) {
            Waiting& waiting = waiting_[model_.legs[id].board];
            const double before = waiting.rate * waiting.teu;
            waiting.streams.push_back({rate, demand.listed.empty() ? demand.consignment : CountDistribution{}});
            const double containers = moments_of({waiting.streams.back()}).items;
            waiting.rate += containers;
            if (waiting.rate > 0.0) waiting.teu = (before + containers * mean_teu(demand)) / waiting.rate;
            note_sizes(waiting, demand);
            const bool is_poisson =
                demand.release == model::ReleaseProcess::poisson && is_steady(demand) && !demand.patience;
            if (id != first || !is_poisson) waiting.is_steady_and_poisson = false;
        }
        model::for_each_other_leg(model_, demand,
                                  [this](const model::Leg& leg) { waiting_[leg.board].is_steady_and_poisson = false; });
    }

    void note_way_of_empties(const model::Demand& way) {
        model::for_each_leg(model_, way, [this](const model::Leg& leg) {
            for (std::size_t s = leg.board.index(); s < leg.alight.index(); ++s) {
                waiting_[Id<Stop>{s}].carries_repositioned = true;
            }
        });
    }

    static void note_sizes(Waiting& waiting, const model::Demand& demand) {
        for (const model::BoxClass& box : demand.classes) {
            waiting.smallest = waiting.smallest == 0 ? box.quarters : std::min(waiting.smallest, box.quarters);
            waiting.largest = std::max(waiting.largest, box.quarters);
            waiting.heaviest = std::max(waiting.heaviest, box.tonnes);
        }
    }

    void add_rows(const Line& line, Id<Stop> stop) {
        const Waiting& waiting = waiting_[stop];
        if (line.minimum_quarters > 0) return;     // they leave by their load
        if (waiting.carries_repositioned) return;  // how many is not known beforehand
        if (waiting.rate <= 0.0 || traffic_.trips[model_.stops[stop].line] <= 0.0) return;
        if (!model_.stops[stop].shallows.empty()) return;  // room that rises and falls with the water
        add_load(line, stop);
        if (line.dispatch == Dispatch::when_ready) {
            add_ready_wait(stop);
        } else if (line.wagons > 0 || line.keeps_room) {
            return;  // how many containers a departure takes depends on which they are
        } else if (const auto gaps = gaps_of(model_, line.timetable)) {
            add_timetable_wait(line, stop, *gaps);
        }
    }

    double load(Id<Stop> stop) const {
        return loads_.of(model::Resource::slots, model::boarding_subject(model_, stop));
    }

    void add_load(const Line& line, Id<Stop> stop) {
        const double load = this->load(stop);
        const bool is_exact = load < 1.0 && leaves_on_time(line, stop) && waiting_[stop].is_steady_and_poisson;
        rows_.push_back({"load_factor", model::boarding_subject(model_, stop), "share", std::min(load, 1.0),
                         "traffic equations", is_exact ? Standing::exact : Standing::approximation, load});
    }

    // Vehicles come round evenly spread, on average.
    void add_ready_wait(Id<Stop> stop) {
        const double headway = model::length_ms(model_.window) / traffic_.trips[model_.stops[stop].line];
        rows_.push_back({"wait_mean", model::boarding_subject(model_, stop), "h", headway / 2.0 / kMillisecondsPerHour,
                         "half the mean time between vehicles", Standing::approximation, load(stop)});
    }

    void add_timetable_wait(const Line& line, Id<Stop> stop, const Gaps& gaps) {
        const Waiting& waiting = waiting_[stop];
        const double cut_off = static_cast<double>(line.cut_off) / kMillisecondsPerHour;
        const std::uint64_t places = this->places(line, stop);
        const bool is_ample = queueing::is_ample(waiting.streams, gaps.longest, places);
        const bool is_exact = is_known_system(line, stop) && (is_ample || (gaps.is_regular && places <= kMostPlaces));
        const double left = places <= kMostPlaces ? left_behind(waiting.streams, gaps.headway, places)
                                                  : left_by_many(waiting.streams, gaps.headway, places);
        const double load = this->load(stop);
        const double wait =
            load < 1.0 ? gaps.mean_wait + cut_off + left / waiting.rate : std::numeric_limits<double>::infinity();
        const std::string_view method = is_ample ? "timetable with ample room" : "timetable with finite room (Bailey)";
        rows_.push_back({"wait_mean", model::boarding_subject(model_, stop), "h", wait, method,
                         is_exact && load < 1.0 ? Standing::exact : Standing::approximation, load});
    }

    // Containers that fit, where those on board from earlier stops take their places.
    std::uint64_t places(const Line& line, Id<Stop> stop) const {
        const Waiting& waiting = waiting_[stop];
        const double trips = traffic_.trips[model_.stops[stop].line];
        const double aboard =
            traffic_.stops[stop].teu_aboard / trips - traffic_.stops[stop].boarding * waiting.teu / trips;
        const double teu = static_cast<double>(line.capacity_quarters) / model::kQuartersPerTeu - std::max(0.0, aboard);
        return static_cast<std::uint64_t>(std::max(0.0, std::floor(teu / waiting.teu + 1e-9)));
    }

    // Kingman's bound (1962) for the walk of what is left behind; tight under heavy traffic.
    static double left_by_many(const BatchStreams& streams, double headway, std::uint64_t places) {
        if (queueing::is_ample(streams, headway, places)) return 0.0;
        const BatchMoments moments = moments_of(streams);
        const double room = static_cast<double>(places) - moments.items * headway;
        return room > 0.0 ? moments.squares * headway / (2.0 * room) : std::numeric_limits<double>::infinity();
    }

    // Whether every departure is on time with all who were ready at its cut-off.
    bool leaves_on_time(const Line& line, Id<Stop> id) const {
        const Stop& stop = model_.stops[id];
        const model::Facility& facility = model_.facilities[stop.facility];
        const model::Terminal& terminal = model_.terminals[stop.terminal];
        const bool is_free = !terminal.lets_in() && !terminal.yard_cranes.valid() &&
                             !model_.services[line.service].fleet.valid() && facility.berths == model::kUnlimited &&
                             is_zero(facility.entry_time) && !facility.tugs &&
                             facility.cranes.cranes == model::kUnlimited && terminal.open.empty() &&
                             !facility.berths_disrupted && !facility.cranes.is_disrupted && !line.is_disrupted;
        const auto* const move = std::get_if<FixedLaw>(&facility.cranes.move_time);
        return is_free && move != nullptr && move->value_ms <= static_cast<double>(line.cut_off);
    }

    bool is_known_system(const Line& line, Id<Stop> stop) const {
        const Waiting& waiting = waiting_[stop];
        const double teu = static_cast<double>(line.capacity_quarters) / model::kQuartersPerTeu;
        const bool is_light = line.payload_t == 0.0 || teu / waiting.teu * waiting.heaviest <= line.payload_t;
        return waiting.is_steady_and_poisson && waiting.smallest == waiting.largest && is_light &&
               stop == line.first_stop && leaves_on_time(line, stop);
    }

    std::vector<TheoryRow>& rows_;
    const Model& model_;
    const model::Traffic& traffic_;
    const Loads& loads_;
    IdVector<Stop, Waiting> waiting_;
};

}  // namespace

void add_departure_rows(std::vector<TheoryRow>& rows, const Basis& basis) { DepartureRows(rows, basis).run(); }

}  // namespace corridor::study
