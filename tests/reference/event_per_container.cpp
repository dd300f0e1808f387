#include "event_per_container.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <deque>
#include <functional>
#include <queue>
#include <tuple>
#include <utility>
#include <variant>

#include "columns.h"
#include "corridor/base/random.h"
#include "journal.h"
#include "lock.h"
#include "section.h"
#include "window.h"

namespace corridor::reference {
namespace {

using model::Window;

/// In the order of one instant.
enum class Kind {
    move_ends,
    opens,
    goes_on,
    traffic,
    lets_enter,
    arrives,
    has_berthed,
    is_handled,
    is_ready,
    calls,
    lets_in,
    released,
    list_closes,
    loads,
    starts_in_turn,
    leaves,
    looks_at_lock,
    gives_up
};

struct Event {
    Tick time = 0;
    Kind kind = Kind::move_ends;
    std::uint64_t rank = 0;  ///< of one kind the lower goes first
    std::size_t subject = 0;

    bool operator>(const Event& other) const {
        return std::tie(time, kind, rank) > std::tie(other.time, other.kind, other.rank);
    }
};

struct Samples {
    std::int64_t count = 0;
    std::int64_t sum = 0;

    void add(Tick duration) {
        ++count;
        sum += duration;
    }
};

struct Container {
    std::size_t demand = 0;
    std::size_t number = 0;  ///< among those of its demand
    std::size_t box_class = 0;
    std::size_t leg = 0;
    Tick released = 0;
    Tick ready = 0;       ///< to board
    Tick entered = 0;     ///< the yard in which it waits
    bool rolled = false;  ///< left behind at this stop
};

constexpr std::size_t kNone = ~std::size_t{0};

/// A container that asks for a crane, or a move of background traffic.
struct Request {
    std::size_t container = kNone;
    std::size_t vehicle = 0;
    bool loads = false;
    std::uint32_t rank = 0;
    std::uint64_t number = 0;  ///< in the order of requests
    Tick asked = 0;
    Tick began = -1;
    bool has_ended = false;
};

/// On a trip, or a call of background traffic.
struct Vehicle {
    std::size_t line = kNone;
    std::size_t background = kNone;
    Tick stay = 0;            ///< of background traffic, beside its moves
    std::uint32_t moves = 0;  ///< of background traffic
    std::size_t stop = 0;
    std::uint64_t rank = 0;
    std::vector<std::size_t> cargo;
    std::vector<std::size_t> boarded;  ///< of the cargo, at this stop
    std::size_t pending = 0;           ///< moves
    std::uint32_t cranes = 0;          ///< at work on it
    std::size_t left_behind = 0;
    Tick scheduled = 0;
    Tick arrived = 0;
    Tick entered = -1;  ///< its berth; -1 without one
    Tick trip_began = 0;
    Tick first_left = -1;
    bool is_on_trip = true;
    std::size_t element = 0;  ///< of the way to its next stop
    Tick waited = 0;          ///< on the link it is on, for its sections
};

struct Facility {
    std::vector<Request> waiting;   ///< in the order of requests
    std::deque<std::size_t> queue;  ///< vehicles
    std::uint32_t at_work = 0;
    std::uint32_t berthed = 0;
    Stream moves{0};
    Stream entries{0};
    Tick opens_at = -1;       ///< as scheduled
    bool starts_now = false;  ///< in turn, as scheduled for this instant
    // What is counted:
    Samples crane_wait, berth_wait, stay;
    std::int64_t lifts = 0, quarters = 0, busy = 0, queueing = 0, berth_busy = 0;
};

struct Stop {
    std::vector<std::size_t> waiting;  ///< in the order in which they came
    Samples wait;
    std::int64_t departures = 0, left_behind = 0, boarded = 0, load = 0, rolled = 0;
};

struct Line {
    std::vector<Tick> departures;
    std::size_t next = 0;
    std::deque<Tick> due;  ///< without a vehicle
    std::uint64_t trips = 0;
    Samples lateness, running;
    std::int64_t run = 0, late = 0, cancelled = 0, outstanding = 0;
};

struct Demand {
    std::vector<std::pair<Tick, std::size_t>> releases;  ///< when, and how many
    std::size_t next = 0;
    Stream classes{0};
    Stream patience{0};
    std::int64_t by_road = 0, lost = 0;
    Samples door_to_door;
    std::int64_t released = 0, released_in_window = 0, delivered = 0, in_system = 0;
};

struct Terminal {
    std::deque<std::size_t> outside;  ///< released, before the gate
    std::uint32_t taken = 0;          ///< of a limited yard
    std::int64_t yard = 0;            ///< container-ms
    Samples dwell, outside_wait;
};

class Simulation {
  public:
    Simulation(const model::Model& model, std::uint64_t seed, std::uint64_t number)
        : model_(model),
          window_(model.window),
          journal_(model.window.to),
          facilities_(model.facilities.size()),
          stops_(model.stops.size()),
          lines_(model.lines.size()),
          demands_(model.demands.size()),
          terminals_(model.terminals.size()),
          fleets_(model.fleets.size()) {
        for (std::size_t f = 0; f < facilities_.size(); ++f) {
            facilities_[f].moves = make_stream(seed, number, facility(f).cranes.stream);
            facilities_[f].entries = make_stream(seed, number, facility(f).entry_stream);
        }
        for (std::size_t l = 0; l < lines_.size(); ++l) {
            list_departures(l, seed, number);
            await_closing(l);
        }
        for (std::size_t d = 0; d < demands_.size(); ++d) {
            demands_[d].classes = make_stream(seed, number, demand(d).class_stream);
            demands_[d].patience = make_stream(seed, number, demand(d).patience_stream);
            list_releases(d, make_stream(seed, number, demand(d).release_stream));
            await_release(d);
        }
        for (const model::Pool& pool : model.pools) vehicles_there_.push_back(pool.at_start);
        for (std::size_t b = 0; b < model.backgrounds.size(); ++b) {
            calls_.push_back({make_stream(seed, number, background(b).stream), 0, 0.0});
            await_call(b);
        }
        for (std::size_t l = 0; l < model.locks.size(); ++l) begin_lock(l, seed, number);
        const Tick since_midnight = (model.origin - std::chrono::floor<std::chrono::days>(model.origin)).count();
        for (const model::Section& section : model.sections) {
            sections_.emplace_back(model.links[section.link], since_midnight, window_.to);
        }
        passages_.resize(2 * model.links.size());
    }

