// Rows of windows in order of time, disjoint.
#pragma once

#include <algorithm>
#include <vector>

#include "corridor/model/model.h"
#include "model/calendar.h"

namespace corridor::engine {

using Windows = std::vector<model::Window>;

using model::first_after;

/// `time`, or the end of the windows that hold it.
inline Tick leave_windows(const Windows& windows, Tick time) {
    for (auto w = first_after(windows, time); w != windows.end() && w->from <= time; ++w) {
        time = w->to;
    }
    return time;
}

inline bool is_within(const Windows& windows, Tick time) { return leave_windows(windows, time) != time; }

/// A number that changes at known instants: how many berths are out, how much slower something is.
class Steps {
  public:
    void clear() {
        parts_.clear();
        steps_.clear();
    }
    void add(const model::Window& window, double value) { parts_.push_back({window, value}); }

    /// To be called when all is added. At one time the values of all windows that hold it are combined.
    template <class Combine>
    void settle(double usual, Combine combine);

    double at(Tick time, double usual) const {
        const auto later = [time](const Step& step) { return step.from <= time; };
        const auto next = std::partition_point(steps_.begin(), steps_.end(), later);
        return next == steps_.begin() ? usual : std::prev(next)->value;
    }

    bool empty() const { return steps_.empty(); }

  private:
    struct Part {
        model::Window window;
        double value = 0.0;
    };
    struct Step {
        Tick from = 0;
        double value = 0.0;
    };

    std::vector<Part> parts_;
    std::vector<Step> steps_;
};

template <class Combine>
void Steps::settle(double usual, Combine combine) {
    std::stable_sort(parts_.begin(), parts_.end(),
                     [](const Part& a, const Part& b) { return a.window.from < b.window.from; });
    std::vector<Part> present;  // few at a time
    auto next = parts_.begin();
    while (next != parts_.end() || !present.empty()) {
        Tick time = next != parts_.end() ? next->window.from : present.front().window.to;
        for (const Part& part : present) time = std::min(time, part.window.to);
        std::erase_if(present, [time](const Part& part) { return part.window.to <= time; });
        for (; next != parts_.end() && next->window.from == time; ++next) present.push_back(*next);
        double value = usual;
        for (const Part& part : present) value = combine(value, part.value);
        steps_.push_back({time, value});
    }
}

}  // namespace corridor::engine
