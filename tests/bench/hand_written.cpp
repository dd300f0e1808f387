#include "hand_written.h"

#include <algorithm>
#include <array>
#include <vector>

#include "corridor/base/random.h"

namespace corridor::bench {
namespace {

constexpr double kHorizon = 182 * 1440.0;  // minutes
constexpr std::size_t kServices = 5;       // Luzhou, Yibin by river; Chengdu, Meishan, Xichang by rail
constexpr std::size_t kRiver = 2;
constexpr std::array<double, kServices> kVolume{10600, 5300, 14560, 10010, 6430};
constexpr std::array<double, kServices> kFirst{360, 540, 480, 540, 600};
constexpr std::array<double, kServices> kHeadway{720, 1440, 1440, 1440, 1440};
constexpr std::array<std::size_t, kServices> kCapacity{150, 150, 100, 100, 100};
constexpr std::array<double, kServices> kRunning{1440, 2160, 720, 960, 2160};

struct Sums {
    double river = 0.0;
    double rail = 0.0;
    std::size_t discharged = 0;
    std::size_t loaded = 0;
    std::size_t arrived_by_rail = 0;

    HandWritten means() const {
        return {river / static_cast<double>(discharged), rail / static_cast<double>(loaded),
                static_cast<double>(discharged + arrived_by_rail)};
    }
};

Stream stream_of(std::uint64_t seed, std::uint64_t use) { return make_stream(seed, 0, use); }

// ---- lazily -------------------------------------------------------------------------------------------------------

template <std::size_t kCranes>
struct Pool {
    std::array<double, kCranes> free_at{};
    double mean = 0.0;
    Stream draws{0};

    double serve(double now) {
        std::size_t first = 0;
        for (std::size_t crane = 1; crane < kCranes; ++crane) {
            first = free_at[crane] < free_at[first] ? crane : first;
        }
        return free_at[first] = std::max(free_at[first], now) + exponential(draws) * mean;
    }
};

struct Trip {
    std::size_t begin;
    std::size_t end;
};

enum class LazyKind { slot, loaded, arrived };
struct LazyEvent {
    double time;
    LazyKind kind;
    std::size_t service;
    Trip trip;
};

/// One for all replications: it keeps its memory.
class Lazy {
  public:
    HandWritten run(std::uint64_t seed) {
        reset(seed);
        while (events_.front().time < kHorizon) {
            std::pop_heap(events_.begin(), events_.end(), later);
            const LazyEvent event = events_.back();
            events_.pop_back();
            switch (event.kind) {
                case LazyKind::slot:
                    on_slot(event);
                    break;
                case LazyKind::loaded:
                    on_loaded(event);
                    break;
                case LazyKind::arrived:
                    on_arrived(event);
                    break;
            }
        }
        return sums_.means();
    }

  private:
    static bool later(const LazyEvent& a, const LazyEvent& b) { return a.time > b.time; }
    void schedule(const LazyEvent& event) {
        events_.push_back(event);
        std::push_heap(events_.begin(), events_.end(), later);
    }

    void reset(std::uint64_t seed) {
        events_.clear();
        sums_ = {};
        quay_ = {{}, 3.0, stream_of(seed, 5)};
        rail_ = {{}, 4.0, stream_of(seed, 6)};
        for (std::size_t s = 0; s < kServices; ++s) {
            draws_[s] = stream_of(seed, s);
            next_release_[s] = exponential(draws_[s]) * (kHorizon / kVolume[s]);
            released_[s].clear();
            head_[s] = 0;
            schedule({kFirst[s], LazyKind::slot, s, {}});
        }
    }

    void release_until(std::size_t s, double time) {
        Stream draws = draws_[s];  // local copies stay in registers
        double next = next_release_[s];
        const double gap = kHorizon / kVolume[s];
        for (; next <= time; next += exponential(draws) * gap) {
            released_[s].push_back(next);
        }
        draws_[s] = draws;
        next_release_[s] = next;
    }

