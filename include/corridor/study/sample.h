// Quantiles of a sample that is kept whole.
#pragma once

#include <vector>

namespace corridor {

/// Values in ascending order, without NaN.
class SortedSample {
  public:
    /// NaN values are left out.
    explicit SortedSample(std::vector<double> values);

    bool empty() const { return values_.empty(); }
    std::size_t size() const { return values_.size(); }

    /// Interpolates linearly between order statistics (type 7 of Hyndman & Fan 1996, doi:10.2307/2684934).
    /// `probability` in [0, 1]; NaN for an empty sample.
    double quantile(double probability) const;

    /// Share of the sample below `value`, those equal to it counted by half; in [0, 1], NaN for an empty sample.
    double rank_of(double value) const;

  private:
    std::vector<double> values_;
};

}  // namespace corridor
