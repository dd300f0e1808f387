// How many empty containers of one size are at hand at a terminal, over time.
#pragma once

#include <cstdint>

#include "corridor/model/model.h"

namespace corridor::engine {

/// Where the stock of a terminal and size stands in a table of all of them.
inline std::size_t stock_index(Id<model::Terminal> terminal, std::size_t size) {
    return std::size_t{terminal.index()} * scenario::kBoxSizes.size() + size;
}

/// Changes come in order of time. What lasts no time is not seen.
class StockLevel {
  public:
    void reset(const model::Window& window, std::int64_t number);

    void change(Tick time, std::int64_t by) {
        hold_until(time);
        number_ += by;
    }
    /// Nothing changes before `time`.
    void hold_until(Tick time);

    std::int64_t number() const { return number_; }
    double mean() const;                             ///< time average over the window
    std::int64_t fewest() const { return fewest_; }  ///< in the window

  private:
    model::Window window_;
    std::int64_t number_ = 0;
    std::int64_t fewest_ = 0;
    std::int64_t integral_ = 0;  ///< container-ms of the window
    Tick since_ = 0;
};

}  // namespace corridor::engine