    void run() {
        while (!events_.empty() && events_.top().time < window_.to) {
            const Event event = events_.top();
            events_.pop();
            now_ = event.time;
            dispatch(event);
        }
        close();
    }

    Counts counts() const;

  private:
    const model::Facility& facility(std::size_t f) const { return model_.facilities.items()[f]; }
    const model::Line& line(std::size_t l) const { return model_.lines.items()[l]; }
    const model::Stop& stop(std::size_t s) const { return model_.stops.items()[s]; }
    const model::Leg& leg(std::size_t l) const { return model_.legs.items()[l]; }
    const model::Demand& demand(std::size_t d) const { return model_.demands.items()[d]; }
    const model::Service& service(std::size_t l) const { return model_.services[line(l).service]; }
    std::uint32_t quarters(const Container& c) const { return demand(c.demand).classes[c.box_class].quarters; }
    const model::Background& background(std::size_t b) const { return model_.backgrounds.items()[b]; }
    std::size_t facility_of(const Vehicle& vehicle) const {
        return (vehicle.line == kNone ? background(vehicle.background).facility : stop(vehicle.stop).facility).index();
    }
    bool is_in_turn(std::size_t f) const { return facility(f).in_turn || facility(f).shares_cranes; }
    scenario::BoxSize size(const Container& c) const { return demand(c.demand).classes[c.box_class].size; }
    std::size_t alights(const Container& c) const { return leg(c.leg).alight.index(); }
    double tonnes(const Container& c) const { return demand(c.demand).classes[c.box_class].tonnes; }
    const std::vector<Window>& open_hours(std::size_t f) const { return model_.terminals[facility(f).terminal].open; }

    void schedule(Tick time, Kind kind, std::uint64_t rank, std::size_t subject) {
        events_.push({time, kind, rank, subject});
    }
    void schedule_vehicle(Tick time, Kind kind, std::size_t v) { schedule(time, kind, vehicles_[v].rank, v); }

    void dispatch(const Event& event) {
        switch (event.kind) {
            case Kind::move_ends:
                return on_move_end(event.subject);
            case Kind::opens:
                return look_at_cranes(event.subject);
            case Kind::arrives:
                return on_arrival(event.subject);
            case Kind::goes_on:
                return go_on_way(event.subject);
            case Kind::traffic:
                return on_traffic(event.subject);
            case Kind::lets_enter:
                return let_enter(event.subject);
            case Kind::looks_at_lock:
                return look_at_lock(event.subject);
            case Kind::has_berthed:
                return on_berthed(event.subject);
            case Kind::is_handled:
                return go_on(event.subject);
            case Kind::is_ready:
                return on_ready(event.subject);
            case Kind::calls:
                return on_call(event.subject);
            case Kind::lets_in:
                return let_in(event.subject);
            case Kind::released:
                return on_release(event.subject);
            case Kind::list_closes:
                return on_closing(event.subject);
            case Kind::loads:
                return on_loading(event.subject);
            case Kind::starts_in_turn:
                facilities_[event.subject].starts_now = false;
                return start_moves(event.subject);
            case Kind::gives_up:
                return on_giving_up(event.subject);
            case Kind::leaves:
                return vehicles_[event.subject].line == kNone ? leave_berth(event.subject) : on_leaving(event.subject);
        }
    }

    // ---- timetables and releases ----------------------------------------------------------------------------------

    void list_departures(std::size_t l, std::uint64_t seed, std::uint64_t number) {
        const model::Timetable& timetable = line(l).timetable;
        const Tick cut_off = line(l).cut_off;
        std::vector<Tick> all = timetable.listed;
        if (timetable.headway_ms > 0.0) {
            double first = timetable.first_ms;
            if (timetable.random_phase) {
                Stream phase = make_stream(seed, number, timetable.stream);
                first = uniform01(phase) * timetable.headway_ms;
            }
            for (double k = 0.0; all.empty() || all.back() - cut_off < window_.to; k += 1.0) {
                all.push_back(to_tick(first + k * timetable.headway_ms));
            }
        }
        lines_[l].cancelled = static_cast<std::int64_t>(timetable.cancelled);
        std::erase_if(all, [&](Tick departure) {
            const auto holds_it = [&](const Window& window) { return is_inside(window, departure); };
            const std::vector<Window>& cancelled = timetable.exceptions.cancelled;
            const bool falls_out = std::any_of(cancelled.begin(), cancelled.end(), holds_it);
            lines_[l].cancelled += falls_out && is_inside(window_, departure) ? 1 : 0;
            return falls_out;
        });
        all.insert(all.end(), timetable.exceptions.extra.begin(), timetable.exceptions.extra.end());
        std::sort(all.begin(), all.end());
        for (const Tick departure : all) {
            if (departure >= cut_off) lines_[l].departures.push_back(departure);
        }
    }

    /// A Poisson process accrues expected consignments at the rate of each segment; the even one meets k + 1/2 of them.
    void list_releases(std::size_t d, Stream stream) {
        const model::Demand& demand = this->demand(d);
        auto& releases = demands_[d].releases;
        for (const model::ListedRelease& listed : demand.listed) releases.emplace_back(listed.time, listed.containers);
        if (demand.release == scenario::ReleaseProcess::listed) return;
        const bool is_even = demand.release == scenario::ReleaseProcess::even;
        double before = 0.0;
        double time = 0.0;
        double work = is_even ? 0.5 : exponential(stream);
        Tick begin = 0;
        for (const model::RateSegment& segment : demand.rates) {
            const double end = static_cast<double>(segment.until);
            if (is_even) {
                const double from = static_cast<double>(begin);
                const double here = (end - from) * segment.per_ms;
                for (; work < before + here; work += 1.0) {
                    releases.emplace_back(to_tick(from + (work - before) / segment.per_ms), demand.consignment(stream));
                }
                before += here;
            } else {
                time = std::max(time, static_cast<double>(begin));
                bool is_first = true;  // in this segment
                for (;;) {
                    const double gap = 1.0 / segment.per_ms;
                    const bool ends = is_first ? work >= (end - time) * segment.per_ms : time + work * gap >= end;
                    if (ends) break;
                    time = is_first ? time + work / segment.per_ms : time + work * gap;
                    is_first = false;
                    releases.emplace_back(to_tick(time), demand.consignment(stream));
                    work = exponential(stream);
                }
                work -= std::max(0.0, end - time) * segment.per_ms;
            }
            begin = segment.until;
        }
    }

