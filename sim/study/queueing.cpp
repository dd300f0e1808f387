#include "corridor/study/queueing.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>

namespace corridor::queueing {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

// rates[k]: batches of k items per unit of time.
std::vector<double> rates_by_size(const BatchStreams& streams) {
    std::vector<double> rates;
    for (const BatchStream& stream : streams) {
        double before = 0.0;
        for (std::size_t i = 0; i < stream.sizes.sizes.size(); ++i) {
            const std::size_t size = stream.sizes.sizes[i];
            if (size >= rates.size()) rates.resize(size + 1, 0.0);
            rates[size] += stream.rate * (stream.sizes.cumulative[i] - before);
            before = stream.sizes.cumulative[i];
        }
    }
    return rates;
}

// Logarithm of the generating function of the items that come in `interval`: analytic, so that its roots can be found
// without choosing a branch.
class Arrivals {
  public:
    Arrivals(const BatchStreams& streams, double interval) : expected_(rates_by_size(streams)) {
        for (double& rate : expected_) rate *= interval;
    }

    struct Value {
        std::complex<double> value;
        std::complex<double> slope;
    };
    Value log_generating(std::complex<double> z) const {
        Value sum;
        std::complex<double> power = 1.0;
        std::complex<double> power_before = 0.0;
        for (std::size_t size = 0; size < expected_.size(); ++size) {
            if (expected_[size] != 0.0) {
                sum.value += expected_[size] * (power - 1.0);
                sum.slope += expected_[size] * static_cast<double>(size) * power_before;
            }
            power_before = power;
            power *= z;
        }
        return sum;
    }

  private:
    std::vector<double> expected_;  ///< batches by size
};

// The root of z^s = A(z) inside the unit circle that belongs to the s-th root of unity of this angle: a fixed point
// that plain iteration finds surely but slowly, so it goes on by Newton's method once it is near.
std::complex<double> root(const Arrivals& arrivals, double angle, double s) {
    constexpr int kMostSteps = 100'000;
    constexpr double kNear = 1e-3;
    constexpr double kClose = 1e-15;
    const std::complex<double> unit = std::polar(1.0, angle);
    std::complex<double> z = 0.0;
    for (int step = 0; step < kMostSteps; ++step) {
        const Arrivals::Value log = arrivals.log_generating(z);
        const std::complex<double> image = unit * std::exp(log.value / s);
        const std::complex<double> error = image - z;
        if (std::abs(error) < kClose) return image;
        z += std::abs(error) < kNear ? error / (1.0 - image * log.slope / s) : error;
    }
    return z;
}

// Stationary mean of Q' = max(Q - s, 0) + A, by the s - 1 roots inside the unit circle. Roots come in conjugate pairs.
double walk_mean(const BatchStreams& streams, double interval, std::uint64_t s) {
    const BatchMoments work = moments_of(streams);
    const double mean = work.items * interval;
    const double variance = work.squares * interval;
    const auto places = static_cast<double>(s);
    if (mean >= places) return kInfinite;
    const Arrivals arrivals(streams, interval);
    double sum = 0.0;
    for (std::uint64_t k = 1; 2 * k <= s; ++k) {
        const double angle = 2.0 * std::numbers::pi * static_cast<double>(k) / places;
        if (k == s) break;
        const double term = (1.0 / (1.0 - root(arrivals, angle, places))).real();
        sum += 2 * k == s ? term : 2.0 * term;
    }
    return variance / (2.0 * (places - mean)) + mean / 2.0 - (places - 1.0) / 2.0 + sum;
}

// The root below 1 of x = exp(-speed (1 - x)), speed > 1, by bisection: the geometric tail of D/M/c.
double tail_of_dmc(double speed) {
    double low = 0.0;
    double high = 1.0 - std::numeric_limits<double>::epsilon();
    constexpr int kSteps = 200;
    for (int step = 0; step < kSteps; ++step) {
        const double middle = (low + high) / 2.0;
        (middle < std::exp(-speed * (1.0 - middle)) ? low : high) = middle;
    }
    return low;
}

}  // namespace

BatchMoments& BatchMoments::operator+=(const BatchMoments& more) {
    batches += more.batches;
    items += more.items;
    squares += more.squares;
    return *this;
}

BatchMoments moments_of(const BatchStreams& streams) {
    BatchMoments sum;
    for (const BatchStream& stream : streams) {
        sum += {stream.rate, stream.rate * stream.sizes.mean(), stream.rate * stream.sizes.second_moment()};
    }
    return sum;
}

double burstiness(const BatchMoments& moments) { return moments.items > 0.0 ? moments.squares / moments.items : 1.0; }

double erlang_c(std::uint32_t servers, double load) {
    double blocked = 1.0;
    for (std::uint32_t k = 1; k <= servers; ++k) blocked = load * blocked / (k + load * blocked);
    const double rho = load / servers;
    return blocked / (1.0 - rho + rho * blocked);
}

