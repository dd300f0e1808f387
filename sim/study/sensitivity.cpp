#include "corridor/study/sensitivity.h"

#include <algorithm>
#include <boost/random/sobol.hpp>
#include <cmath>
#include <numeric>
#include <utility>

#include "corridor/base/contract.h"
#include "corridor/base/random.h"
#include "corridor/study/fingerprint.h"
#include "study/in_order.h"
#include "study/trajectory.h"

namespace corridor {
namespace {

using Point = std::vector<double>;
using study::Next;
using study::Trajectory;

// The answers that belong together: a trajectory, or a row of the design. No answers where a point had none.
struct AnswerSet {
    RunStatus status;
    std::vector<std::vector<double>> answers;
    std::uint64_t fingerprint = 0;
};

// Asks one after the other until something is wrong.
class Interview {
  public:
    explicit Interview(const Experiment& experiment) : experiment_(experiment) {}

    void ask(const Point& point, std::uint64_t chance) {
        if (is_over_) return;
        Answer answer = experiment_(point, chance);
        set_.status = std::move(answer.status);
        set_.fingerprint = combined_fingerprint(set_.fingerprint, answer.fingerprint);
        is_over_ = set_.status.state != RunState::complete || answer.outputs.empty() ||
                   std::ranges::any_of(answer.outputs, [](double x) { return std::isnan(x); });
        if (!is_over_) set_.answers.push_back(std::move(answer.outputs));
    }

    AnswerSet take() {
        if (is_over_) set_.answers.clear();
        return std::move(set_);
    }