    void await_release(std::size_t d) {
        const Demand& state = demands_[d];
        if (state.next < state.releases.size()) {
            schedule(state.releases[state.next].first, Kind::released, d, d);
        }
    }

    void on_release(std::size_t d) {
        Demand& state = demands_[d];
        const std::size_t count = state.releases[state.next++].second;
        const std::vector<double>& cumulative = demand(d).class_cumulative;
        const std::size_t leg = demand(d).itineraries.front().first.index();
        for (std::size_t i = 0; i < count; ++i) {
            const double u = cumulative.size() > 1 ? uniform01(state.classes) : 0.0;
            std::size_t box_class = 0;
            while (box_class + 1 < cumulative.size() && u >= cumulative[box_class]) ++box_class;
            const auto number = static_cast<std::size_t>(state.released);
            containers_.push_back({d, number, box_class, leg, now_, now_, now_});
            terminals_[demand(d).from.index()].outside.push_back(containers_.size() - 1);
            let_in(demand(d).from.index());
            if (const auto& patience = demand(d).patience) {
                schedule(now_ + draw(*patience, state.patience), Kind::gives_up, d, containers_.size() - 1);
            }
            ++state.released;
            state.released_in_window += is_inside(window_, now_) ? 1 : 0;
            state.in_system += overlap(window_, now_, window_.to);
        }
        await_release(d);
    }

    const model::Terminal& terminal(std::size_t t) const { return model_.terminals.items()[t]; }

    Tick gate_opens(std::size_t t, Tick time) const {
        for (const Window& open : terminal(t).gate_open) {
            if (time < open.to) return std::max(time, open.from);
        }
        return terminal(t).gate_open.empty() ? time : window_.to;
    }

    /// First come, first served: who does not fit holds up those behind, or all are turned away.
    void let_in(std::size_t t) {
        Terminal& state = terminals_[t];
        const auto& yard = terminal(t).yard;
        if (const Tick opens = gate_opens(t, now_); opens > now_) return schedule(opens, Kind::lets_in, t, t);
        while (!state.outside.empty()) {
            const std::size_t c = state.outside.front();
            if (yard && state.taken + quarters(containers_[c]) > yard->capacity_quarters) break;
            state.outside.pop_front();
            state.taken += yard ? quarters(containers_[c]) : 0;
            if (terminal(t).lets_in() && is_inside(window_, now_))
                state.outside_wait.add(now_ - containers_[c].released);
            containers_[c].entered = containers_[c].ready = now_;
            enter_yard(c, Id<model::Terminal>{t});
        }
        if (!yard || yard->when_full == scenario::FullYard::wait) return;
        for (const std::size_t c : std::exchange(state.outside, {})) {
            Demand& demand = demands_[containers_[c].demand];
            demand.in_system -= overlap(window_, now_, window_.to);
            demand.lost += is_inside(window_, now_) ? 1 : 0;
        }
    }

    /// Who still waits at its origin goes by road, out of sight.
    void on_giving_up(std::size_t c) {
        const Container& container = containers_[c];
        Demand& state = demands_[container.demand];
        std::vector<std::size_t>& waiting = stops_[leg(container.leg).board.index()].waiting;
        const auto place = std::find(waiting.begin(), waiting.end(), c);
        if (place == waiting.end() || container.entered != container.released) return;
        waiting.erase(place);
        Terminal& origin = terminals_[demand(container.demand).from.index()];
        origin.yard -= overlap(window_, now_, window_.to);
        state.in_system -= overlap(window_, now_, window_.to);
        state.by_road += is_inside(window_, now_) ? 1 : 0;
        if (is_inside(window_, now_) && now_ > container.ready) origin.dwell.add(now_ - container.entered);
    }

    void enter_yard(std::size_t c, Id<model::Terminal> terminal) {
        terminals_[terminal.index()].yard += overlap(window_, now_, window_.to);
        stops_[leg(containers_[c].leg).board.index()].waiting.push_back(c);
    }

    // ---- background traffic -----------------------------------------------------------------------------------------

    struct Calls {
        Stream stream;
        std::size_t next = 0;
        double time = 0.0;
    };

    void await_call(std::size_t b) {
        Calls& calls = calls_[b];
        const model::Background& background = this->background(b);
        const auto n = static_cast<double>(calls.next);
        if (background.arrivals == scenario::ReleaseProcess::listed) {
            if (calls.next == background.listed.size()) return;
            calls.time = static_cast<double>(background.listed[calls.next].time);
        } else if (background.arrivals == scenario::ReleaseProcess::even) {
            calls.time = (n + 0.5) / background.per_ms;
        } else {
            calls.time += exponential(calls.stream) / background.per_ms;
        }
        if (calls.time < static_cast<double>(window_.to)) schedule(to_tick(calls.time), Kind::calls, b, b);
    }

    void on_call(std::size_t b) {
        Calls& calls = calls_[b];
        const bool is_listed = background(b).arrivals == scenario::ReleaseProcess::listed;
        Vehicle vehicle;
        vehicle.background = b;
        vehicle.rank = std::uint64_t{lines_.size() + b} << 40 | calls.next;
        vehicle.stay = is_listed ? background(b).listed[calls.next].stay : draw(background(b).stay, calls.stream);
        vehicle.moves = background(b).moves(calls.stream);
        vehicle.is_on_trip = false;
        ++calls.next;
        await_call(b);
        vehicles_.push_back(vehicle);
        ask_for_berth(vehicles_.size() - 1);
    }

    // ---- vehicles ---------------------------------------------------------------------------------------------------

