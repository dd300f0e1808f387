// Why containers wait: every container-millisecond between release and delivery inside the window, by cause and place.
// Empties that are repositioned are not counted: nobody waits for them to be delivered.
//
// Each container has a time up to which its history is told, and all on board of a vehicle under way have that of the
// vehicle; whatever is heard of it next says what it did since then.
#pragma once

#include <array>
#include <cstdint>
#include <set>
#include <vector>

#include "closed_times.h"
#include "corridor/engine/time_use.h"
#include "observer.h"
#include "tally.h"

namespace corridor::engine {

/// Container-ms by use and by the index of its place.
class TimeAccounts {
  public:
    explicit TimeAccounts(const model::Model& model);

    void clear();
    void add(TimeUse use, std::size_t place, Tick time) { accounts_[static_cast<std::size_t>(use)][place] += time; }
    std::int64_t spent(TimeUse use, std::size_t place) const { return accounts_[static_cast<std::size_t>(use)][place]; }
    std::int64_t spent(TimeUse use) const;
    std::int64_t total() const;

  private:
    std::array<std::vector<std::int64_t>, kTimeUses> accounts_;
};

class Explanation : public Observer {
  public:
    explicit Explanation(const model::Model& model);

    const TimeAccounts& accounts() const { return accounts_; }

    void begin(const Disruptions& disruptions) override;
    void released(Id<model::Demand> demand, const Box& box) override;
    void waited(const Box& box, TimeUse use, std::size_t place, Tick until) override;
    void waited_outside(const Box& box, Id<model::Terminal> terminal, const Windows& gate, Tick until) override;
    void moved(const Box& box, const ContainerMove& move) override;
    void rides(const Box& box, Tick departure, Tick arrival) override;
    void transfers(const Box& box) override;
    void gives_up_at_stop(const Box& box, Tick time) override;
    void goes_by_road(Id<model::Demand> demand, const Box& box, ByRoad why, Tick departure,
                      std::optional<Tick> arrival) override;
    void list_closes(Id<model::Line> line, Tick departure, Tick now, bool falls_out) override;
    void has_waited_on_way(std::uint32_t index, TimeUse use, Tick time) override;
    void arrives(const Vehicle& vehicle, std::uint32_t index, Tick now) override;
    void has_berth(const Vehicle& vehicle, std::uint32_t index, Tick now) override;
    void docks(const Vehicle& vehicle, std::uint32_t index, Tick now) override;
    void has_berthed(const Vehicle& vehicle, std::uint32_t index, Tick now) override;
    void left_for_depth(const Box& box, Tick now) override;
    void loads(const Vehicle& vehicle, std::uint32_t index, Tick now) override;
    void leaves(const Vehicle& vehicle, std::uint32_t index, Tick now) override;
    void still_waits(const Box& box) override;
    void still_under_way(const Vehicle& vehicle, std::uint32_t index) override;

  private:
    /// A vehicle took on board who was ready.
    struct Loading {
        Tick began = 0;
        Tick left = kNever;  ///< kNever until it has left
    };
    /// What was seen of the present call of a vehicle, and of its way there.
    struct Call {
        enum class Phase { under_way, queueing, berthing, at_berth } phase = Phase::under_way;
        Tick told = 0;              ///< until it has berthed: up to when the history of all on board is told
        std::int64_t on_board = 0;  ///< of those who count
        Tick docks = 0;             ///< with tugs; 0 without
        Tick berthed = 0;
        std::size_t loading = 0;            ///< of those of its stop
        bool has_loaded = false;            ///< at this stop
        bool has_waited = false;            ///< on the way
        std::array<Tick, kTimeUses> way{};  ///< for how long, by use
    };

    /// What is the same for all containers of a leg.
    struct LegPlace {
        std::uint32_t demand = 0;
        std::uint32_t stop = 0;  ///< where it boards
        bool counts = true;      ///< not of empties that are repositioned
    };
    /// A container of whom something is heard, or all on board of a vehicle between two stops.
    struct History {
        Tick& told;  ///< up to when
        std::uint64_t key;
        std::size_t stop;
        std::int64_t containers;  ///< that count
    };

    Call& call_of(std::uint32_t vehicle);
    History history_of(const Box& box);
    /// Of all on board, alike in what they did under way; nothing asks for the key or the stop of them.
    static History history_of(Call& call);
    void becomes_ready(const History& history, Tick ready);
    void book(const History& history, TimeUse use, std::size_t place, Tick time);
    void spend(const History& history, TimeUse use, std::size_t place, Tick until);
    model::Window measured(const History& history, Tick until) const;
    void spend_parted(const History& history, TimeUse use, std::size_t place, Tick until, Tick closed, TimeUse closure,
                      std::size_t closed_place);
    void spend_at_facility(const History& history, TimeUse use, std::size_t facility, Tick until);
    void spend_ashore(const History& history, TimeUse use, Tick until);
    TimeUse use_of_crane(std::size_t facility) const;
    void spend_on_way(const History& history, const Vehicle& vehicle, const Call& call, Tick until);
    void spend_at_berth(const History& history, const Vehicle& vehicle, const Call& call, Tick until);
    bool book_missed(const History& history, Tick called, Tick until);
    void book_left_behind(const History& history, Tick called, Tick until);
    void book_approach(const History& history, const Vehicle& vehicle, const Call& call, Tick now);
    void wait_ashore(const History& history, Tick until);
    std::size_t facility_of(const Vehicle& vehicle) const;

    const model::Model& model_;
    TimeAccounts accounts_;
    std::vector<LegPlace> places_;         ///< by leg
    std::vector<std::vector<Tick>> told_;  ///< by demand and number: up to when its history is told, but under way
    std::vector<std::vector<Loading>> loadings_;  ///< by stop, in order of time
    std::vector<Call> calls_;                     ///< by vehicle
    std::set<std::uint64_t> too_late_;  ///< keys of those who became ready at the instant of a loading, but after it
    std::set<std::uint64_t> left_for_depth_;  ///< keys of those whom the last vehicle they were ready for left for that
    ClosedTimes closed_;
};

}  // namespace corridor::engine
