// Which of several systems is right, where each answer is noisy: fully sequential procedures with a guarantee.
#pragma once

#include <cstdint>
#include <vector>

#include "corridor/study/estimate.h"

namespace corridor {

/// A mean that may not be more than `most`; within `tolerance` of it, either answer will do.
struct MeanLimit {
    double most = 0;
    double tolerance = 0;  ///< more than 0
};

enum class Feasibility {
    open,
    feasible,
    infeasible,
    undefined  ///< a sample was NaN: what does not happen cannot be promised
};

/// Whether the means of several outputs of one system stay within their limits: procedure F of Batur & Kim 2010
/// (doi:10.1145/1842713.1842716), as in Andradottir & Kim 2010 (doi:10.1002/nav.20408), with c = 1. Samples are added
/// until the sum of what they are off a limit leaves a triangle that narrows with their number. The answer is wrong
/// with a probability of at most `error`, where no mean lies within its tolerance and samples are normal.
///
/// The number of samples grows with 1 / tolerance, however far off a mean is, so coarser tests run beside that one
/// (Zhou, Andradottir & Kim 2025, arXiv:2509.04514): with a tolerance t a test of the limit `most + t` calls a mean of
/// up to `most` infeasible by mistake alone, and one of `most - t` a mean above `most` feasible by mistake alone. What
/// they say the other way round says nothing. Half of the error is theirs.
class FeasibilityTest {
  public:
    static constexpr std::uint64_t kFirst = 20;  ///< samples before the first decision

    /// After `most` samples the sign of the sum decides, without the guarantee.
    FeasibilityTest(std::vector<MeanLimit> limits, double error, std::uint64_t most);

    /// One replication: by limit. Returns what is known now; nothing is added once that is not `open`.
    Feasibility add(const std::vector<double>& sample);

    Feasibility state() const { return state_; }
    bool is_certain() const { return is_certain_; }  ///< decided by the procedure, not for want of samples
    const std::vector<Estimate>& means() const { return means_; }

  private:
    // One test of one limit.
    struct Triangle {
        double most = 0;
        double tolerance = 0;
        double h2 = 0;                               // the square of what makes it wide enough
        Feasibility tells = Feasibility::undefined;  // the one answer that counts; undefined: either
        bool is_open = true;
    };

    std::vector<Triangle> triangles_of(const MeanLimit& limit, double error) const;
    Feasibility of_limit(std::size_t i);
    Feasibility of_triangle(const Triangle& triangle, const Estimate& mean, double first_variance) const;

    std::vector<MeanLimit> limits_;
    std::uint64_t most_;
    std::vector<std::vector<Triangle>> triangles_;  // by limit
    std::vector<Estimate> means_;
    std::vector<double> first_variance_;
    std::vector<Feasibility> decided_;  // by limit
    Feasibility state_ = Feasibility::open;
    bool is_certain_ = true;
};

/// Picks the system with the least mean: Kim & Nelson 2001 (doi:10.1145/502109.502111), with c = 1. Replication r of
/// all systems may share random numbers. With normal samples and a best that is at least `difference` better than the
/// others, the choice is wrong with a probability of at most `error`.
class BestOfMany {
  public:
    static constexpr std::uint64_t kFirst = 20;

    /// At least one system; `difference` more than 0.
    BestOfMany(std::size_t systems, double difference, double error);

    /// The systems that are still to be asked, ascending; the choice is made when there is one.
    const std::vector<std::size_t>& remaining() const { return remaining_; }

    /// One replication of each of `remaining()`, in that order.
    void add(const std::vector<double>& samples);

    std::uint64_t replications() const { return replications_; }
    const Estimate& mean(std::size_t system) const { return means_[system]; }

  private:
    void screen();

    double difference_;
    double h2_;
    std::vector<std::size_t> remaining_;
    std::vector<Estimate> means_;
    std::vector<std::vector<double>> first_;           // the first samples of each system
    std::vector<std::vector<double>> first_variance_;  // of the differences of two
    std::uint64_t replications_ = 0;
};

}  // namespace corridor
