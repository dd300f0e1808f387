// A mean over replications and how sure it is.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>

namespace corridor {

/// What is undefined: a mean of nothing, a ratio to nothing.
inline constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

struct Interval {
    double low = 0;
    double high = 0;
};

/// Running mean and standard deviation of independent samples, in constant memory (Welford 1962,
/// doi:10.1080/00401706.1962.10490022). The result depends on the order of the samples: add them in that of the
/// replications.
class Estimate {
  public:
    /// Samples that are NaN (a mean of nothing) are skipped and counted.
    void add(double sample);

    std::uint64_t samples() const { return samples_; }      ///< without the undefined ones
    std::uint64_t undefined() const { return undefined_; }  ///< NaN samples skipped

    double mean() const;  ///< NaN without samples
    double sd() const;    ///< of a single sample (n - 1 in the denominator); NaN with fewer than two

    /// Half the width of the 95 % confidence interval of the mean (Student t). Nothing with fewer than two samples.
    std::optional<double> half_width() const;
    std::optional<Interval> interval95() const;

  private:
    std::uint64_t samples_ = 0;
    std::uint64_t undefined_ = 0;
    double mean_ = 0;
    double squares_ = 0;  ///< sum of squared deviations from the mean
};

/// The quantile of Student's t that leaves 2.5 % above it; `degrees_of_freedom` is 1 or more.
double student_t_975(std::uint64_t degrees_of_freedom);

}  // namespace corridor
