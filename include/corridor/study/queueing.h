// Mean waits of single service points, by exact theory and by named approximations.
//
// Times and rates are in any one unit of time. A wait is infinite where the load is 1 or more: no steady state exists.
#pragma once

#include <cstdint>
#include <vector>

#include "corridor/base/law.h"

namespace corridor::queueing {

/// Batches that come in a Poisson stream of their own: consignments, calls.
struct BatchStream {
    double rate = 0.0;        ///< batches per unit of time
    CountDistribution sizes;  ///< items per batch; 0 is allowed
};

/// Streams that come to one place together: a compound Poisson process.
using BatchStreams = std::vector<BatchStream>;

/// What of a stream of batches its mean wait depends on, per unit of time.
struct BatchMoments {
    double batches = 0.0;
    double items = 0.0;
    double squares = 0.0;  ///< rate of batches times the mean square of their size

    BatchMoments& operator+=(const BatchMoments& more);
};

BatchMoments moments_of(const BatchStreams& streams);

/// Mean square of the size of a batch over its mean: 1 where items come singly, and the squared coefficient of
/// variation by which bursts enter an approximation.
double burstiness(const BatchMoments& moments);

/// Chance that an arrival waits, M/M/c with `load` = rate times service time (Erlang 1917).
double erlang_c(std::uint32_t servers, double load);

/// Mean wait of M/M/c.
double wait_mmc(double rate, double service, std::uint32_t servers);

/// Mean wait of an item of M^X/G/1 (Pollaczek 1930 and Khinchine 1932 for batches as customers) and behind others of
/// its own batch.
double wait_batches_single(const BatchMoments& batches, Moments service);

/// Mean wait of an item of M^X/M/c, from the balance between each number of items and the next.
double wait_batches_exponential(const BatchStreams& streams, double service, std::uint32_t servers);

/// Mean wait of M/D/c (Crommelin 1932).
double wait_mdc(double rate, double service, std::uint32_t servers);

/// Mean wait of D/M/c: an arrival every `interval` (Takács 1962, Introduction to the Theory of Queues, chapter 2).
double wait_dmc(double interval, double service, std::uint32_t servers);

/// Mean wait of G/G/c by Allen (1990, Probability, Statistics and Queueing Theory, 2nd ed., chapter 5): that of M/M/c
/// times the mean of the squared coefficients of variation of the times between arrivals and of service.
double wait_allen_cunneen(double rate, double arrival_scv, Moments service, std::uint32_t servers);

/// Mean number of items that a departure every `interval` with `places` places leaves behind; items come in
/// `streams`, the oldest leave first (Bailey 1954, doi:10.1111/j.2517-6161.1954.tb00149.x).
double left_behind(const BatchStreams& streams, double interval, std::uint64_t places);

/// Whether `places` are so many that a departure practically never (less than once in 1e20) leaves anyone behind.
bool is_ample(const BatchStreams& streams, double interval, std::uint64_t places);

}  // namespace corridor::queueing
