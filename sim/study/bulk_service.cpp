// Servers that take many customers at once: one chamber of a lock.
#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>
#include <vector>

#include "corridor/study/queueing.h"

namespace corridor::queueing {
namespace {

using Complex = std::complex<double>;
constexpr double kNever = std::numeric_limits<double>::infinity();

// The root of z^b = exp(a (z - 1)) inside the unit circle that belongs to this angle: iteration finds it surely,
// Newton's method exactly.
Complex poisson_root(double a, double angle, double b) {
    constexpr int kMostSteps = 100'000;
    constexpr double kNear = 1e-3;
    constexpr double kClose = 1e-15;
    const Complex unit = std::polar(1.0, angle);
    Complex z = 0.0;
    for (int step = 0; step < kMostSteps; ++step) {
        const Complex image = unit * std::exp(a * (z - 1.0) / b);
        const Complex error = image - z;
        if (std::abs(error) < kClose) return image;
        z += std::abs(error) < kNear ? error / (1.0 - image * a / b) : error;
    }
    return z;
}

// The chain of those who wait when a service ends, by its generating function P: with arrivals a_n in a service of n,
// P(z) (z^b - A_b(z)) = sum over n < b of p_n (z^b A_max(n,1)(z) - z^n A_b(z)). Inside the unit circle both sides
// vanish together, which gives the p_n.
class BulkChain {
  public:
    BulkChain(double rate, const BulkServer& server) : rate_(rate), server_(server), b_(server.places) {}

    BulkQueue run() {
        if (rate_ * time(b_) >= b_) return {.wait = kNever, .busy = 1.0};
        solve();
        double cycle = 0.0;
        double busy = 0.0;
        double waiting = 0.0;
        double few = 0.0;
        double few_mean = 0.0;
        for (std::uint32_t n = 0; n < b_; ++n) {
            const double p = chance_[n];
            const double d = time(std::max(n, 1U));
            busy += p * d;
            cycle += p * (d + (n == 0 ? 1.0 / rate_ : 0.0));
            waiting += p * rate_ * d * d / 2.0;
            few += p;
            few_mean += p * n;
        }
        const double d = time(b_);
        const double full = 1.0 - few;
        const double left = mean() - few_mean - b_ * full;
        busy += full * d;
        cycle += full * d;
        waiting += left * d + full * rate_ * d * d / 2.0;
        return {.wait = waiting / cycle / rate_, .busy = busy / cycle};
    }

  private:
    double time(std::uint32_t n) const { return server_.fixed + n * server_.each; }
    double arrivals(std::uint32_t n) const { return rate_ * time(std::max(n, 1U)); }

    void solve() {
        Eigen::MatrixXcd matrix(b_, b_);
        Eigen::VectorXcd right = Eigen::VectorXcd::Zero(b_);
        const double a = arrivals(b_);
        for (std::uint32_t k = 1; k < b_; ++k) {
            const Complex z = poisson_root(a, 2.0 * std::numbers::pi * k / b_, b_);
            const Complex full = std::pow(z, b_);
            for (std::uint32_t n = 0; n < b_; ++n) {
                matrix(k, n) = full * (std::exp(arrivals(n) * (z - 1.0)) - std::pow(z, n));
            }
        }
        for (std::uint32_t n = 0; n < b_; ++n) matrix(0, n) = b_ + arrivals(n) - n - a;
        right(0) = b_ - a;
        const Eigen::VectorXcd solution = matrix.fullPivLu().solve(right);
        chance_.resize(b_);
        for (std::uint32_t n = 0; n < b_; ++n) chance_[n] = solution(n).real();
    }

    // Of those who wait when a service ends: the slope of P at 1.
    double mean() const {
        const double b = b_;
        const double a = arrivals(b_);
        const double curve_below = b * (b - 1.0) - a * a;
        double curve_above = 0.0;
        for (std::uint32_t n = 0; n < b_; ++n) {
            const double own = arrivals(n);
            curve_above +=
                chance_[n] * (b * (b - 1.0) + 2.0 * b * own + own * own - n * (n - 1.0) - 2.0 * n * a - a * a);
        }
        return (curve_above - curve_below) / (2.0 * (b - a));
    }

    double rate_;
    BulkServer server_;
    std::uint32_t b_;
    std::vector<double> chance_;  ///< that so many wait, fewer than `places`
};

using Numbers = std::vector<double>;

// Chances of 0, 1, ... Poisson arrivals, as far as they matter.
Numbers poisson(double mean) {
    const auto most = static_cast<std::size_t>(mean + 10.0 * std::sqrt(mean) + 12.0);
    Numbers chance(most + 1, std::exp(-mean));
    double sum = chance[0];
    for (std::size_t k = 1; k <= most; ++k) {
        chance[k] = chance[k - 1] * mean / static_cast<double>(k);
        sum += chance[k];
    }
    for (double& one : chance) one /= sum;
    return chance;
}

// Chances by those who wait where the chamber stands (rows) and on the other side. Beyond `size` nobody is counted: it
// is chosen such that this hardly ever happens.
class Table {
  public:
    explicit Table(std::size_t size) : size_(size), chance_(size * size, 0.0) {}

    std::size_t size() const { return size_; }
    double& at(std::size_t row, std::size_t column) { return chance_[row * size_ + column]; }
    double at(std::size_t row, std::size_t column) const { return chance_[row * size_ + column]; }