    void await_closing(std::size_t l) {
        const Line& state = lines_[l];
        if (state.next < state.departures.size()) {
            schedule(state.departures[state.next] - line(l).cut_off, Kind::list_closes, l, l);
        }
    }

    void on_closing(std::size_t l) {
        Line& state = lines_[l];
        const Tick departure = state.departures[state.next++];
        await_closing(l);
        const Id<model::Pool> pool = line(l).pool;
        if (!pool.valid()) return start_trip(l, departure);
        if (vehicles_there_[pool.index()] > 0) {
            --vehicles_there_[pool.index()];
            return start_trip(l, departure);
        }
        if (service(l).no_vehicle == scenario::NoVehicle::wait) {
            state.due.push_back(departure);
        } else {
            state.cancelled += is_inside(window_, departure) ? 1 : 0;
        }
    }

    void begin_trip(Vehicle& vehicle, std::size_t l, Tick departure) {
        vehicle.line = l;
        vehicle.stop = line(l).first_stop.index();
        vehicle.rank = std::uint64_t{l} << 40 | lines_[l].trips++;
        vehicle.scheduled = departure;
        vehicle.trip_began = now_;
        vehicle.first_left = -1;
    }

    void start_trip(std::size_t l, Tick departure) {
        vehicles_.emplace_back();
        begin_trip(vehicles_.back(), l, departure);
        ask_for_berth(vehicles_.size() - 1);
    }

    void ask_for_berth(std::size_t v) {
        vehicles_[v].arrived = now_;
        note(Journal::Step::arrives, vehicles_[v]);
        const std::size_t f = facility_of(vehicles_[v]);
        const std::uint32_t berths = facility(f).berths;
        if (berths != model::kUnlimited && facilities_[f].berthed >= berths) {
            facilities_[f].queue.push_back(v);
        } else {
            take_berth(v);
        }
    }

    void take_berth(std::size_t v) {
        Vehicle& vehicle = vehicles_[v];
        const std::size_t f = facility_of(vehicle);
        ++facilities_[f].berthed;
        vehicle.entered = now_;
        if (facility(f).berths != model::kUnlimited && is_inside(window_, now_)) {
            facilities_[f].berth_wait.add(now_ - vehicle.arrived);
        }
        schedule_vehicle(now_ + draw(facility(f).entry_time, facilities_[f].entries), Kind::has_berthed, v);
    }

    void leave_berth(std::size_t v) {
        Vehicle& vehicle = vehicles_[v];
        Facility& state = facilities_[facility_of(vehicle)];
        state.berth_busy += overlap(window_, vehicle.entered, now_);
        if (is_inside(window_, now_)) state.stay.add(now_ - vehicle.arrived);
        vehicle.entered = -1;
        --state.berthed;
        if (!state.queue.empty()) {
            const std::size_t next = state.queue.front();
            state.queue.pop_front();
            take_berth(next);
        }
    }

    void note(Journal::Step step, const Vehicle& vehicle) {
        if (vehicle.line != kNone) journal_.call(step, vehicle.stop, vehicle.scheduled, now_);
    }

    void on_berthed(std::size_t v) {
        Vehicle& vehicle = vehicles_[v];
        note(Journal::Step::has_berthed, vehicle);
        if (vehicle.line == kNone) {
            if (vehicle.moves == 0) return schedule_vehicle(now_ + vehicle.stay, Kind::leaves, v);
            return ask_for_cranes(v, std::vector<std::size_t>(vehicle.moves, kNone), false);
        }
        const auto stays = [&](std::size_t c) { return leg(containers_[c].leg).alight.index() != vehicle.stop; };
        const auto ashore = std::stable_partition(vehicle.cargo.begin(), vehicle.cargo.end(), stays);
        const std::vector<std::size_t> landing(ashore, vehicle.cargo.end());
        vehicle.cargo.erase(ashore, vehicle.cargo.end());
        landing.empty() ? go_on(v) : ask_for_cranes(v, landing, false);
    }

    /// It has nothing left to discharge.
    void go_on(std::size_t v) { stop(vehicles_[v].stop).last ? end_trip(v) : schedule_vehicle(now_, Kind::loads, v); }

    void on_loading(std::size_t v) {
        Vehicle& vehicle = vehicles_[v];
        std::vector<std::size_t>& waiting = stops_[vehicle.stop].waiting;
        const auto goes_first = [this](std::size_t a, std::size_t b) {
            const auto key = [this](const Container& c) { return std::tuple(demand(c.demand).rank, c.ready); };
            return key(containers_[a]) < key(containers_[b]);
        };
        std::stable_sort(waiting.begin(), waiting.end(), goes_first);

        vehicle.boarded.clear();
        vehicle.left_behind = 0;
        std::vector<std::size_t> ashore;
        for (const std::size_t c : waiting) {
            Container& container = containers_[c];
            const bool is_ready = container.ready <= now_;
            if (is_ready && may_board(vehicle, container)) {
                vehicle.boarded.push_back(c);
                vehicle.cargo.push_back(c);
            } else {
                ashore.push_back(c);
                vehicle.left_behind += is_ready ? 1U : 0U;
                container.rolled = container.rolled || is_ready;
            }
        }
        waiting = ashore;
        vehicle.boarded.empty() ? schedule_departure(v) : ask_for_cranes(v, vehicle.boarded, true);
    }

    bool may_board(const Vehicle& vehicle, const Container& container) const {
        const model::Line& line = this->line(vehicle.line);
        std::uint32_t taken = quarters(container);
        double weight = tonnes(container);
        std::vector<scenario::BoxSize> sizes{size(container)};
        for (const std::size_t c : vehicle.cargo) {
            taken += quarters(containers_[c]);
            weight += tonnes(containers_[c]);
            sizes.push_back(size(containers_[c]));
        }
        constexpr double kGram = 1e-6;  // sums of decimal weights are not exact
        const bool is_light = line.payload_t == 0.0 || weight <= line.payload_t + kGram;
        return taken <= line.capacity_quarters && is_light && leaves_kept_room(vehicle, container) &&
               (line.wagons == 0 || stands_on_wagons(line, sizes));
    }

