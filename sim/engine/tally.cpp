#include "tally.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "model/calendar.h"

namespace corridor::engine {

void TimeByMonth::start(std::size_t subjects, const model::Window& window, const std::vector<Tick>& month_ends) {
    windows_.clear();
    Tick begin = window.from;
    for (const Tick end : month_ends) {
        windows_.push_back({begin, end});
        begin = end;
    }
    months_ = windows_.size();
    seen_ = 0;
    spent_.assign(subjects * months_, 0);
}

void TimeByMonth::share_out(std::size_t subject, Tick from, Tick to, const std::vector<model::Window>& open) {
    for (auto month = model::first_after(windows_, from); month != windows_.end() && month->from < to; ++month) {
        const auto number = static_cast<std::size_t>(month - windows_.begin());
        spent_[subject * months_ + number] +=
            model::open_time(open, {std::max(from, month->from), std::min(to, month->to)});
        seen_ = number;
    }
}

namespace {

/// Whether anything costs or emits by what is only counted for that.
bool counts_rides(const model::Model& model) {
    return model.shares_runs || model.charges_storage || model.counts_direct_lifts();
}

}  // namespace

Tally::Tally(const model::Model& model)
    : window(model.window),
      demands(model.demands.size()),
      stops(model.stops.size()),
      lines(model.lines.size()),
      facilities(model.facilities.size()),
      breakdowns(model.facilities.size()),
      terminals(model.terminals.size()),
      backgrounds(model.backgrounds.size()),
      headways(model.stops.size()),
      fleets(model.fleets.size()),
      empties(model.empties.kept ? stock_index(Id<model::Terminal>{model.terminals.size()}, 0) : 0),
      shortages(model.empties.kept ? model.demands.size() : 0),
      locks(model.locks.size()),
      links(model.links.size()) {
    const auto has_shallows = [](const model::Stop& stop) { return !stop.shallows.empty(); };
    if (std::any_of(model.stops.begin(), model.stops.end(), has_shallows)) {
        depths = IdVector<model::Stop, DepthTally>(model.stops.size());
    }
    for (const model::Month& month : model.months) {
        month_ends.push_back(month.to);
    }
    for (const model::Leg& leg : model.legs) {
        const std::size_t classes = model.demands[leg.demand].classes.size();
        boarded.emplace_back(model.months.size(), classes);
        if (counts_rides(model)) {
            rides.push_back(
                {.stored_ms = std::vector<std::int64_t>(classes), .direct = std::vector<std::uint64_t>(classes)});
        }
    }
    for (std::size_t d = 0; d < demands.size(); ++d) {
        const std::size_t classes = model.demands.items()[d].classes.size();
        DemandTally& tally = demands.items()[d];
        tally.delivered_by_month = ClassCounts(model.months.size(), classes);
        tally.within.resize(model.delivered_within.size());
        tally.released_of_class.resize(classes);
        tally.delivered_of_class.resize(classes);
        tally.by_road_of_class.resize(classes);
        tally.lost_of_class.resize(classes);
        tally.unfinished_of_class.resize(classes);
        tally.sent_by_road.resize(classes);
        tally.stored_at_origin_ms.resize(classes);
        tally.stored_at_end_ms.resize(classes);
    }
}

void Headways::leave(Tick time, bool counts) {
    const Tick headway = time - last_;
    if (counts && last_ >= 0) {
        first_ = count_ == 0 ? headway : first_;
        const auto off = static_cast<double>(headway - first_);
        ++count_;
        sum_ += off;
        squares_ += off * off;
    }
    last_ = time;
}

double Headways::mean_ms() const { return static_cast<double>(first_) + sum_ / static_cast<double>(count_); }

double Headways::variation() const {
    const auto n = static_cast<double>(count_);
    const double variance = (squares_ - sum_ * sum_ / n) / n;
    return std::sqrt(std::max(0.0, variance)) / mean_ms();
}

Period Tally::period_of(Tick time) const {
    if (time < window.from) {
        return Period::before();
    }
    if (time >= window.to) {
        return Period::after();
    }
    const auto later = [time](Tick end) { return time < end; };
    const auto found = std::find_if(month_ends.begin(), month_ends.end(), later);
    return Period::in_month(static_cast<std::size_t>(found - month_ends.begin()));
}

namespace {

void reset_demand(DemandTally& tally) {
    tally.released = tally.released_in_window = 0;
    tally.in_system_ms = 0;
    tally.delivered_by_month.clear();
    tally.door_to_door.clear();
    std::fill(tally.within.begin(), tally.within.end(), 0U);
    std::fill(tally.released_of_class.begin(), tally.released_of_class.end(), 0U);
    std::fill(tally.delivered_of_class.begin(), tally.delivered_of_class.end(), 0U);
    tally.by_road = tally.lost = 0;
    std::fill(tally.lost_of_class.begin(), tally.lost_of_class.end(), 0U);
    std::fill(tally.by_road_of_class.begin(), tally.by_road_of_class.end(), 0U);
    std::fill(tally.unfinished_of_class.begin(), tally.unfinished_of_class.end(), 0U);
    std::fill(tally.sent_by_road.begin(), tally.sent_by_road.end(), 0U);
    std::fill(tally.stored_at_origin_ms.begin(), tally.stored_at_origin_ms.end(), 0);
    std::fill(tally.stored_at_end_ms.begin(), tally.stored_at_end_ms.end(), 0);
}

void reset_facility(FacilityTally& tally) {
    tally.berth_wait.clear();
    tally.calls = tally.turned_away = 0;
    tally.tug_wait.clear();
    tally.tug_busy_ms = 0;
    tally.stay.clear();
    tally.crane_wait.clear();
    tally.berth_busy_ms = tally.crane_busy_ms = tally.crane_queue_ms = 0;
    tally.crane_held_ms = tally.blocked_ms = 0;
    tally.queue_at_end = tally.moves = tally.move_quarters = 0;
    tally.background_teu = 0.0;
}

void reset_stop(StopTally& tally) {
    TimeStat wait = std::move(tally.wait);
    wait.clear();
    tally = StopTally{};
    tally.wait = std::move(wait);
}

void reset_room(YardTally& tally) {
    TimeStat outside = std::move(tally.outside);
    TimeStat landing = std::move(tally.landing);
    outside.clear();
    landing.clear();
    tally = {};
    tally.outside = std::move(outside);
    tally.landing = std::move(landing);
}

void reset_lock(LockTally& tally) {
    tally.wait.clear();
    tally.lockages = tally.turns = tally.vessels = 0;
    tally.busy_ms = tally.waiting_ms = 0;
}

void reset_line(LineTally& tally) {
    tally.departures = tally.late = tally.cancelled = tally.outstanding = 0;
    tally.lateness.clear();
    tally.running.clear();
    tally.held.clear();
}

}  // namespace

void Tally::count_by_month(const model::Model& model) {
    crane_busy.start(model.facilities.size(), window, month_ends);
    berth_busy.start(model.facilities.size(), window, month_ends);
    fleet_busy.start(model.fleets.size(), window, month_ends);
}

void Tally::reset(const model::Model& model) {
    for (ClassCounts& counts : boarded) {
        counts.clear();
    }
    for (RideTally& ride : rides) {
        ride.trips = 0.0;
        std::fill(ride.stored_ms.begin(), ride.stored_ms.end(), 0);
        std::fill(ride.direct.begin(), ride.direct.end(), 0);
    }
    std::for_each(demands.begin(), demands.end(), reset_demand);
    std::for_each(stops.begin(), stops.end(), reset_stop);
    std::for_each(lines.begin(), lines.end(), reset_line);
    std::for_each(facilities.begin(), facilities.end(), reset_facility);
    for (TerminalTally& terminal : terminals) {
        terminal.yard.reset(model.window, month_ends);
        terminal.dwell.clear();
        reset_room(terminal.room);
        terminal.direct = 0;
    }
    for (BackgroundTally& background : backgrounds) {
        background = {};
    }
    std::for_each(headways.begin(), headways.end(), [](Headways& h) { h.clear(); });
    std::fill(fleets.begin(), fleets.end(), FleetTally{});
    for (std::size_t i = 0; i < empties.size(); ++i) {
        const model::Terminal& terminal = model.terminals.items()[i / scenario::kBoxSizes.size()];
        empties[i].reset(window, terminal.empties[i % scenario::kBoxSizes.size()].initial);
    }
    for (ShortageTally& tally : shortages) {
        tally.wait.clear();
        tally.shortages = tally.waiting = 0;
    }
    for (auto& directions : locks) {
        std::for_each(directions.begin(), directions.end(), reset_lock);
    }
    for (auto& directions : links) {
        for (LinkTally& tally : directions) {
            tally.passages = 0;
            tally.wait.clear();
            tally.waits.fill(0);
        }
    }
    for (DepthTally& tally : depths) {
        tally = {};
    }
    if (model.takes_census) {
        census.reset(model.window.to);
    }
    crane_busy.clear();
    berth_busy.clear();
    fleet_busy.clear();
}

}  // namespace corridor::engine
