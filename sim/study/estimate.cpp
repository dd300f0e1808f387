#include "corridor/study/estimate.h"

#include <cmath>

namespace corridor {

void Estimate::add(double sample) {
    if (std::isnan(sample)) {
        ++undefined_;
        return;
    }
    ++samples_;
    const double deviation = sample - mean_;
    mean_ += deviation / static_cast<double>(samples_);
    squares_ += deviation * (sample - mean_);
}

double Estimate::mean() const { return samples_ == 0 ? std::numeric_limits<double>::quiet_NaN() : mean_; }

double Estimate::sd() const {
    if (samples_ < 2) return std::numeric_limits<double>::quiet_NaN();
    return std::sqrt(squares_ / static_cast<double>(samples_ - 1));
}

std::optional<double> Estimate::half_width() const {
    if (samples_ < 2) return std::nullopt;
    return student_t_975(samples_ - 1) * sd() / std::sqrt(static_cast<double>(samples_));
}

std::optional<Interval> Estimate::interval95() const {
    const std::optional<double> half = half_width();
    if (!half) return std::nullopt;
    return Interval{.low = mean_ - *half, .high = mean_ + *half};
}

}  // namespace corridor