    void on_slot(const LazyEvent& event) {
        const std::size_t s = event.service;
        release_until(s, event.time);
        const Trip trip{head_[s], std::min(released_[s].size(), head_[s] + kCapacity[s])};
        head_[s] = trip.end;
        if (s < kRiver) {
            schedule({event.time + kRunning[s], LazyKind::arrived, s, trip});
        } else {
            double last = event.time;
            Pool<3> rail = rail_;
            for (std::size_t box = trip.begin; box < trip.end; ++box) {
                last = std::max(last, rail.serve(event.time));
            }
            rail_ = rail;
            schedule({last, LazyKind::loaded, s, trip});
        }
        schedule({event.time + kHeadway[s], LazyKind::slot, s, {}});
    }

    void on_loaded(const LazyEvent& event) {
        for (std::size_t box = event.trip.begin; box < event.trip.end; ++box) {
            sums_.rail += event.time - released_[event.service][box];
        }
        sums_.loaded += event.trip.end - event.trip.begin;
        schedule({event.time + kRunning[event.service], LazyKind::arrived, event.service, event.trip});
    }

    void on_arrived(const LazyEvent& event) {
        if (event.service >= kRiver) {
            sums_.arrived_by_rail += event.trip.end - event.trip.begin;
            return;
        }
        Pool<4> quay = quay_;
        for (std::size_t box = event.trip.begin; box < event.trip.end; ++box) {
            const double end = quay.serve(event.time);
            if (end < kHorizon) {
                sums_.river += end - released_[event.service][box];
                ++sums_.discharged;
            }
        }
        quay_ = quay;
    }

    std::array<Stream, kServices> draws_{Stream{0}, Stream{0}, Stream{0}, Stream{0}, Stream{0}};
    std::array<double, kServices> next_release_{};
    std::array<std::vector<double>, kServices> released_;
    std::array<std::size_t, kServices> head_{};
    Pool<4> quay_;
    Pool<3> rail_;
    std::vector<LazyEvent> events_;
    Sums sums_;
};

// ---- an event per container ----------------------------------------------------------------------------------------

enum class Kind : std::uint32_t { release, departure, arrival, quay_move, rail_move };
struct Event {
    double time;
    std::uint64_t order;  ///< ties: first scheduled, first served
    Kind kind;
    std::uint32_t subject;
};

class FourAryHeap {
  public:
    const Event& top() const { return items_.front(); }
    void push(Event event) {
        items_.push_back(event);
        std::size_t i = items_.size() - 1;
        for (; i > 0 && before(event, items_[(i - 1) / 4]); i = (i - 1) / 4) {
            items_[i] = items_[(i - 1) / 4];
        }
        items_[i] = event;
    }
    void pop() {
        const Event last = items_.back();
        items_.pop_back();
        if (!items_.empty()) {
            sift_down(last);
        }
    }

  private:
    static bool before(const Event& a, const Event& b) {
        return a.time < b.time || (a.time == b.time && a.order < b.order);
    }
    void sift_down(const Event& event) {
        std::size_t i = 0;
        for (;;) {
            const std::size_t first = 4 * i + 1;
            const std::size_t last = std::min(first + 4, items_.size());
            if (first >= last) {
                break;
            }
            std::size_t best = first;
            for (std::size_t child = first + 1; child < last; ++child) {
                best = before(items_[child], items_[best]) ? child : best;
            }
            if (!before(items_[best], event)) {
                break;
            }
            items_[i] = items_[best];
            i = best;
        }
        items_[i] = event;
    }
    std::vector<Event> items_;
};

class EventPerContainer {
  public:
    explicit EventPerContainer(std::uint64_t seed) {
        for (std::size_t use = 0; use < kServices + 2; ++use) {
            draws_.push_back(stream_of(seed, use));
        }
        for (std::uint32_t s = 0; s < kServices; ++s) {
            schedule(exponential(draws_[s]) * kHorizon / kVolume[s], Kind::release, s);
            schedule(kFirst[s], Kind::departure, s);
        }
    }

    HandWritten run() {
        while (heap_.top().time < kHorizon) {
            const Event event = heap_.top();
            heap_.pop();
            now_ = event.time;
            switch (event.kind) {
                case Kind::release:
                    on_release(event.subject);
                    break;
                case Kind::departure:
                    on_departure(event.subject);
                    break;
                case Kind::arrival:
                    on_arrival(event.subject);
                    break;
                case Kind::quay_move:
                    on_quay_move(event.subject);
                    break;
                case Kind::rail_move:
                    on_rail_move(event.subject);
                    break;
            }
        }
        return sums_.means();
    }

