#include "corridor/study/ensemble_smoother.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "corridor/base/contract.h"
#include "corridor/base/random.h"
#include "corridor/study/fingerprint.h"
#include "study/in_order.h"

namespace corridor {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;
using study::Next;

constexpr std::uint64_t kPairs = 50;  // of histories behind the covariance of chance: 50 degrees of freedom

// One question: where, and in which history.
struct Question {
    const std::vector<double>* scores = nullptr;
    std::uint64_t chance = 0;
};

struct AnswerList {
    RunStatus status;
    std::vector<std::vector<double>> outputs;  // empty where a point had no answer
    std::uint64_t fingerprint = 0;
};

// Asks over threads; answers in the order of the questions. `before` questions were asked before, of `expected` in all.
AnswerList ask_all(const MakeExperiment& make_experiment, const std::vector<Question>& questions, unsigned threads,
                   const StudyWatch& watch, std::uint64_t before, std::uint64_t expected) {
    AnswerList answers;
    const auto make_worker = [&] {
        return [&questions, experiment = make_experiment()](std::uint64_t number) {
            return experiment(point_of(*questions[number].scores), questions[number].chance);
        };
    };
    const auto consume = [&](std::uint64_t, Answer answer) {
        answers.status = std::move(answer.status);
        if (answers.status.state != RunState::complete) return Next::stop;
        answers.outputs.push_back(std::move(answer.outputs));
        answers.fingerprint = combined_fingerprint(answers.fingerprint, answer.fingerprint);
        if (watch.progress) watch.progress(before + answers.outputs.size(), expected);
        return Next::go_on;
    };
    study::run_in_order<Answer>(threads, questions.size(), make_worker, consume, watch.stop);
    const bool is_done = answers.outputs.size() == questions.size();
    if (!is_done && answers.status.state == RunState::complete) answers.status.state = RunState::cancelled;
    return answers;
}

bool is_defined(const std::vector<double>& outputs, const std::vector<std::size_t>& observed) {
    return !outputs.empty() && std::ranges::none_of(observed, [&](std::size_t o) { return std::isnan(outputs[o]); });
}

// Columns are members.
MatrixXd scores_of(const Ensemble& ensemble) {
    const auto count = static_cast<Eigen::Index>(ensemble.members.size());
    const auto dimensions = static_cast<Eigen::Index>(ensemble.members.front().scores.size());
    MatrixXd scores(dimensions, count);
    for (Eigen::Index j = 0; j < count; ++j) {
        scores.col(j) = VectorXd::Map(ensemble.members[static_cast<std::size_t>(j)].scores.data(), dimensions);
    }
    return scores;
}

MatrixXd centred(const MatrixXd& columns) { return columns.colwise() - columns.rowwise().mean(); }

MatrixXd covariance(const MatrixXd& a, const MatrixXd& b) {
    return centred(a) * centred(b).transpose() / static_cast<double>(a.cols() - 1);
}

// Standard normal scores, with the sample's mean and covariance taken out where there are enough members.
MatrixXd drawn_scores(std::size_t dimensions, const SmootherPlan& plan) {
    MatrixXd scores(static_cast<Eigen::Index>(dimensions), static_cast<Eigen::Index>(plan.members));
    for (Eigen::Index j = 0; j < scores.cols(); ++j) {
        Stream stream = make_stream(plan.seed, static_cast<std::uint64_t>(j), stream_key("ensemble member", ""));
        for (Eigen::Index i = 0; i < scores.rows(); ++i) scores(i, j) = normal(stream);
    }
    if (dimensions == 0 || plan.members <= dimensions + 1) return scores;
    const Eigen::LLT<MatrixXd> sample(covariance(scores, scores));
    return sample.matrixL().solve(centred(scores));
}

// The observations, each in its own error, and how members are held against them.
class Assimilation {
  public:
    Assimilation(const std::vector<Observation>& observations, const PriorEnsemble& prior, const SmootherPlan& plan)
        : observations_(observations), plan_(plan), chance_(chance_covariance(prior)), error_(chance_) {
        for (Eigen::Index i = 0; i < count(); ++i) error_(i, i) += at(i).error * at(i).error;
        scale_ = error_.diagonal().cwiseSqrt();
        const VectorXd inverse = scale_.cwiseInverse();
        chance_ = inverse.asDiagonal() * chance_ * inverse.asDiagonal();
        error_ = inverse.asDiagonal() * error_ * inverse.asDiagonal();
    }

