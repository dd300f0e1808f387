#include "stock_level.h"

#include <algorithm>
#include <limits>

namespace corridor::engine {

void StockLevel::reset(const model::Window& window, std::int64_t number) {
    window_ = window;
    number_ = number;
    fewest_ = std::numeric_limits<std::int64_t>::max();
    integral_ = 0;
    since_ = 0;
}

void StockLevel::hold_until(Tick time) {
    const Tick held = std::min(time, window_.to) - std::max(since_, window_.from);
    if (held > 0) {
        integral_ += number_ * held;
        fewest_ = std::min(fewest_, number_);
    }
    since_ = time;
}

double StockLevel::mean() const {
    return static_cast<double>(integral_) / static_cast<double>(window_.to - window_.from);
}

}  // namespace corridor::engine