    /// Of those who ride on from a stop ahead there may be no more than the room that is not kept for it.
    bool leaves_kept_room(const Vehicle& vehicle, const Container& container) const {
        for (std::size_t ahead = vehicle.stop + 1; ahead < alights(container); ++ahead) {
            std::uint32_t riding_on = quarters(container);
            for (const std::size_t c : vehicle.cargo) {
                riding_on += alights(containers_[c]) > ahead ? quarters(containers_[c]) : 0;
            }
            const std::uint32_t kept = stop(ahead).kept_quarters;
            if (kept > 0 && riding_on + kept > line(vehicle.line).capacity_quarters) return false;
        }
        return true;
    }

    /// One after the other, the longest first: one of 45 feet on three places of a wagon of its own, but for one of 20.
    static bool stands_on_wagons(const model::Line& line, std::vector<scenario::BoxSize> sizes) {
        std::vector<std::uint32_t> places(line.wagons, line.teu_per_wagon);
        std::sort(sizes.begin(), sizes.end(), std::greater<>());
        for (const scenario::BoxSize size : sizes) {
            const std::uint32_t needed = static_cast<std::uint32_t>(size) + 1;
            const auto has_room = [&](std::uint32_t free) {
                return free >= needed && (needed < 3 || free == line.teu_per_wagon);
            };
            const auto wagon = std::find_if(places.begin(), places.end(), has_room);
            if (wagon == places.end()) return false;
            *wagon -= needed;
        }
        return true;
    }

    void schedule_departure(std::size_t v) {
        const Vehicle& vehicle = vehicles_[v];
        const bool is_first = stop(vehicle.stop).line == Id<model::Line>{vehicle.line} &&
                              vehicle.stop == line(vehicle.line).first_stop.index();
        schedule_vehicle(is_first ? std::max(now_, vehicle.scheduled) : now_, Kind::leaves, v);
    }

    void on_leaving(std::size_t v) {
        if (is_inside(window_, now_)) count_departure(vehicles_[v]);
        Vehicle& vehicle = vehicles_[v];
        note(Journal::Step::leaves, vehicle);
        vehicle.first_left = vehicle.first_left < 0 ? now_ : vehicle.first_left;
        for (const std::size_t c : vehicle.boarded) containers_[c].rolled = false;
        leave_berth(v);
        set_out(v);
    }

    void count_departure(const Vehicle& vehicle) {
        Stop& state = stops_[vehicle.stop];
        ++state.departures;
        state.left_behind += static_cast<std::int64_t>(vehicle.left_behind);
        for (const std::size_t c : vehicle.cargo) state.load += quarters(containers_[c]);
        for (const std::size_t c : vehicle.boarded) {
            ++state.boarded;
            state.rolled += containers_[c].rolled ? 1 : 0;
            state.wait.add(now_ - containers_[c].ready);
            terminals_[stop(vehicle.stop).terminal.index()].dwell.add(now_ - containers_[c].entered);
        }
        if (vehicle.first_left >= 0) return;
        Line& line = lines_[vehicle.line];
        ++line.run;
        line.late += now_ > vehicle.scheduled ? 1 : 0;
        line.lateness.add(now_ - vehicle.scheduled);
    }

    void on_arrival(std::size_t v) {
        Vehicle& vehicle = vehicles_[v];
        ++vehicle.stop;
        if (stop(vehicle.stop).last && is_inside(window_, now_)) {
            lines_[vehicle.line].running.add(now_ - vehicle.first_left);
        }
        ask_for_berth(v);
    }

    // ---- from stop to stop ----------------------------------------------------------------------------------------

    using Way = std::vector<model::WayElement>;

    void set_out(std::size_t v) {
        Vehicle& vehicle = vehicles_[v];
        const model::Hop& hop = stop(vehicle.stop).hop;
        vehicle.element = 0;
        hop.way.empty() ? schedule_vehicle(now_ + hop.running_time, Kind::arrives, v) : go_on_way(v);
    }

    void go_on_way(std::size_t v) {
        Vehicle& vehicle = vehicles_[v];
        const Way& way = stop(vehicle.stop).hop.way;
        if (vehicle.element == way.size()) return schedule_vehicle(now_, Kind::arrives, v);
        const model::WayElement& element = way[vehicle.element++];
        switch (element.kind) {
            case model::WayElement::Kind::run: {
                const bool is_last = vehicle.element == way.size();
                return schedule_vehicle(now_ + element.time, is_last ? Kind::arrives : Kind::goes_on, v);
            }
            case model::WayElement::Kind::enter:
                sections_[element.section.index()].ask({v, element.direction, element.at_end, now_});
                return schedule(now_, Kind::lets_enter, element.section.index(), element.section.index());
            case model::WayElement::Kind::leave:
                leave_section(vehicle, element);
                return go_on_way(v);
            case model::WayElement::Kind::lock:
                return await_lock(v, element);
        }
    }

    void leave_section(Vehicle& vehicle, const model::WayElement& element) {
        sections_[element.section.index()].leave(element.direction);
        schedule(now_, Kind::lets_enter, element.section.index(), element.section.index());
        if (!element.at_end) return;
        const Tick waited = std::exchange(vehicle.waited, 0);
        const std::size_t d = static_cast<std::size_t>(element.direction);
        if (is_inside(window_, now_)) passages_[2 * element.link.index() + d].add(waited);
    }

    void let_enter(std::size_t section) {
        while (const auto request = sections_[section].let_in(now_)) {
            vehicles_[request->vehicle].waited += now_ - request->asked;
            go_on_way(request->vehicle);
        }
        schedule(sections_[section].next_look(now_), Kind::lets_enter, section, section);
    }

    void await_lock(std::size_t v, const model::WayElement& element) {
        const Vehicle& vehicle = vehicles_[v];
        const std::size_t l = element.lock.index();
        locks_[l].arrive(element.direction, {v, false, line(vehicle.line).size, now_});
        schedule(now_, Kind::looks_at_lock, l, l);
    }