    // Distances of what was observed from the answers, in errors: (observations x members).
    MatrixXd distances(const Ensemble& ensemble) const {
        MatrixXd distances(count(), static_cast<Eigen::Index>(ensemble.members.size()));
        for (Eigen::Index j = 0; j < distances.cols(); ++j) {
            for (Eigen::Index i = 0; i < count(); ++i) {
                const double answer = ensemble.members[static_cast<std::size_t>(j)].outputs[at(i).output];
                distances(i, j) = (at(i).value - answer) / scale_(i);
            }
        }
        return distances;
    }

    double mismatch(const Ensemble& ensemble) const {
        const MatrixXd distance = distances(ensemble);
        const MatrixXd weighted = error_.ldlt().solve(distance);
        return distance.cwiseProduct(weighted).sum() / static_cast<double>(distance.size());
    }

    // Moves the scores of all members by one assimilation.
    void update(Ensemble& ensemble, std::uint64_t stage, std::vector<bool>& is_moved) const {
        const MatrixXd distance = distances(ensemble);
        MatrixXd scores = scores_of(ensemble);
        const double inflation = static_cast<double>(plan_.assimilations);
        const MatrixXd added = inflation * error_ - chance_;
        screen(scores, distance, is_moved);
        MatrixXd cross = covariance(scores, -distance);
        for (Eigen::Index k = 0; k < cross.rows(); ++k) {
            if (!is_moved[static_cast<std::size_t>(k)]) cross.row(k).setZero();
        }
        const MatrixXd total = covariance(distance, distance) + added;
        scores += cross * total.ldlt().solve(distance + perturbations(added, stage, distance.cols()));
        for (Eigen::Index j = 0; j < scores.cols(); ++j) {
            std::vector<double>& of_member = ensemble.members[static_cast<std::size_t>(j)].scores;
            VectorXd::Map(of_member.data(), scores.rows()) = scores.col(j);
        }
    }

    // Variances of the answers without chance over those that linear theory leaves of the prior's.
    std::vector<double> spread(const Ensemble& prior, const Ensemble& posterior) const {
        const MatrixXd before = distances(prior);
        const MatrixXd after = distances(posterior);
        const MatrixXd known = covariance(before, before) - chance_;
        const MatrixXd left = known - known * (known + error_).ldlt().solve(known);
        std::vector<double> spread;
        for (Eigen::Index i = 0; i < count(); ++i) {
            const double got =
                (after.row(i).array() - after.row(i).mean()).square().sum() / static_cast<double>(after.cols() - 1) -
                chance_(i, i);
            spread.push_back(left(i, i) > 0 ? std::max(got, 0.0) / left(i, i)
                                            : std::numeric_limits<double>::quiet_NaN());
        }
        return spread;
    }

  private:
    Eigen::Index count() const { return static_cast<Eigen::Index>(observations_.size()); }
    const Observation& at(Eigen::Index i) const { return observations_[static_cast<std::size_t>(i)]; }

    // Half the mean product of the differences between two histories at one point.
    MatrixXd chance_covariance(const PriorEnsemble& prior) const {
        MatrixXd sum = MatrixXd::Zero(count(), count());
        double pairs = 0;
        for (std::size_t j = 0; j < prior.again.size(); ++j) {
            VectorXd difference(count());
            for (Eigen::Index i = 0; i < count(); ++i) {
                difference(i) = prior.again[j][at(i).output] - prior.ensemble.members[j].outputs[at(i).output];
            }
            if (difference.hasNaN()) continue;
            sum += difference * difference.transpose() / 2;
            ++pairs;
        }
        return pairs > 0 ? MatrixXd(sum / pairs) : sum;
    }

