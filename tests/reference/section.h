// A section of a link that vehicles enter one by one, as model.md describes it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

#include "corridor/base/time.h"
#include "corridor/model/model.h"

namespace corridor::reference {

class Section {
  public:
    struct Request {
        std::size_t vehicle = 0;
        model::Direction direction = model::Direction::forward;
        bool enters_link = false;  ///< not only the next section of it
        Tick asked = 0;
    };

    Section(const model::Link& link, std::array<std::vector<model::Window>, 2> closures, Tick since_midnight,
            Tick horizon)
        : link_(link), closures_(std::move(closures)), since_midnight_(since_midnight), horizon_(horizon) {}

    void ask(const Request& request) { queue_.push_back(request); }
    void leave(model::Direction direction) { --inside_[index(direction)]; }

    /// Whose turn it is to enter now: the first of those who wait, if it may.
    std::optional<Request> turn(Tick now) const;
    /// It enters, or does not after all.
    void let_in(Tick now);
    void pass_over() { queue_.pop_front(); }
    /// When the first of those who wait may enter, if nobody is in the way then; the horizon if nobody waits.
    Tick next_look(Tick now) const;

  private:
    static std::size_t index(model::Direction direction) { return static_cast<std::size_t>(direction); }
    bool is_open(model::Direction direction, Tick time) const;
    Tick path(std::int64_t k) const;
    std::int64_t next_path(const Request& request, Tick time) const;

    const model::Link& link_;
    std::array<std::vector<model::Window>, 2> closures_;  ///< by disruptions, by direction
    Tick since_midnight_;                                 ///< at the origin
    Tick horizon_;
    std::deque<Request> queue_;
    std::array<std::uint32_t, 2> inside_{};            ///< vehicles, by direction
    std::array<std::optional<Tick>, 2> last_entered_;  ///< by direction
    std::array<std::int64_t, 2> first_free_path_{};    ///< by direction: nobody has taken it or one after it
};

}  // namespace corridor::reference