    void begin_lock(std::size_t l, std::uint64_t seed, std::uint64_t number) {
        const model::Lock& lock = model_.locks.items()[l];
        std::array<std::vector<model::VesselSize>, 2> sizes;
        for (const model::Stop& stop : model_.stops) {
            for (const model::WayElement& element : stop.hop.way) {
                const bool passes = element.kind == model::WayElement::Kind::lock && element.lock.index() == l;
                if (passes) sizes[static_cast<std::size_t>(element.direction)].push_back(model_.lines[stop.line].size);
            }
        }
        for (std::size_t d = 0; d < sizes.size(); ++d) {
            if (lock.traffic[d].per_ms > 0.0) sizes[d].push_back(lock.traffic_size);
            traffic_.push_back({make_stream(seed, number, lock.traffic[d].stream), 0.0});
            await_traffic(2 * l + d);
        }
        locks_.emplace_back(lock, window_, sizes);
    }

    struct Traffic {
        Stream stream;
        double time = 0.0;
    };

    /// `t` is twice the number of the lock, and one more for those who come from below.
    void await_traffic(std::size_t t) {
        const double per_ms = model_.locks.items()[t / 2].traffic[t % 2].per_ms;
        if (per_ms == 0.0) return;
        traffic_[t].time += exponential(traffic_[t].stream) / per_ms;
        if (traffic_[t].time < static_cast<double>(window_.to))
            schedule(to_tick(traffic_[t].time), Kind::traffic, t, t);
    }

    void on_traffic(std::size_t t) {
        await_traffic(t);
        const model::VesselSize size = model_.locks.items()[t / 2].traffic_size;
        locks_[t / 2].arrive(static_cast<model::Direction>(t % 2), {0, true, size, now_});
        schedule(now_, Kind::looks_at_lock, t / 2, t / 2);
    }

    void look_at_lock(std::size_t l) {
        locks_[l].look(now_, [this](const Lock::Vessel& vessel, Tick free) {
            if (!vessel.is_traffic) schedule_vehicle(free, Kind::goes_on, vessel.vehicle);
        });
        schedule(locks_[l].next_look(now_), Kind::looks_at_lock, l, l);
    }

    // ---- fleets -----------------------------------------------------------------------------------------------------

    /// The line of the earliest departure that waits there for a vehicle.
    std::size_t earliest_due(Id<model::Pool> pool) const {
        std::size_t earliest = lines_.size();
        for (const Id<model::Line> id : model_.pools[pool].lines) {
            const std::deque<Tick>& due = lines_[id.index()].due;
            if (due.empty()) continue;
            if (earliest == lines_.size() || due.front() < lines_[earliest].due.front()) earliest = id.index();
        }
        return earliest;
    }

    Tick take_due(std::size_t l) {
        const Tick departure = lines_[l].due.front();
        lines_[l].due.pop_front();
        return departure;
    }

    void end_trip(std::size_t v) {
        Vehicle& vehicle = vehicles_[v];
        const Id<model::Pool> pool = line(vehicle.line).end_pool;
        if (pool.valid()) {
            const Tick layover = service(vehicle.line).layover;
            fleets_[model_.pools[pool].fleet.index()] += overlap(window_, vehicle.trip_began, now_);
            const std::size_t next = layover == 0 ? earliest_due(pool) : lines_.size();
            if (next < lines_.size()) {
                begin_trip(vehicle, next, take_due(next));
                return schedule_vehicle(now_, Kind::loads, v);
            }
            schedule(now_ + layover, Kind::is_ready, pool.index(), pool.index());
        }
        vehicle.is_on_trip = false;
        leave_berth(v);
    }

    /// A vehicle of a fleet, after its layover.
    void on_ready(std::size_t pool) {
        const std::size_t due = earliest_due(Id<model::Pool>{pool});
        due < lines_.size() ? start_trip(due, take_due(due)) : static_cast<void>(++vehicles_there_[pool]);
    }

    // ---- cranes -----------------------------------------------------------------------------------------------------

    void ask_for_cranes(std::size_t v, const std::vector<std::size_t>& containers, bool loads) {
        Vehicle& vehicle = vehicles_[v];
        vehicle.pending = containers.size();
        const std::size_t f = facility_of(vehicle);
        for (const std::size_t c : containers) {
            const std::uint32_t rank =
                c == kNone ? background(vehicle.background).rank : demand(containers_[c].demand).rank;
            facilities_[f].waiting.push_back({c, v, loads, rank, requests_++, now_});
        }
        look_at_cranes(f);
    }

    /// Where moves start in turn, they do when everybody has asked who does at this instant.
    void look_at_cranes(std::size_t f) {
        if (!is_in_turn(f)) return start_moves(f);
        if (!std::exchange(facilities_[f].starts_now, true)) schedule(now_, Kind::starts_in_turn, f, f);
    }

    bool may_have_one_more(std::size_t f, const Vehicle& vehicle) const {
        const std::uint32_t on_vehicle = vehicle.line == kNone ? model::kUnlimited : line(vehicle.line).cranes;
        const std::uint32_t of_terminal = facility(f).cranes.per_vehicle;
        return (on_vehicle == model::kUnlimited || vehicle.cranes < on_vehicle) &&
               (of_terminal == model::kUnlimited || vehicle.cranes < of_terminal);
    }

    /// The waiting request whose turn is next; the number of requests where there is none.
    std::size_t next_in_turn(std::size_t f) const {
        const std::vector<Request>& waiting = facilities_[f].waiting;
        const bool is_even = facility(f).cranes.sharing == scenario::CraneSharing::even;
        const auto key = [&](const Request& request) {
            return std::tuple(request.rank, is_even ? vehicles_[request.vehicle].cranes : 0U, request.number);
        };
        std::size_t next = waiting.size();
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            if (!may_have_one_more(f, vehicles_[waiting[i].vehicle])) continue;
            if (next == waiting.size() || key(waiting[i]) < key(waiting[next])) next = i;
        }
        return next;
    }