    // Marks the dimensions whose correlation with an observation is more than noise.
    void screen(const MatrixXd& scores, const MatrixXd& distance, std::vector<bool>& is_moved) const {
        const VectorXd score_sd = covariance(scores, scores).diagonal().cwiseSqrt();
        const VectorXd answer_sd = covariance(distance, distance).diagonal().cwiseSqrt();
        const MatrixXd cross = covariance(scores, distance).cwiseAbs();
        for (Eigen::Index i = 0; i < count(); ++i) {
            VectorXd correlation = cross.col(i).cwiseQuotient(score_sd) / answer_sd(i);
            correlation = correlation.unaryExpr([](double x) { return std::isfinite(x) ? x : 0.0; });
            const double least = threshold(correlation, scores.cols());
            for (Eigen::Index k = 0; k < correlation.size(); ++k) {
                if (correlation(k) > least) is_moved[static_cast<std::size_t>(k)] = true;
            }
        }
    }

    static double threshold(const VectorXd& correlation, Eigen::Index members) {
        std::vector<double> sorted(correlation.data(), correlation.data() + correlation.size());
        const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
        std::ranges::nth_element(sorted, middle);
        constexpr double kMedianOfNormal = 0.6745;  // of its absolute value
        const double noise = std::min(*middle / kMedianOfNormal, 1 / std::sqrt(static_cast<double>(members)));
        return std::sqrt(2 * portable_log(static_cast<double>(sorted.size()))) * noise;
    }

    // With mean 0 over the members and the covariance `added`; one stream for each observation and member.
    MatrixXd perturbations(const MatrixXd& added, std::uint64_t stage, Eigen::Index members) const {
        MatrixXd draws(count(), members);
        for (Eigen::Index i = 0; i < count(); ++i) {
            const std::uint64_t key = stream_key("observation error", std::to_string(at(i).output));
            for (Eigen::Index j = 0; j < members; ++j) {
                Stream stream = make_stream(plan_.seed, stage * plan_.members + static_cast<std::uint64_t>(j), key);
                draws(i, j) = normal(stream);
            }
        }
        return added.llt().matrixL() * centred(draws);
    }

    const std::vector<Observation>& observations_;
    const SmootherPlan& plan_;
    MatrixXd chance_;  // in the errors of the observations, as is `error_`, which includes it
    MatrixXd error_;
    VectorXd scale_;
};

// New answers to all members, each in a history of its own; those without one are left out.
void ask_again(const MakeExperiment& make_experiment, Ensemble& ensemble, const std::vector<std::size_t>& observed,
               const SmootherPlan& plan, std::uint64_t stage, std::uint64_t before, const StudyWatch& watch) {
    std::vector<Question> questions;
    for (std::size_t j = 0; j < ensemble.members.size(); ++j) {
        questions.push_back({&ensemble.members[j].scores, (stage + 1) * plan.members + j});
    }
    const std::uint64_t expected = before + questions.size() * (plan.assimilations - stage + 1);
    AnswerList answers = ask_all(make_experiment, questions, plan.threads, watch, before, expected);
    ensemble.status = answers.status;
    ensemble.fingerprint = combined_fingerprint(ensemble.fingerprint, answers.fingerprint);
    if (ensemble.status.state != RunState::complete) return;
    std::vector<Member> members;
    for (std::size_t j = 0; j < questions.size(); ++j) {
        if (!is_defined(answers.outputs[j], observed)) {
            ++ensemble.refused;
            continue;
        }
        members.push_back({std::move(ensemble.members[j].scores), std::move(answers.outputs[j])});
    }
    ensemble.members = std::move(members);
}

}  // namespace

std::vector<double> point_of(const std::vector<double>& scores) {
    constexpr double kBelowOne = 1.0 - 0x1p-53;
    std::vector<double> point;
    for (const double score : scores) point.push_back(std::clamp(normal_cdf(score), 0.0, kBelowOne));
    return point;
}