    // `chance` waits, with arrivals on both sides; the sides change places.
    void add_turned(const Table& left, std::size_t rows, const Numbers& to_rows, const Numbers& to_columns) {
        const Table grown = left.with_arrivals(rows, to_rows).turned();
        const Table both = grown.with_arrivals(size_, to_columns);
        for (std::size_t i = 0; i < chance_.size(); ++i) chance_[i] += both.chance_[i];
    }

    double distance(const Table& other) const {
        double sum = 0.0;
        for (std::size_t i = 0; i < chance_.size(); ++i) sum += std::abs(chance_[i] - other.chance_[i]);
        return sum;
    }

  private:
    Table with_arrivals(std::size_t rows, const Numbers& arrivals) const {
        Table grown(size_);
        for (std::size_t row = 0; row < rows; ++row) {
            const double* const from = &chance_[row * size_];
            for (std::size_t k = 0; k < arrivals.size(); ++k) {
                double* const to = &grown.chance_[std::min(row + k, size_ - 1) * size_];
                for (std::size_t column = 0; column < size_; ++column) to[column] += arrivals[k] * from[column];
            }
        }
        return grown;
    }

    Table turned() const {
        Table other(size_);
        for (std::size_t row = 0; row < size_; ++row) {
            for (std::size_t column = 0; column < size_; ++column) other.at(column, row) = at(row, column);
        }
        return other;
    }

    std::size_t size_;
    Numbers chance_;
};

// Every service and every turn brings the chamber to the other side, so one step follows it from side to side.
class TwoWayChain {
  public:
    TwoWayChain(const std::array<double, 2>& rates, const TwoWayServer& server, std::size_t size)
        : rates_(rates), server_(server), now_(size) {
        now_.at(0, 0) = 1.0;
    }

    TwoWayQueue run() {
        constexpr int kMostRounds = 20'000;
        constexpr double kSettled = 1e-12;
        for (int i = 0; i < kMostRounds; ++i) {
            const Table before = now_;
            waiting_ = {0.0, 0.0};
            busy_ = 0.0;
            cycle_ = 0.0;
            for (std::size_t side = 0; side < 2; ++side) serve(side);
            if (now_.distance(before) < kSettled) break;
        }
        TwoWayQueue queue;
        queue.busy = busy_ / cycle_;
        for (std::size_t s = 0; s < 2; ++s) queue.wait[s] = rates_[s] > 0.0 ? waiting_[s] / cycle_ / rates_[s] : 0.0;
        return queue;
    }

  private:
    void serve(std::size_t side) {
        const double all = rates_[0] + rates_[1];
        const double nobody = now_.at(0, 0);
        cycle_ += nobody / all;
        now_.at(0, 0) = 0.0;
        now_.at(1, 0) += nobody * rates_[side] / all;
        now_.at(0, 1) += nobody * rates_[1 - side] / all;
        Table next(now_.size());
        const std::size_t size = now_.size();
        const std::size_t b = server_.places;
        for (std::size_t n = 0; n <= b; ++n) {
            Table left(size);
            const std::size_t rows = n < b ? 1 : size - b;
            for (std::size_t row = 0; row < rows; ++row) {
                for (std::size_t column = 0; column < size; ++column) left.at(row, column) = now_.at(row + n, column);
            }
            take(side, n, left, rows, next);
        }
        now_ = std::move(next);
    }

    // A service of n, or a turn of nobody: `left` wait when it begins.
    void take(std::size_t side, std::size_t n, const Table& left, std::size_t rows, Table& next) {
        const double time = server_.fixed[side] + static_cast<double>(n) * server_.each;
        double chance = 0.0;
        std::array<double, 2> present{0.0, 0.0};
        for (std::size_t row = 0; row < rows; ++row) {
            for (std::size_t column = 0; column < left.size(); ++column) {
                const double one = left.at(row, column);
                chance += one;
                present[0] += one * static_cast<double>(row);
                present[1] += one * static_cast<double>(column);
            }
        }
        for (const std::size_t other : {std::size_t{0}, std::size_t{1}}) {
            const std::size_t s = other == 0 ? side : 1 - side;
            waiting_[s] += present[other] * time + chance * rates_[s] * time * time / 2.0;
        }
        busy_ += chance * time;
        cycle_ += chance * time;
        if (chance > 0.0) next.add_turned(left, rows, poisson(rates_[side] * time), poisson(rates_[1 - side] * time));
    }

    std::array<double, 2> rates_;
    TwoWayServer server_;
    Table now_;
    std::array<double, 2> waiting_{};
    double busy_ = 0.0;
    double cycle_ = 0.0;
};

}  // namespace

BulkQueue bulk_queue(double rate, const BulkServer& server) { return BulkChain(rate, server).run(); }

double two_way_load(const std::array<double, 2>& rates, const TwoWayServer& server) {
    const double b = server.places;
    const double most = std::max(rates[0], rates[1]);
    return most / b * (server.fixed[0] + server.fixed[1]) + (rates[0] + rates[1]) * server.each;
}

std::optional<TwoWayQueue> two_way_queue(const std::array<double, 2>& rates, const TwoWayServer& server) {
    const double load = two_way_load(rates, server);
    if (load >= 1.0) return TwoWayQueue{.wait = {kNever, kNever}, .busy = 1.0};
    constexpr double kMinusLog = 32.0;  // the chance beyond the table is about exp(-32)
    constexpr double kLargest = 160.0;
    // Of the random walk of a side's queue from cycle to cycle: the decay of its tail.
    const double size = server.places + kMinusLog * load / (2.0 * (1.0 - load)) + 16.0;
    if (size > kLargest) return std::nullopt;
    return TwoWayChain(rates, server, static_cast<std::size_t>(size)).run();
}

}  // namespace corridor::queueing