    void start_moves(std::size_t f) {
        Facility& state = facilities_[f];
        const std::uint32_t cranes = facility(f).cranes.cranes;
        while (cranes == model::kUnlimited || state.at_work < cranes) {
            const std::size_t next = is_in_turn(f) ? next_in_turn(f) : 0;
            if (next == state.waiting.size()) return;
            if (!is_open(f)) return await_opening(f);
            Request request = state.waiting[next];
            state.waiting.erase(state.waiting.begin() + static_cast<std::ptrdiff_t>(next));
            ++state.at_work;
            ++vehicles_[request.vehicle].cranes;
            request.began = now_;
            if (counts_cranes(f)) count_start(f, request);
            const Tick end = now_ + draw(facility(f).cranes.move_time, state.moves);
            under_way_.push_back(request);
            schedule(end, Kind::move_ends, request.number, under_way_.size() - 1);
        }
    }

    bool is_open(std::size_t f) const {
        const auto holds_now = [this](const Window& open) { return now_ >= open.from && now_ < open.to; };
        const std::vector<Window>& hours = open_hours(f);
        return hours.empty() || std::any_of(hours.begin(), hours.end(), holds_now);
    }

    void await_opening(std::size_t f) {
        const std::vector<Window>& hours = open_hours(f);
        const auto is_later = [this](const Window& open) { return open.from > now_; };
        const auto next = std::find_if(hours.begin(), hours.end(), is_later);
        if (next == hours.end() || facilities_[f].opens_at == next->from) return;
        facilities_[f].opens_at = next->from;
        schedule(next->from, Kind::opens, f, f);
    }

    /// Nobody waits for unlimited cranes, unless they are limited at one vehicle.
    bool counts_cranes(std::size_t f) const { return facility(f).cranes.cranes != model::kUnlimited || is_in_turn(f); }

    void count_start(std::size_t f, const Request& request) {
        Facility& state = facilities_[f];
        if (is_inside(window_, now_)) state.crane_wait.add(now_ - request.asked);
        state.queueing += overlap(window_, request.asked, now_);
    }

    void count_busy(std::size_t f, Tick from, Tick to) {
        if (!counts_cranes(f)) return;
        if (open_hours(f).empty()) facilities_[f].busy += overlap(window_, from, to);
        for (const Window& open : open_hours(f)) {
            facilities_[f].busy +=
                overlap({std::max(window_.from, open.from), std::min(window_.to, open.to)}, from, to);
        }
    }

    void on_move_end(std::size_t index) {
        under_way_[index].has_ended = true;
        const Request request = under_way_[index];
        Vehicle& vehicle = vehicles_[request.vehicle];
        const std::size_t f = facility_of(vehicle);
        --facilities_[f].at_work;
        --vehicle.cranes;
        count_busy(f, request.began, now_);
        facilities_[f].lifts += is_inside(window_, now_) ? 1 : 0;
        if (request.container != kNone) move(request, f);
        if (--vehicle.pending == 0) {
            if (vehicle.line == kNone) {
                schedule_vehicle(now_ + vehicle.stay, Kind::leaves, request.vehicle);
            } else {
                request.loads ? schedule_departure(request.vehicle)
                              : schedule_vehicle(now_, Kind::is_handled, request.vehicle);
            }
        }
        look_at_cranes(f);
    }

    void move(const Request& request, std::size_t f) {
        const Container& container = containers_[request.container];
        journal_.move(container.demand, container.number, request.asked, request.began, now_);
        if (is_inside(window_, now_)) facilities_[f].quarters += quarters(containers_[request.container]);
        if (request.loads) {
            const std::size_t t = facility(f).terminal.index();
            terminals_[t].yard -= overlap(window_, now_, window_.to);
            terminals_[t].taken -= terminal(t).yard ? quarters(containers_[request.container]) : 0;
            if (!terminals_[t].outside.empty()) schedule(now_, Kind::lets_in, t, t);
        } else {
            land(request.container);
        }
    }

    void land(std::size_t c) {
        Container& container = containers_[c];
        const model::Leg& ride = leg(container.leg);
        if (ride.next.valid()) {
            const Id<model::Terminal> terminal = stop(ride.alight.index()).terminal;
            container.leg = ride.next.index();
            container.entered = now_;
            container.ready = now_ + model_.terminals[terminal].transfer_time;
            return enter_yard(c, terminal);
        }
        Demand& state = demands_[container.demand];
        journal_.delivery(container.demand, container.number, now_);
        ++state.delivered;
        state.in_system -= overlap(window_, now_, window_.to);
        if (is_inside(window_, now_)) state.door_to_door.add(now_ - container.released);
        if (!demand(container.demand).collected_after) return;
        const auto& after = std::get<FixedLaw>(*demand(container.demand).collected_after);
        const std::size_t to = demand(container.demand).to.index();
        const Tick collected = gate_opens(to, now_ + to_tick(after.value_ms));
        Terminal& terminal = terminals_[to];
        terminal.yard += overlap(window_, now_, collected);
        if (is_inside(window_, collected)) terminal.dwell.add(collected - now_);
    }

    // ---- the horizon --------------------------------------------------------------------------------------------

    void close() {
        now_ = window_.to;
        for (const Request& request : under_way_) {
            if (!request.has_ended) count_busy(facility_of(vehicles_[request.vehicle]), request.began, now_);
        }
        for (std::size_t f = 0; f < facilities_.size(); ++f) {
            if (!counts_cranes(f)) continue;
            for (const Request& request : facilities_[f].waiting) {
                facilities_[f].queueing += overlap(window_, request.asked, now_);
            }
        }
        for (std::size_t l = 0; l < lines_.size(); ++l) {
            for (const Tick due : lines_[l].due) lines_[l].outstanding += is_inside(window_, due) ? 1 : 0;
        }
        for (const Vehicle& vehicle : vehicles_) {
            if (vehicle.entered >= 0) {
                facilities_[facility_of(vehicle)].berth_busy += overlap(window_, vehicle.entered, now_);
            }
            if (!vehicle.is_on_trip) continue;
            if (vehicle.first_left < 0 && is_inside(window_, vehicle.scheduled)) ++lines_[vehicle.line].outstanding;
            if (line(vehicle.line).pool.valid()) {
                const Id<model::Fleet> fleet = model_.pools[line(vehicle.line).pool].fleet;
                fleets_[fleet.index()] += overlap(window_, vehicle.trip_began, now_);
            }
        }
    }