PriorEnsemble prior_ensemble(const MakeExperiment& make_experiment, std::size_t dimensions,
                             const std::vector<std::size_t>& observed, const SmootherPlan& plan,
                             const StudyWatch& watch) {
    expects(plan.members >= 2, "a covariance needs two members");
    PriorEnsemble prior;
    const MatrixXd drawn = drawn_scores(dimensions, plan);
    std::vector<std::vector<double>> scores;
    for (Eigen::Index j = 0; j < drawn.cols(); ++j) scores.emplace_back(drawn.col(j).begin(), drawn.col(j).end());
    std::vector<Question> questions;
    for (std::uint64_t j = 0; j < plan.members; ++j) questions.push_back({&scores[j], j});
    for (std::uint64_t j = 0; j < std::min(plan.members, kPairs); ++j) {
        questions.push_back({&scores[j], plan.members + j});
    }
    AnswerList answers = ask_all(make_experiment, questions, plan.threads, watch, 0, questions.size());
    prior.ensemble.status = answers.status;
    prior.ensemble.fingerprint = answers.fingerprint;
    if (answers.status.state != RunState::complete) return prior;
    for (std::uint64_t j = 0; j < plan.members; ++j) {
        if (!is_defined(answers.outputs[j], observed)) {
            ++prior.ensemble.refused;
            continue;
        }
        const std::uint64_t other = plan.members + j;
        const bool is_paired = prior.again.size() == prior.ensemble.members.size() && other < questions.size() &&
                               is_defined(answers.outputs[other], observed);
        if (is_paired) prior.again.push_back(std::move(answers.outputs[other]));
        prior.ensemble.members.push_back({std::move(scores[j]), std::move(answers.outputs[j])});
    }
    return prior;
}

Smoothed assimilate(const MakeExperiment& make_experiment, const PriorEnsemble& prior,
                    const std::vector<Observation>& observations, const SmootherPlan& plan, const StudyWatch& watch) {
    expects(prior.ensemble.members.size() >= 2 && !observations.empty() && plan.assimilations >= 1,
            "there is something to assimilate, and a covariance of members");
    const Assimilation assimilation(observations, prior, plan);
    std::vector<std::size_t> observed;
    for (const Observation& observation : observations) observed.push_back(observation.output);

    Smoothed smoothed{.ensemble = prior.ensemble, .is_moved = {}, .mismatch = {}, .spread = {}};
    Ensemble& ensemble = smoothed.ensemble;
    smoothed.is_moved.resize(ensemble.members.front().scores.size(), false);
    smoothed.mismatch.push_back(assimilation.mismatch(ensemble));
    std::uint64_t asked = 0;
    for (std::uint64_t stage = 1; stage <= plan.assimilations; ++stage) {
        assimilation.update(ensemble, stage, smoothed.is_moved);
        const std::uint64_t before = std::exchange(asked, asked + ensemble.members.size());
        ask_again(make_experiment, ensemble, observed, plan, stage, before, watch);
        if (ensemble.status.state != RunState::complete || ensemble.members.size() < 2) return smoothed;
        smoothed.mismatch.push_back(assimilation.mismatch(ensemble));
    }
    smoothed.spread = assimilation.spread(prior.ensemble, ensemble);
    return smoothed;
}

bool differs_from_normal(std::vector<double> scores) {
    std::ranges::sort(scores);
    const auto count = static_cast<double>(scores.size());
    double distance = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const double expected = normal_cdf(scores[i]);
        const auto below = static_cast<double>(i);
        distance = std::max({distance, expected - below / count, (below + 1) / count - expected});
    }
    constexpr double kOnePercent = 1.628;
    const double root = std::sqrt(count);
    return (root + 0.12 + 0.11 / root) * distance > kOnePercent;
}

double normal_cdf(double x) {
    constexpr double kFar = 8.3;  // what is left is below 1e-16
    if (!(std::abs(x) < kFar)) return x < 0 ? 0.0 : 1.0;
    constexpr double kHalfLogTwoPi = 0.91893853320467274178;
    double term = x;
    double sum = x;
    for (double odd = 3; sum + term != sum; odd += 2) {
        term *= x * x / odd;
        sum += term;
    }
    return 0.5 + sum * portable_exp(-0.5 * x * x - kHalfLogTwoPi);
}

}  // namespace corridor
