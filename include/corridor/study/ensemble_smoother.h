// Ensemble smoother with multiple data assimilation: which points agree with what was observed of the answers there.
//
// Emerick & Reynolds 2013, doi:10.1016/j.cageo.2012.03.011. A member is a point, one standard normal score a dimension:
// the quantile is the normal distribution function of the score, so that no update leaves the range. Each of the
// `assimilations` moves every member towards the observations, perturbed by their error inflated `assimilations` times.
//
// An answer has chance in it, and so has what was observed: one history each. Chance is part of the error, with the
// covariance of pairs of histories at one point; what an answer already has of it is not added a second time.
//
// Spurious correlations: members are drawn so that their scores have exactly the mean 0 and the covariance 1
// (second-order exact sampling, Pham 2001, doi:10.1175/1520-0493(2001)129<1194:SMFSDA>2.0.CO;2) where there are more
// members than dimensions and one; and a dimension stays where it is until its correlation with an observation exceeds
// the universal threshold sqrt(2 ln dimensions) x noise (Luo, Bhakta & Naevdal 2018, doi:10.2118/185936-PA). The noise
// is the median absolute correlation over 0.6745, at most that of independent samples, 1 / sqrt(members).
#pragma once

#include <cstdint>
#include <vector>

#include "corridor/engine/simulator.h"
#include "corridor/study/sensitivity.h"
#include "corridor/study/study.h"

namespace corridor {

struct SmootherPlan {
    std::uint64_t seed = 1;
    std::uint64_t members = 200;
    std::uint64_t assimilations = 4;  ///< one or more
    unsigned threads = 1;
};

/// What was observed of an output; the error is one standard deviation, more than 0.
struct Observation {
    std::size_t output = 0;  ///< position among the outputs
    double value = 0;
    double error = 0;
};

struct Member {
    std::vector<double> scores;   ///< by dimension
    std::vector<double> outputs;  ///< the answer there, in one history; NaN where undefined
};

/// Members whose outputs of interest are all defined. Those without an answer are left out: what makes no sense is no
/// part of the belief.
struct Ensemble {
    RunStatus status;
    std::vector<Member> members;
    std::uint64_t refused = 0;      ///< left out so far
    std::uint64_t fingerprint = 0;  ///< of all trajectories asked for so far, in their order
};

/// The quantiles of a member: its point in [0, 1)^dimensions.
std::vector<double> point_of(const std::vector<double>& scores);

/// The ensemble before anything was observed, and answers of its first members in another history.
struct PriorEnsemble {
    Ensemble ensemble;
    std::vector<std::vector<double>> again;  ///< as many as have one; by output
};

/// Asks members + min(members, 50) times. `observed` are the outputs of interest.
PriorEnsemble prior_ensemble(const MakeExperiment& make_experiment, std::size_t dimensions,
                             const std::vector<std::size_t>& observed, const SmootherPlan& plan,
                             const StudyWatch& watch = {});

struct Smoothed {
    Ensemble ensemble;             ///< after all assimilations, asked once more
    std::vector<bool> is_moved;    ///< by dimension: some observation moved it
    std::vector<double> mismatch;  ///< before the first assimilation and after each: mean squared distance to the
                                   ///< observations in their errors, chance included, per observation
    /// By observation: the variance of the answers, chance taken off, over what it would be if answers were linear in
    /// normal scores. Far below 1 where the ensemble has collapsed; NaN where that is not defined.
    std::vector<double> spread;
};

/// Asks members x assimilations times. At least 2 members of the prior and one observation. The same to the last bit
/// for any number of threads.
Smoothed assimilate(const MakeExperiment& make_experiment, const PriorEnsemble& prior,
                    const std::vector<Observation>& observations, const SmootherPlan& plan,
                    const StudyWatch& watch = {});

/// Whether scores differ from a standard normal sample: Kolmogorov and Smirnov's test at 1 %, by the approximation of
/// Stephens 1970 (doi:10.1111/j.2517-6161.1970.tb00821.x).
bool differs_from_normal(std::vector<double> scores);

/// The standard normal distribution function, the same bits on every machine (Marsaglia 2004,
/// doi:10.18637/jss.v011.i04); absolute error below 2e-15.
double normal_cdf(double x);

}  // namespace corridor
