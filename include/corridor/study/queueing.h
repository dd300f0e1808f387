// Mean waits of single service points, by exact theory and by named approximations.
//
// Times and rates are in any one unit of time. A wait is infinite where the load is 1 or more: no steady state exists.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
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

/// A queue with room for so many and no more: who comes when it is full is lost.
struct FiniteQueue {
    double lost = 0.0;  ///< share of those who come
    double busy = 0.0;  ///< mean number of servers at work
    double wait = 0.0;  ///< mean, of those who stay
};

/// M/M/c/K: `room` counts those in service too (Erlang 1917 for `room` = `servers`, where it holds for any service of
/// this mean: Sevastyanov 1957).
FiniteQueue finite_queue(double rate, double service, std::uint32_t servers, std::uint32_t room);

/// One class of customers of one server, of those who go first first.
struct PriorityClass {
    double rate = 0.0;
    Moments service;
};

/// Mean wait over all classes of M/G/1 with non-preemptive priorities: class k waits for
/// R / ((1 - s_{k-1}) (1 - s_k)), R the work left of whoever is served and s_k the load of classes up to k
/// (Cobham 1954, doi:10.1287/opre.2.1.70).
double wait_priorities(const std::vector<PriorityClass>& classes);

/// Mean wait for places that come one every `interval` and take one each: M/D/1 in slots, half an interval and
/// rho / (1 - rho) of it.
double wait_slotted(double rate, double interval);

/// Two classes of customers in one Poisson stream, in random order, at one server: how long one keeps the next waiting
/// depends on the classes of both.
struct PairedService {
    std::array<double, 2> share{0.5, 0.5};        ///< of the customers, by class
    std::array<std::array<double, 2>, 2> time{};  ///< by class of the one ahead, then of the next
};

/// Mean waits by class of M/SM/1 (Neuts 1966; de Smit 1983, doi:10.1007/BF01149082; for two classes solved by the one
/// root that their transforms have). Both classes must have customers.
std::array<double, 2> wait_paired(double rate, const PairedService& service);

/// One chamber that takes up to `places` customers of one side each time it is there and somebody waits; a service with
/// n customers keeps it for `fixed` + n x `each`.
struct BulkServer {
    std::uint32_t places = 1;
    double fixed = 0.0;
    double each = 0.0;
};

struct BulkQueue {
    double wait = 0.0;  ///< mean, until the service begins
    double busy = 0.0;  ///< share of time
};

/// M/D^[1,b]/1, with a time that depends on how many are served (Bailey 1954, doi:10.1111/j.2517-6161.1954.tb00149.x;
/// Neuts 1967, doi:10.1214/aoms/1177698869): by the chain of those who wait at the ends of services.
BulkQueue bulk_queue(double rate, const BulkServer& server);

/// One chamber that serves two sides in turn: it ends a service on the other side, takes who waits there, is sent back
/// empty (a turn) where nobody does and somebody waits on the side it left, and else stays.
struct TwoWayServer {
    std::uint32_t places = 1;
    double each = 0.0;                      ///< of each customer
    std::array<double, 2> fixed{0.0, 0.0};  ///< of a service or a turn that begins on this side
};

struct TwoWayQueue {
    std::array<double, 2> wait{0.0, 0.0};  ///< by side, mean until the service begins
    double busy = 0.0;                     ///< share of time, turns included
};

/// The share of time that it takes if all services are full and turns serve whom they can.
double two_way_load(const std::array<double, 2>& rates, const TwoWayServer& server);

/// Poisson customers on both sides, or on one: by the chain of those who wait at the ends of services and
/// turns. Nothing where the load is so near 1 that the chain has too many states.
std::optional<TwoWayQueue> two_way_queue(const std::array<double, 2>& rates, const TwoWayServer& server);

/// Mean number of items that a departure every `interval` with `places` places leaves behind; items come in
/// `streams`, the oldest leave first (Bailey 1954, doi:10.1111/j.2517-6161.1954.tb00149.x).
double left_behind(const BatchStreams& streams, double interval, std::uint64_t places);

/// Whether `places` are so many that a departure practically never (less than once in 1e20) leaves anyone behind.
bool is_ample(const BatchStreams& streams, double interval, std::uint64_t places);

}  // namespace corridor::queueing