  private:
    const Experiment& experiment_;
    AnswerSet set_;
    bool is_over_ = false;
};

// Runs `count` interviews over threads and hands them over in their order. Status and fingerprint go into the result.
template <class Found, class Hold, class Take>
void interview_all(Found& result, const MakeExperiment& make_experiment, std::uint64_t count, unsigned threads,
                   const Hold& hold, const Take& take, const StudyWatch& watch) {
    RunStatus& status = result.status;
    std::uint64_t done = 0;
    const auto make_worker = [&] {
        return [&hold, experiment = make_experiment()](std::uint64_t number) {
            Interview interview(experiment);
            hold(interview, number);
            return interview.take();
        };
    };
    const auto consume = [&](std::uint64_t number, AnswerSet set) {
        status = set.status;
        if (status.state != RunState::complete) return Next::stop;
        result.fingerprint = combined_fingerprint(result.fingerprint, set.fingerprint);
        take(number, std::move(set.answers));
        if (watch.progress) watch.progress(++done, count);
        return Next::go_on;
    };
    study::run_in_order<AnswerSet>(threads, count, make_worker, consume, watch.stop);
    if (study::is_set(watch.stop) && done < count && status.state == RunState::complete) {
        status.state = RunState::cancelled;
    }
}

Effects summary(const std::vector<double>& effects) {
    Estimate all;
    Estimate absolute;
    for (const double effect : effects) {
        all.add(effect);
        absolute.add(std::abs(effect));
    }
    Effects summary;
    summary.mean_absolute = absolute.mean();
    summary.absolute95 = absolute.interval95();
    summary.mean = all.mean();
    summary.sd = all.sd();
    return summary;
}

// All rows of the two matrices: A is the first half of each point, B the second.
std::vector<Point> shifted_sobol_points(std::size_t dimensions, std::uint64_t count, std::uint64_t seed) {
    Stream stream = make_stream(seed, 0, stream_key("sobol shift", ""));
    Point shift(dimensions);
    for (double& x : shift) x = uniform01(stream);
    boost::random::sobol sequence(dimensions);
    std::vector<Point> points(count, Point(dimensions));
    for (Point& point : points) {
        for (std::size_t d = 0; d < dimensions; ++d) {
            const double x = static_cast<double>(sequence() >> 11U) * 0x1p-53 + shift[d];
            point[d] = x < 1.0 ? x : x - 1.0;
        }
    }
    return points;
}

// The answers of one output: columns of the design.
struct Columns {
    std::vector<double> a;
    std::vector<double> b;
    std::vector<std::vector<double>> mixed;  // A with one group, or chance at last, of B
};

struct Shares {
    double first = 0;
    double total = 0;
};

// Over the rows that `sample` names. Centred by the mean of A and B.
std::vector<Shares> shares_of(const Columns& columns, const std::vector<std::size_t>& sample) {
    const auto count = static_cast<double>(sample.size());
    double mean = 0;
    double squares = 0;
    for (const std::size_t row : sample) mean += (columns.a[row] + columns.b[row]) / (2 * count);
    for (const std::size_t row : sample) {
        const double a = columns.a[row] - mean;
        const double b = columns.b[row] - mean;
        squares += a * a + b * b;
    }
    const double variance = squares / (2 * count - 1);
    std::vector<Shares> shares(columns.mixed.size());
    if (!(variance > 0)) return shares;
    for (std::size_t g = 0; g < shares.size(); ++g) {
        double product = 0;
        double distance = 0;
        for (const std::size_t row : sample) {
            const double change = columns.mixed[g][row] - columns.a[row];
            product += (columns.b[row] - mean) * change;
            distance += change * change;
        }
        shares[g] = {.first = product / count / variance, .total = distance / (2 * count) / variance};
    }
    return shares;
}

Interval middle_95(std::vector<double>& samples) {
    std::ranges::sort(samples);
    const auto at = [&](double share) {
        return samples[static_cast<std::size_t>(share * static_cast<double>(samples.size() - 1) + 0.5)];
    };
    return {.low = at(0.025), .high = at(0.975)};
}

std::vector<Indices> indices_of(const Columns& columns, const IndicesPlan& plan) {
    const std::size_t rows = columns.a.size();
    std::vector<std::size_t> sample(rows);
    std::iota(sample.begin(), sample.end(), std::size_t{0});
    const std::vector<Shares> estimate = shares_of(columns, sample);

    Stream stream = make_stream(plan.seed, 0, stream_key("bootstrap", ""));
    std::vector<std::vector<double>> first(estimate.size());
    std::vector<std::vector<double>> total(estimate.size());
    for (std::uint64_t i = 0; i < plan.resamples; ++i) {
        for (std::size_t& row : sample) {
            row = static_cast<std::size_t>(uniform01(stream) * static_cast<double>(rows));
        }
        const std::vector<Shares> shares = shares_of(columns, sample);
        for (std::size_t g = 0; g < shares.size(); ++g) {
            first[g].push_back(shares[g].first);
            total[g].push_back(shares[g].total);
        }
    }
    std::vector<Indices> indices;
    for (std::size_t g = 0; g < estimate.size(); ++g) {
        indices.push_back(
            {.first = {estimate[g].first, middle_95(first[g])}, .total = {estimate[g].total, middle_95(total[g])}});
    }
    return indices;
}

OutputIndices output_indices(const Columns& columns, const IndicesPlan& plan) {
    Estimate all;
    for (const double x : columns.a) all.add(x);
    for (const double x : columns.b) all.add(x);
    std::vector<Indices> indices = indices_of(columns, plan);
    const Indices chance = indices.back();
    indices.pop_back();
    return {.mean = all.mean(), .sd = all.sd(), .groups = std::move(indices), .chance = chance};
}

}  // namespace

EffectsResult elementary_effects(const MakeExperiment& make_experiment, std::size_t dimensions, std::size_t outputs,
                                 const EffectsPlan& plan, const StudyWatch& watch) {
    EffectsResult result;
    std::vector<std::vector<std::vector<double>>> effects(outputs, std::vector<std::vector<double>>(dimensions));
    const auto hold = [&](Interview& interview, std::uint64_t number) {
        const Trajectory trajectory(dimensions, plan.seed, number);
        for (std::size_t steps = 0; steps <= dimensions; ++steps) interview.ask(trajectory.point(steps), number);
    };
    const auto take = [&](std::uint64_t number, const std::vector<std::vector<double>>& answers) {
        if (answers.empty()) return void(++result.refused);
        ++result.trajectories;
        const Trajectory trajectory(dimensions, plan.seed, number);
        for (std::size_t i = 0; i < dimensions; ++i) {
            const std::size_t d = trajectory.order()[i];
            for (std::size_t o = 0; o < outputs; ++o) {
                effects[o][d].push_back((answers[i + 1][o] - answers[i][o]) / trajectory.step(d));
            }
        }
    };
    interview_all(result, make_experiment, plan.trajectories, plan.threads, hold, take, watch);
    for (const auto& of_output : effects) {
        result.outputs.emplace_back();
        for (const auto& of_input : of_output) result.outputs.back().push_back(summary(of_input));
    }
    return result;
}

IndicesResult sobol_indices(const MakeExperiment& make_experiment, std::size_t dimensions,
                            const std::vector<std::vector<std::size_t>>& groups, std::size_t outputs,
                            const IndicesPlan& plan, const StudyWatch& watch) {
    expects(dimensions <= kMostDimensions, "the Sobol sequence has no more dimensions");
    expects(plan.rows >= 2 && plan.resamples >= 1, "a variance needs two rows, an interval a resample");
    IndicesResult result;
    const std::vector<Point> points = shifted_sobol_points(2 * dimensions, plan.rows, plan.seed);
    const auto half = static_cast<std::ptrdiff_t>(dimensions);
    const auto hold = [&](Interview& interview, std::uint64_t row) {
        const Point a(points[row].begin(), points[row].begin() + half);
        const Point b(points[row].begin() + half, points[row].end());
        const std::uint64_t chance_of_a = 2 * row;
        interview.ask(a, chance_of_a);
        interview.ask(b, chance_of_a + 1);
        for (const std::vector<std::size_t>& group : groups) {
            Point mixed = a;
            for (const std::size_t d : group) mixed[d] = b[d];
            interview.ask(mixed, chance_of_a);
        }
        interview.ask(a, chance_of_a + 1);
    };
    std::vector<Columns> columns(outputs, {.a = {}, .b = {}, .mixed = std::vector<Point>(groups.size() + 1)});
    const auto take = [&](std::uint64_t, const std::vector<std::vector<double>>& answers) {
        if (answers.empty()) return void(++result.refused);
        ++result.rows;
        for (std::size_t o = 0; o < outputs; ++o) {
            columns[o].a.push_back(answers[0][o]);
            columns[o].b.push_back(answers[1][o]);
            for (std::size_t g = 0; g <= groups.size(); ++g) columns[o].mixed[g].push_back(answers[g + 2][o]);
        }
    };
    interview_all(result, make_experiment, plan.rows, plan.threads, hold, take, watch);
    if (result.status.state != RunState::complete || result.rows < 2) return result;
    for (const Columns& of_output : columns) result.outputs.push_back(output_indices(of_output, plan));
    return result;
}

}  // namespace corridor
