#include "corridor/study/ranking.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "corridor/base/contract.h"

namespace corridor {
namespace {

// h^2 = 2 eta (first - 1) with eta half of (2 error)^(-2 / (first - 1)) - 1: how wide a triangle has to be.
double square_of_width(double error, std::uint64_t first) {
    const auto freedom = static_cast<double>(first - 1);
    return (std::pow(2 * error, -2 / freedom) - 1) * freedom;
}

double sum_of(const Estimate& estimate) { return estimate.mean() * static_cast<double>(estimate.samples()); }

}  // namespace

FeasibilityTest::FeasibilityTest(std::vector<MeanLimit> limits, double error, std::uint64_t most)
    : limits_(std::move(limits)),
      most_(std::max(most, kFirst)),
      means_(limits_.size()),
      first_variance_(limits_.size()),
      decided_(limits_.size(), Feasibility::open) {
    expects(error > 0 && error < 0.5, "the error is a small probability");
    expects(std::ranges::all_of(limits_, [](const MeanLimit& limit) { return limit.tolerance > 0; }),
            "without a tolerance a mean at its limit would be asked for ever");
    for (const MeanLimit& limit : limits_) {
        triangles_.push_back(triangles_of(limit, error / static_cast<double>(limits_.size())));
    }
    if (limits_.empty()) state_ = Feasibility::feasible;
}

std::vector<FeasibilityTest::Triangle> FeasibilityTest::triangles_of(const MeanLimit& limit, double error) const {
    constexpr int kCoarser = 5;
    constexpr double kStep = 4;
    const double h2 = square_of_width(error / 2, kFirst);
    std::vector<Triangle> triangles{{.most = limit.most, .tolerance = limit.tolerance, .h2 = h2}};
    const double coarse_h2 = square_of_width(error / 2 / kCoarser, kFirst);
    double tolerance = limit.tolerance;
    for (int i = 0; i < kCoarser; ++i) {
        tolerance *= kStep;
        triangles.push_back({limit.most + tolerance, tolerance, coarse_h2, Feasibility::infeasible});
        triangles.push_back({limit.most - tolerance, tolerance, coarse_h2, Feasibility::feasible});
    }
    return triangles;
}

// R(r) = max(0, h^2 S^2 / (2 tolerance) - tolerance r / 2), so that the triangle ends at r = h^2 S^2 / tolerance^2.
Feasibility FeasibilityTest::of_triangle(const Triangle& triangle, const Estimate& mean, double first_variance) const {
    const auto samples = static_cast<double>(mean.samples());
    const double off = sum_of(mean) - triangle.most * samples;
    const double least =
        std::max(0.0, triangle.h2 * first_variance / (2 * triangle.tolerance) - triangle.tolerance * samples / 2);
    if (off <= -least) return Feasibility::feasible;
    return off >= least ? Feasibility::infeasible : Feasibility::open;
}

Feasibility FeasibilityTest::of_limit(std::size_t i) {
    for (Triangle& triangle : triangles_[i]) {
        if (!triangle.is_open) continue;
        const Feasibility says = of_triangle(triangle, means_[i], first_variance_[i]);
        if (says == Feasibility::open) continue;
        if (triangle.tells == Feasibility::undefined || triangle.tells == says) return says;
        triangle.is_open = false;
    }
    return Feasibility::open;
}

Feasibility FeasibilityTest::add(const std::vector<double>& sample) {
    if (state_ != Feasibility::open) return state_;
    if (std::ranges::any_of(sample, [](double x) { return std::isnan(x); })) return state_ = Feasibility::undefined;
    for (std::size_t i = 0; i < limits_.size(); ++i) means_[i].add(sample[i]);
    const std::uint64_t samples = means_.front().samples();
    if (samples < kFirst) return state_;
    for (std::size_t i = 0; i < limits_.size(); ++i) {
        if (samples == kFirst) first_variance_[i] = means_[i].sd() * means_[i].sd();
        if (decided_[i] == Feasibility::open) decided_[i] = of_limit(i);
        if (decided_[i] == Feasibility::open && samples >= most_) {
            is_certain_ = false;
            decided_[i] = means_[i].mean() <= limits_[i].most ? Feasibility::feasible : Feasibility::infeasible;
        }
    }
    const auto has = [&](Feasibility which) { return std::ranges::find(decided_, which) != decided_.end(); };
    if (has(Feasibility::infeasible)) return state_ = Feasibility::infeasible;
    if (!has(Feasibility::open)) state_ = Feasibility::feasible;
    return state_;
}

BestOfMany::BestOfMany(std::size_t systems, double difference, double error)
    : difference_(difference),
      h2_(systems < 2 ? 0 : square_of_width(error / static_cast<double>(systems - 1), kFirst)),
      means_(systems),
      first_(systems),
      first_variance_(systems, std::vector<double>(systems)) {
    expects(systems > 0 && difference > 0 && error > 0 && error < 0.5, "there is something to choose from");
    for (std::size_t i = 0; i < systems; ++i) remaining_.push_back(i);
}

void BestOfMany::add(const std::vector<double>& samples) {
    expects(samples.size() == remaining_.size(), "one sample for each system that remains");
    ++replications_;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        means_[remaining_[i]].add(samples[i]);
        if (replications_ <= kFirst) first_[remaining_[i]].push_back(samples[i]);
    }
    if (replications_ == kFirst) {
        for (std::size_t i = 0; i < first_.size(); ++i) {
            for (std::size_t k = 0; k < i; ++k) {
                Estimate difference;
                for (std::size_t r = 0; r < kFirst; ++r) difference.add(first_[i][r] - first_[k][r]);
                first_variance_[i][k] = first_variance_[k][i] = difference.sd() * difference.sd();
            }
        }
    }
    if (replications_ >= kFirst) screen();
}

void BestOfMany::screen() {
    const auto r = static_cast<double>(replications_);
    std::vector<std::size_t> better;
    for (const std::size_t i : remaining_) {
        const bool is_beaten = std::ranges::any_of(remaining_, [&](std::size_t k) {
            const double reach = std::max(0.0, (h2_ * first_variance_[i][k] / difference_ - difference_ * r) / (2 * r));
            return means_[i].mean() > means_[k].mean() + reach;
        });
        if (!is_beaten) better.push_back(i);
    }
    // Of systems that do not differ at all the first stays.
    const auto reaches_end = [&](std::size_t i) {
        return std::ranges::all_of(
            better, [&](std::size_t k) { return h2_ * first_variance_[i][k] <= difference_ * difference_ * r; });
    };
    if (better.size() > 1 && std::ranges::all_of(better, reaches_end)) better.erase(better.begin() + 1, better.end());
    remaining_ = std::move(better);
}

}  // namespace corridor
