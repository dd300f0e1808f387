// The ensemble smoother where the posterior is known: linear answers and normal beliefs by their exact formula, others
// by rejection sampling; and what it leaves alone.
#include "corridor/study/ensemble_smoother.h"

#include <doctest/doctest.h>

#include <Eigen/Dense>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <functional>
#include <limits>

#include "corridor/base/random.h"
#include "corridor/study/sample.h"

namespace corridor {
namespace {

using ScoreFunction = std::function<std::vector<double>(const std::vector<double>& scores)>;

double score_of(double quantile) { return boost::math::quantile(boost::math::normal(), quantile); }

/// A function of normal scores, with chance of these standard deviations in its outputs.
MakeExperiment noisy(const ScoreFunction& function, const std::vector<double>& sds) {
    return [function, sds] {
        return [function, sds](const std::vector<double>& point, std::uint64_t chance) {
            std::vector<double> scores;
            for (const double quantile : point) scores.push_back(score_of(quantile));
            std::vector<double> outputs = function(scores);
            Stream stream = make_stream(99, chance, stream_key("history", ""));
            for (std::size_t i = 0; i < sds.size(); ++i) outputs[i] += sds[i] * normal(stream);
            return Answer{.status = {}, .outputs = outputs};
        };
    };
}

MakeExperiment exact_of(const ScoreFunction& function) { return noisy(function, {}); }

Eigen::MatrixXd columns(const Ensemble& ensemble) {
    Eigen::MatrixXd scores(ensemble.members.front().scores.size(), ensemble.members.size());
    for (std::size_t j = 0; j < ensemble.members.size(); ++j) {
        for (std::size_t i = 0; i < ensemble.members[j].scores.size(); ++i) {
            scores(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = ensemble.members[j].scores[i];
        }
    }
    return scores;
}

Smoothed smoothed(const MakeExperiment& make, std::size_t dimensions, const std::vector<Observation>& observations,
                  const SmootherPlan& plan) {
    std::vector<std::size_t> observed;
    for (const Observation& observation : observations) observed.push_back(observation.output);
    const PriorEnsemble prior = prior_ensemble(make, dimensions, observed, plan);
    return assimilate(make, prior, observations, plan);
}

/// Two observations of three scores: y = G x with errors of 0.5 and 1.
const Eigen::Matrix<double, 2, 3> kLinear{{1.0, 2.0, 0.0}, {0.0, 1.0, -1.0}};

std::vector<double> linear(const std::vector<double>& x) {
    return {kLinear(0, 0) * x[0] + kLinear(0, 1) * x[1] + kLinear(0, 2) * x[2],
            kLinear(1, 0) * x[0] + kLinear(1, 1) * x[1] + kLinear(1, 2) * x[2]};
}

struct Gaussian {
    Eigen::Vector3d mean;
    Eigen::Matrix3d covariance;
};

/// Bayes' rule for a standard normal prior: covariance (1 + G' R^-1 G)^-1, mean covariance G' R^-1 d.
Gaussian exact_posterior(const Eigen::Vector2d& data, const Eigen::Vector2d& variances) {
    const Eigen::Matrix2d precision = variances.cwiseInverse().asDiagonal();
    const Eigen::Matrix3d information = Eigen::Matrix3d::Identity() + kLinear.transpose() * precision * kLinear;
    const Eigen::Matrix3d covariance = information.inverse();
    return {covariance * kLinear.transpose() * precision * data, covariance};
}

/// Means within four standard errors of the exact ones; variances within four of theirs (relative sqrt(2 / n)), and
/// covariances likewise.
void check_moments(const Ensemble& ensemble, const Gaussian& exact) {
    const Eigen::MatrixXd scores = columns(ensemble);
    const auto count = static_cast<double>(scores.cols());
    const Eigen::VectorXd mean = scores.rowwise().mean();
    const Eigen::MatrixXd off = scores.colwise() - mean;
    const Eigen::MatrixXd covariance = off * off.transpose() / (count - 1);
    for (Eigen::Index i = 0; i < 3; ++i) {
        CAPTURE(i);
        CHECK(std::abs(mean(i) - exact.mean(i)) < 4 * std::sqrt(exact.covariance(i, i) / count));
        for (Eigen::Index k = 0; k < 3; ++k) {
            CAPTURE(k);
            const double squared =
                exact.covariance(i, i) * exact.covariance(k, k) + exact.covariance(i, k) * exact.covariance(i, k);
            CHECK(std::abs(covariance(i, k) - exact.covariance(i, k)) < 4 * std::sqrt(squared / count));
        }
    }
}

}  // namespace

TEST_CASE("The normal distribution function is that of the tables") {
    for (double x = -8; x <= 8; x += 0.125) {
        CHECK(std::abs(normal_cdf(x) - boost::math::cdf(boost::math::normal(), x)) < 2e-15);
    }
    CHECK(normal_cdf(-40) == 0.0);
    CHECK(normal_cdf(40) == 1.0);
    CHECK(point_of({40.0}).front() < 1.0);
}

// With inflation by 1 in place of the number of assimilations, four of them would leave a variance of 0.12 in place of
// 0.36, 80 standard errors away.
TEST_CASE("Linear answers and normal beliefs: the posterior is the exact one, in one assimilation or in several") {
    const Gaussian exact = exact_posterior({3.0, 1.0}, {0.25, 1.0});
    const std::vector<Observation> observations{{.output = 0, .value = 3.0, .error = 0.5},
                                                {.output = 1, .value = 1.0, .error = 1.0}};
    for (const std::uint64_t assimilations : {1U, 2U, 4U}) {
        CAPTURE(assimilations);
        const Smoothed result =
            smoothed(exact_of(&linear), 3, observations, {.seed = 3, .members = 4000, .assimilations = assimilations});
        check_moments(result.ensemble, exact);
        CHECK(result.is_moved == std::vector<bool>{true, true, true});
        for (const double spread : result.spread) CHECK(std::abs(spread - 1) < 4 * std::sqrt(2.0 / 4000));
    }
}

TEST_CASE("Chance is part of the error, once: a noisy answer teaches as much as its variance allows") {
    const Gaussian exact = exact_posterior({3.0, 1.0}, {0.25 + 0.64, 1.0 + 0.09});
    const std::vector<Observation> observations{{.output = 0, .value = 3.0, .error = 0.5},
                                                {.output = 1, .value = 1.0, .error = 1.0}};
    const SmootherPlan plan{.seed = 5, .members = 4000, .assimilations = 4};
    const Smoothed result = smoothed(noisy(&linear, {0.8, 0.3}), 3, observations, plan);
    // The variances of chance are known from 50 pairs, to sqrt(2 / 50) = 20 %: 0.13 of 0.89, so compare at that.
    const Eigen::MatrixXd scores = columns(result.ensemble);
    for (Eigen::Index i = 0; i < 3; ++i) {
        const double sd = std::sqrt(exact.covariance(i, i));
        CHECK(std::abs(scores.row(i).mean() - exact.mean(i)) < 0.12 * sd + 4 * sd / std::sqrt(4000));
        const double variance = (scores.row(i).array() - scores.row(i).mean()).square().mean();
        CHECK(std::abs(variance / exact.covariance(i, i) - 1) < 0.12 + 4 * std::sqrt(2.0 / 4000));
    }
    // Taken for certain, the first figure alone would leave a variance 1 / (1 + 5 / 0.25) of its direction.
    const Eigen::RowVectorXd direction = (scores.row(0) + 2 * scores.row(1)) / std::sqrt(5.0);
    const double left = (direction.array() - direction.mean()).square().mean();
    CHECK(left > 2 / (1 + 5 / 0.25));
}

// A volume: sailings x load x share, each triangular, one observation near the end of what is possible. By rejection: a
// point is kept with the likelihood of the observation there.
TEST_CASE("A product of ranges: quantiles agree with those of rejection sampling") {
    const auto volume = [](const std::vector<double>& u) {
        const auto triangular = [](double q, double low, double mode, double high) {
            const double below = (mode - low) / (high - low);
            return q < below ? low + std::sqrt(q * (high - low) * (mode - low))
                             : high - std::sqrt((1 - q) * (high - low) * (high - mode));
        };
        return triangular(u[0], 6, 9, 10) * triangular(u[1], 95, 124, 150) * triangular(u[2], 0.2, 0.5, 0.9);
    };
    constexpr double kReported = 300;
    constexpr double kError = 15;
    std::vector<std::vector<double>> kept(3);
    Stream stream = make_stream(8, 0, stream_key("rejection", ""));
    while (kept.front().size() < 4000) {
        const std::vector<double> u{uniform01(stream), uniform01(stream), uniform01(stream)};
        const double off = (volume(u) - kReported) / kError;
        if (uniform01(stream) > std::exp(-off * off / 2)) continue;
        for (std::size_t i = 0; i < 3; ++i) kept[i].push_back(score_of(u[i]));
    }

    const MakeExperiment make = [volume] {
        return [volume](const std::vector<double>& point, std::uint64_t) {
            return Answer{.status = {}, .outputs = {volume(point)}};
        };
    };
    const Smoothed result =
        smoothed(make, 3, {{.output = 0, .value = kReported, .error = kError}}, {.seed = 2, .members = 2000});
    for (std::size_t i = 0; i < 3; ++i) {
        std::vector<double> scores;
        for (const Member& member : result.ensemble.members) scores.push_back(member.scores[i]);
        const SortedSample smoother(std::move(scores));
        const SortedSample rejection(kept[i]);
        const double sd = (rejection.quantile(0.8413) - rejection.quantile(0.1587)) / 2;
        // Standard errors of quantiles: sqrt(p (1 - p)) / density, over both samples; and a tenth of a standard
        // deviation for what the smoother takes for linear.
        struct At {
            double p;
            double density;
        };
        for (const At at : {At{0.05, 0.103}, At{0.5, 0.399}, At{0.95, 0.103}}) {
            const double p = at.p;
            CAPTURE(i);
            CAPTURE(p);
            const double error = std::sqrt(p * (1 - p) * (1.0 / 2000 + 1.0 / 4000)) / at.density;
            CHECK(std::abs(smoother.quantile(p) - rejection.quantile(p)) < (0.1 + 4 * error) * sd);
        }
    }
    CHECK(result.mismatch.front() > 10);
    CHECK(result.mismatch.back() < 2);
}

// Forty dimensions, two of which matter. The universal threshold lets a few others move, the test at 1 % of where they
// are then has few of them taken for informed.
TEST_CASE("What the figures do not inform stays as it was, and is not taken for informed") {
    const ScoreFunction two = [](const std::vector<double>& x) {
        return std::vector<double>{3 * x[0] + x[1] + 0.3 * x[0] * x[1]};
    };
    constexpr std::size_t kDimensions = 40;
    int moved = 0;
    int taken = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const SmootherPlan plan{.seed = seed, .members = 100};
        const PriorEnsemble prior = prior_ensemble(exact_of(two), kDimensions, {0}, plan);
        const Smoothed result = assimilate(exact_of(two), prior, {{.output = 0, .value = 6, .error = 0.5}}, plan);
        CHECK(result.is_moved[0]);
        CHECK(result.is_moved[1]);
        for (std::size_t i = 0; i < kDimensions; ++i) {
            std::vector<double> scores;
            bool is_same = true;
            for (std::size_t j = 0; j < 100; ++j) {
                scores.push_back(result.ensemble.members[j].scores[i]);
                is_same = is_same && scores.back() == prior.ensemble.members[j].scores[i];
            }
            CHECK(is_same == !result.is_moved[i]);
            if (i == 0) CHECK(differs_from_normal(scores));
            if (i < 2 || !result.is_moved[i]) continue;
            ++moved;
            if (differs_from_normal(scores)) ++taken;
        }
    }
    CHECK(moved < 2 * 40);       // 1,520 chances: less than 5 %
    CHECK(taken <= 15 + 4 * 4);  // 1 % of all, with four standard errors
}

TEST_CASE("Members are drawn with mean 0 and covariance 1, exactly, where there are enough") {
    const ScoreFunction none = [](const std::vector<double>&) { return std::vector<double>{0.0}; };
    const Eigen::MatrixXd scores = columns(prior_ensemble(exact_of(none), 20, {0}, {.members = 50}).ensemble);
    CHECK(scores.rowwise().mean().cwiseAbs().maxCoeff() < 1e-12);
    CHECK((scores * scores.transpose() / 49 - Eigen::MatrixXd::Identity(20, 20)).cwiseAbs().maxCoeff() < 1e-12);
    CHECK(columns(prior_ensemble(exact_of(none), 20, {0}, {.members = 10}).ensemble).cols() == 10);
}

TEST_CASE("Points without an answer are left out and counted; any number of threads gives the same members") {
    const MakeExperiment picky = [] {
        return [](const std::vector<double>& point, std::uint64_t) {
            if (point[0] < 0.1) return Answer{};
            const double undefined = std::numeric_limits<double>::quiet_NaN();
            return Answer{.status = {}, .outputs = {point[1] > 0.9 ? undefined : 10 * point[0], undefined}};
        };
    };
    const std::vector<Observation> observations{{.output = 0, .value = 5, .error = 0.5}};
    const Smoothed one = smoothed(picky, 2, observations, {.members = 100, .threads = 1});
    const Smoothed three = smoothed(picky, 2, observations, {.members = 100, .threads = 3});
    CHECK(one.ensemble.refused >= 15);
    CHECK(one.ensemble.refused + one.ensemble.members.size() == 100);
    REQUIRE(one.ensemble.members.size() == three.ensemble.members.size());
    for (std::size_t j = 0; j < one.ensemble.members.size(); ++j) {
        CHECK(one.ensemble.members[j].scores == three.ensemble.members[j].scores);
        CHECK(point_of(one.ensemble.members[j].scores)[0] >= 0.1);
    }
}

TEST_CASE("Standard normal samples differ from their distribution in one of a hundred tests") {
    int differing = 0;
    for (std::uint64_t i = 0; i < 2000; ++i) {
        Stream stream = make_stream(1, i, stream_key("sample", ""));
        std::vector<double> sample(100);
        for (double& x : sample) x = normal(stream);
        if (differs_from_normal(sample)) ++differing;
        for (double& x : sample) x += 0.8;
        CHECK(differs_from_normal(sample));
    }
    CHECK(std::abs(differing - 20) < 4 * std::sqrt(20.0));
}

}  // namespace corridor