  private:
    struct TripState {
        std::uint32_t service;
        std::size_t begin;
        std::size_t end;
        std::size_t unloaded_boxes;
    };
    struct Cranes {
        std::size_t idle;
        Kind kind;
        double mean;
        std::size_t stream;
        std::vector<std::uint32_t> queue;
        std::size_t head = 0;
    };

    void schedule(double time, Kind kind, std::uint32_t subject) { heap_.push({time, order_++, kind, subject}); }

    void request(Cranes& cranes, std::uint32_t box) {
        if (cranes.idle > 0) {
            --cranes.idle;
            schedule(now_ + exponential(draws_[cranes.stream]) * cranes.mean, cranes.kind, box);
        } else {
            cranes.queue.push_back(box);
        }
    }
    void next_move(Cranes& cranes) {
        if (cranes.head < cranes.queue.size()) {
            const std::uint32_t box = cranes.queue[cranes.head++];
            schedule(now_ + exponential(draws_[cranes.stream]) * cranes.mean, cranes.kind, box);
        } else {
            ++cranes.idle;
        }
    }

    void on_release(std::uint32_t s) {
        waiting_[s].push_back(static_cast<std::uint32_t>(released_.size()));
        released_.push_back(now_);
        trip_of_.push_back(0);
        schedule(now_ + exponential(draws_[s]) * kHorizon / kVolume[s], Kind::release, s);
    }

    void on_departure(std::uint32_t s) {
        const std::size_t begin = head_[s];
        const std::size_t end = std::min(waiting_[s].size(), begin + kCapacity[s]);
        head_[s] = end;
        const auto trip = static_cast<std::uint32_t>(trips_.size());
        trips_.push_back({s, begin, end, end - begin});
        schedule(now_ + kHeadway[s], Kind::departure, s);
        for (std::size_t i = begin; i < end; ++i) {
            trip_of_[waiting_[s][i]] = trip;
            if (s >= kRiver) {
                request(rail_, waiting_[s][i]);
            }
        }
        if (s < kRiver || begin == end) {
            leave(trip);
        }
    }

    void leave(std::uint32_t index) {
        const TripState& trip = trips_[index];
        if (trip.service >= kRiver) {
            for (std::size_t i = trip.begin; i < trip.end; ++i) {
                sums_.rail += now_ - released_[waiting_[trip.service][i]];
            }
            sums_.loaded += trip.end - trip.begin;
        }
        schedule(now_ + kRunning[trip.service], Kind::arrival, index);
    }

    void on_arrival(std::uint32_t index) {
        const TripState trip = trips_[index];
        if (trip.service >= kRiver) {
            sums_.arrived_by_rail += trip.end - trip.begin;
            return;
        }
        for (std::size_t i = trip.begin; i < trip.end; ++i) {
            request(quay_, waiting_[trip.service][i]);
        }
    }

    void on_quay_move(std::uint32_t box) {
        sums_.river += now_ - released_[box];
        ++sums_.discharged;
        next_move(quay_);
    }

    void on_rail_move(std::uint32_t box) {
        next_move(rail_);
        if (--trips_[trip_of_[box]].unloaded_boxes == 0) {
            leave(trip_of_[box]);
        }
    }

    double now_ = 0.0;
    std::uint64_t order_ = 0;
    FourAryHeap heap_;
    std::vector<Stream> draws_;
    std::vector<double> released_;
    std::vector<std::uint32_t> trip_of_;
    std::array<std::vector<std::uint32_t>, kServices> waiting_;
    std::array<std::size_t, kServices> head_{};
    std::vector<TripState> trips_;
    Cranes quay_{4, Kind::quay_move, 3.0, 5, {}};
    Cranes rail_{3, Kind::rail_move, 4.0, 6, {}};
    Sums sums_;
};

}  // namespace

HandWritten run_lazy(std::uint64_t seed) {
    thread_local Lazy lazy;
    return lazy.run(seed);
}

HandWritten run_event_per_container(std::uint64_t seed) { return EventPerContainer(seed).run(); }

}  // namespace corridor::bench