double wait_mmc(double rate, double service, std::uint32_t servers) {
    const double load = rate * service;
    if (load >= servers) return kInfinite;
    return erlang_c(servers, load) * service / (servers - load);
}

double wait_batches_single(const BatchMoments& work, Moments service) {
    const double rho = work.items * service.mean;
    if (rho >= 1.0) return kInfinite;
    if (work.items <= 0.0) return 0.0;
    const double variance = service.second - service.mean * service.mean;
    const double work_squares = work.items * variance + work.squares * service.mean * service.mean;
    const double for_batch = work_squares / (2.0 * (1.0 - rho));
    const double ahead_in_batch = (work.squares - work.items) / (2.0 * work.items);
    return for_batch + ahead_in_batch * service.mean;
}

double wait_batches_exponential(const BatchStreams& streams, double service, std::uint32_t servers) {
    const std::vector<double> rates = rates_by_size(streams);
    const double items = moments_of(streams).items;
    if (items * service >= servers) return kInfinite;
    if (items <= 0.0) return 0.0;
    // larger[j]: batches of more than j items per unit of time. What crosses from n or less to more than n goes up
    // by batches and comes down by one.
    std::vector<double> larger(rates.size(), 0.0);
    for (std::size_t j = rates.size(); j-- > 0;) {
        larger[j] = (j + 1 < rates.size() ? larger[j + 1] + rates[j + 1] : 0.0);
    }
    std::vector<double> present{1.0};
    double total = 1.0;
    double waiting = 0.0;
    constexpr double kNegligible = 1e-17;
    constexpr std::size_t kMost = 50'000'000;
    for (std::size_t n = 0; n < kMost; ++n) {
        double up = 0.0;
        for (std::size_t j = 0; j < larger.size() && j <= n; ++j) up += present[n - j] * larger[j];
        const double next = up * service / static_cast<double>(std::min<std::size_t>(n + 1, servers));
        present.push_back(next);
        total += next;
        const double queue = n + 1 > servers ? static_cast<double>(n + 1 - servers) : 0.0;
        waiting += next * queue;
        if (n > servers + larger.size() && next * (queue + 1.0) < kNegligible * (waiting + kNegligible * total)) break;
        if (total > 1e200) {
            for (double& chance : present) chance /= total;
            waiting /= total;
            total = 1.0;
        }
    }
    return waiting / total / items;
}

double wait_mdc(double rate, double service, std::uint32_t servers) {
    if (rate <= 0.0) return 0.0;
    const double present = walk_mean({{rate, {}}}, service, servers);
    return std::max(0.0, present - rate * service) / rate;
}

double wait_dmc(double interval, double service, std::uint32_t servers) {
    const double c = servers;
    if (service >= interval * c) return kInfinite;
    const double tail = tail_of_dmc(c * interval / service);
    double product = 1.0;
    double chosen = 1.0;
    double sum = 0.0;
    for (std::uint32_t j = 1; j <= servers; ++j) {
        const double survives = std::exp(-interval * j / service);  // transform of the interval at j services
        product *= survives / (1.0 - survives);
        chosen *= (c - j + 1.0) / j;
        sum += chosen / (product * (1.0 - survives)) * (c * (1.0 - survives) - j) / (c * (1.0 - tail) - j);
    }
    const double scale = 1.0 / (1.0 / (1.0 - tail) + sum);
    return scale * service / (c * (1.0 - tail) * (1.0 - tail));
}

double wait_allen_cunneen(double rate, double arrival_scv, Moments service, std::uint32_t servers) {
    if (service.mean <= 0.0) return 0.0;
    const double service_scv = service.second / (service.mean * service.mean) - 1.0;
    return wait_mmc(rate, service.mean, servers) * (arrival_scv + service_scv) / 2.0;
}

double left_behind(const BatchStreams& streams, double interval, std::uint64_t places) {
    if (is_ample(streams, interval, places)) return 0.0;
    const double mean = moments_of(streams).items * interval;
    return std::max(0.0, walk_mean(streams, interval, places) - mean);
}

bool is_ample(const BatchStreams& streams, double interval, std::uint64_t places) {
    const BatchMoments work = moments_of(streams);
    double largest = 1.0;
    for (const BatchStream& stream : streams) {
        largest = std::max(largest, static_cast<double>(*std::ranges::max_element(stream.sizes.sizes)));
    }
    // Bernstein's inequality for compound Poisson sums, at 1e-20.
    constexpr double kMinusLog = 46.1;
    const double room = static_cast<double>(places) - work.items * interval;
    if (room <= 0.0) return false;
    const double variance = work.squares * interval;
    return room * room / (2.0 * (variance + largest * room / 3.0)) > kMinusLog;
}

}  // namespace corridor::queueing