    const model::Model& model_;
    Window window_;
    Journal journal_;
    Tick now_ = 0;
    std::priority_queue<Event, std::vector<Event>, std::greater<>> events_;
    std::vector<Container> containers_;
    std::vector<Vehicle> vehicles_;
    std::vector<Request> under_way_;
    std::uint64_t requests_ = 0;
    std::vector<Facility> facilities_;
    std::vector<Stop> stops_;
    std::vector<Line> lines_;
    std::vector<Demand> demands_;
    std::vector<Terminal> terminals_;
    std::vector<Calls> calls_;
    std::vector<Lock> locks_;
    std::vector<Section> sections_;
    std::vector<Samples> passages_;     ///< by link and direction
    std::vector<Traffic> traffic_;      ///< by lock and direction
    std::vector<std::int64_t> fleets_;  ///< vehicle-ms on trips
    std::vector<std::uint32_t> vehicles_there_;
};

double mean(const Samples& samples) {
    return samples.count > 0 ? static_cast<double>(samples.sum) / static_cast<double>(samples.count) : 0.0;
}

Counts Simulation::counts() const {
    const auto length = static_cast<double>(window_.to - window_.from);
    Counts counts{
        {"demand: released", column(demands_, [](const Demand& d) { return d.released; })},
        {"demand: released in the period", column(demands_, [](const Demand& d) { return d.released_in_window; })},
        {"demand: delivered", column(demands_, [](const Demand& d) { return d.delivered; })},
        {"demand: by road", column(demands_, [](const Demand& d) { return d.by_road; })},
        {"demand: turned away", column(demands_, [](const Demand& d) { return d.lost; })},
        {"terminal: outside, number", column(terminals_, [](const Terminal& t) { return t.outside_wait.count; })},
        {"terminal: outside, mean", column(terminals_, [](const Terminal& t) { return mean(t.outside_wait); })},
        {"demand: in the system", column(demands_, [](const Demand& d) { return d.in_system; })},
        {"demand: door to door, number", column(demands_, [](const Demand& d) { return d.door_to_door.count; })},
        {"demand: door to door, mean", column(demands_, [](const Demand& d) { return mean(d.door_to_door); })},
        {"stop: departures", column(stops_, [](const Stop& s) { return s.departures; })},
        {"stop: left behind", column(stops_, [](const Stop& s) { return s.left_behind; })},
        {"stop: boarded", column(stops_, [](const Stop& s) { return s.boarded; })},
        {"stop: rolled", column(stops_, [](const Stop& s) { return s.rolled; })},
        {"stop: load", column(stops_, [](const Stop& s) { return s.load; })},
        {"stop: wait", column(stops_, [](const Stop& s) { return mean(s.wait); })},
        {"line: departures", column(lines_, [](const Line& l) { return l.run; })},
        {"line: late", column(lines_, [](const Line& l) { return l.late; })},
        {"line: lateness", column(lines_, [](const Line& l) { return mean(l.lateness); })},
        {"line: running time", column(lines_, [](const Line& l) { return mean(l.running); })},
        {"line: cancelled", column(lines_, [](const Line& l) { return l.cancelled; })},
        {"line: outstanding", column(lines_, [](const Line& l) { return l.outstanding; })},
        {"facility: moves", column(facilities_, [](const Facility& f) { return f.lifts; })},
        {"facility: room moved", column(facilities_, [](const Facility& f) { return f.quarters; })},
        {"facility: cranes busy", column(facilities_, [](const Facility& f) { return f.busy; })},
        {"facility: waiting for cranes", column(facilities_, [](const Facility& f) { return f.queueing; })},
        {"facility: crane wait, number", column(facilities_, [](const Facility& f) { return f.crane_wait.count; })},
        {"facility: crane wait, mean", column(facilities_, [](const Facility& f) { return mean(f.crane_wait); })},
        {"facility: berths busy", column(facilities_, [](const Facility& f) { return f.berth_busy; })},
        {"facility: berth wait, number", column(facilities_, [](const Facility& f) { return f.berth_wait.count; })},
        {"facility: berth wait, mean", column(facilities_, [](const Facility& f) { return mean(f.berth_wait); })},
        {"facility: stay", column(facilities_, [](const Facility& f) { return mean(f.stay); })},
        {"facility: queue at the end", column(facilities_, [](const Facility& f) { return f.queue.size(); })},
        {"terminal: yard", column(terminals_, [&](const Terminal& t) { return static_cast<double>(t.yard) / length; })},
        {"terminal: dwell, number", column(terminals_, [](const Terminal& t) { return t.dwell.count; })},
        {"terminal: dwell, mean", column(terminals_, [](const Terminal& t) { return mean(t.dwell); })},
        {"fleet: busy", column(fleets_, [](std::int64_t busy) { return busy; })},
    };
    std::vector<LockCounts> locks;
    for (const Lock& lock : locks_) {
        for (const auto direction : {model::Direction::forward, model::Direction::backward}) {
            locks.push_back(lock.counts(direction));
        }
    }
    counts.merge(Counts{
        {"link: passages", column(passages_, [](const Samples& waits) { return waits.count; })},
        {"link: wait", column(passages_, [](const Samples& waits) { return mean(waits); })},
        {"lock: lockages", column(locks, [](const LockCounts& l) { return l.lockages; })},
        {"lock: vessels", column(locks, [](const LockCounts& l) { return l.vessels; })},
        {"lock: turns", column(locks, [](const LockCounts& l) { return l.turns; })},
        {"lock: wait, number", column(locks, [](const LockCounts& l) { return l.waits; })},
        {"lock: wait, mean", column(locks,
                                    [](const LockCounts& l) {
                                        return mean(Samples{l.waits, l.wait_sum});
                                    })},
        {"lock: chambers busy", column(locks, [](const LockCounts& l) { return l.busy; })},
        {"lock: waiting", column(locks, [](const LockCounts& l) { return l.waiting; })},
    });
    counts.merge(journal_.entries());
    return counts;
}

}  // namespace

Counts simulate(const model::Model& model, std::uint64_t seed, std::uint64_t replication) {
    Simulation simulation(model, seed, replication);
    simulation.run();
    return simulation.counts();
}

}  // namespace corridor::reference
