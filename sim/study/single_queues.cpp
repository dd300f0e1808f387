// Queues with finite room, priorities, slots, and service that depends on who goes ahead.
#include <cmath>
#include <limits>

#include "corridor/study/queueing.h"

namespace corridor::queueing {
namespace {

constexpr double kEndless = std::numeric_limits<double>::infinity();

using Pair = std::array<double, 2>;

double product(const Pair& a, const Pair& b) { return a[0] * b[0] + a[1] * b[1]; }

// Of M/SM/1 with two classes in random order. Phi(s), the transforms of the waits by class, solve
// Phi(s) ((r - s) I - r B(s)) = -s v with B_ij(s) = p_j exp(-s S_ij); v, the chances of finding nobody, makes the right
// side vanish with the matrix: at 0, and at the root of r - s = r k(s), k the lesser eigenvalue of B.
class PairedQueue {
  public:
    PairedQueue(double rate, const PairedService& service) : rate_(rate), p_(service.share), s_(service.time) {
        for (std::size_t i = 0; i < 2; ++i) {
            mean_[i] = p_[0] * s_[i][0] + p_[1] * s_[i][1];
            second_[i] = p_[0] * s_[i][0] * s_[i][0] + p_[1] * s_[i][1] * s_[i][1];
        }
    }

    Pair waits() const {
        const double rho = rate_ * product(p_, mean_);
        if (rho >= 1.0) return {kEndless, kEndless};
        const Pair idle = chances_of_nobody(rho);
        Pair offset{};
        for (std::size_t j = 0; j < 2; ++j) {
            const double behind = p_[j] * (p_[0] * s_[0][j] + p_[1] * s_[1][j]);
            offset[j] = (idle[j] - p_[j]) / rate_ + behind;
        }
        const double wait = rate_ * (product(p_, second_) / 2.0 + product(offset, mean_)) / (1.0 - rho);
        return {wait + offset[0] / p_[0], wait + offset[1] / p_[1]};
    }

  private:
    double entry(double s, std::size_t i, std::size_t j) const { return p_[j] * std::exp(-s * s_[i][j]); }

    double lesser_eigenvalue(double s) const {
        const double half = (entry(s, 0, 0) + entry(s, 1, 1)) / 2.0;
        const double determinant = entry(s, 0, 0) * entry(s, 1, 1) - entry(s, 0, 1) * entry(s, 1, 0);
        return half - std::sqrt(std::max(0.0, half * half - determinant));
    }

    double root() const {
        double low = 0.0;
        double high = 2.0 * rate_;
        constexpr int kHalvings = 100;
        for (int i = 0; i < kHalvings; ++i) {
            const double middle = (low + high) / 2.0;
            (rate_ - middle - rate_ * lesser_eigenvalue(middle) > 0.0 ? low : high) = middle;
        }
        return (low + high) / 2.0;
    }

    Pair chances_of_nobody(double rho) const {
        const double s = root();
        const Pair right{entry(s, 0, 1), lesser_eigenvalue(s) - entry(s, 0, 0)};
        const double first = (1.0 - rho) * right[1] / (right[1] - right[0]);
        return {first, 1.0 - rho - first};
    }

    double rate_;
    Pair p_;
    std::array<Pair, 2> s_;
    Pair mean_{};    ///< by class of the one ahead
    Pair second_{};  //
};

}  // namespace

FiniteQueue finite_queue(double rate, double service, std::uint32_t servers, std::uint32_t room) {
    const double load = rate * service;
    double chance = 1.0;
    double total = 1.0;
    double busy = 0.0;
    double waiting = 0.0;
    for (std::uint32_t n = 1; n <= room; ++n) {
        chance *= load / std::min(n, servers);
        total += chance;
        busy += chance * std::min(n, servers);
        waiting += n > servers ? chance * (n - servers) : 0.0;
        if (total > 1e200) {
            for (double* const sum : {&chance, &total, &busy, &waiting}) *sum /= 1e200;
        }
    }
    const double lost = chance / total;
    const double stays = rate * (1.0 - lost);
    return {.lost = lost, .busy = busy / total, .wait = stays > 0.0 ? waiting / total / stays : 0.0};
}

double wait_priorities(const std::vector<PriorityClass>& classes) {
    double left = 0.0;
    double rate = 0.0;
    double load = 0.0;
    for (const PriorityClass& one : classes) {
        left += one.rate * one.service.second / 2.0;
        rate += one.rate;
        load += one.rate * one.service.mean;
    }
    if (load >= 1.0) return kEndless;
    double before = 0.0;
    double sum = 0.0;
    for (const PriorityClass& one : classes) {
        const double up_to = before + one.rate * one.service.mean;
        sum += one.rate * left / ((1.0 - before) * (1.0 - up_to));
        before = up_to;
    }
    return rate > 0.0 ? sum / rate : 0.0;
}

double wait_slotted(double rate, double interval) {
    const double load = rate * interval;
    return load < 1.0 ? interval / 2.0 + load * interval / (2.0 * (1.0 - load)) : kEndless;
}

std::array<double, 2> wait_paired(double rate, const PairedService& service) {
    return PairedQueue(rate, service).waits();
}

}  // namespace corridor::queueing
