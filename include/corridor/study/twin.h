// The analytic twin: what theory says of the same corridor, beside what is simulated.
//
// It is steady-state theory of each resource by itself, with every container on the best itinerary of its demand. What
// its rows are made of, and when they are exact, is said in docs/model.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "corridor/base/diagnostic.h"
#include "corridor/engine/measures.h"
#include "corridor/model/balance.h"
#include "corridor/model/model.h"
#include "corridor/model/throughput.h"
#include "corridor/study/estimate.h"
#include "corridor/study/study.h"

namespace corridor {

enum class Standing {
    exact,         ///< what is simulated is the system that the theory is of: its mean must come out
    approximation  ///< of the right size
};

/// One figure that theory gives for a measure of the simulator.
struct TheoryRow {
    std::string measure;      ///< a name of the catalogue: "crane_wait_mean"
    std::string subject;      ///< "terminal.guoyuan.quay"
    std::string unit;         ///< of the measure
    double value = 0.0;       ///< infinite where the load is 1 or more: no steady state exists
    std::string_view method;  ///< "M/M/c (Erlang)", "Allen-Cunneen with QNA"
    Standing standing = Standing::approximation;
    double load = 0.0;  ///< offered to the resource, over what it has
};

/// The most that can flow from an origin to a destination, and what is to flow.
struct CutRow {
    std::string from;                            ///< ids of terminals
    std::string to;                              ///< ids of terminals
    double offered_teu_per_day = 0.0;            ///< of all demands between them
    double most_teu_per_day = 0.0;               ///< may be infinite
    std::vector<model::Bottleneck> bottlenecks;  ///< a minimum cut
};

struct Twin {
    std::vector<model::Load> loads;  ///< the static balance; the loads of the rows are these
    std::vector<TheoryRow> rows;
    std::vector<CutRow> cuts;      ///< the largest flows first
    std::size_t cuts_omitted = 0;  ///< pairs of terminals with demand that are not in `cuts`
};

Twin analytic_twin(const model::Model& model);

enum class Agreement {
    not_compared,  ///< nothing simulated, no interval, or no steady state
    agrees,        ///< exact: within chance; an approximation: of the right size
    differs
};

/// How a row and what was simulated stand to each other. `exact_rows`: how many are compared together, so that all of
/// them agree by chance but once in a thousand runs.
Agreement agreement(const TheoryRow& row, const Estimate& simulated, std::size_t exact_rows);

/// A row beside its estimate.
struct TheoryComparison {
    TheoryRow row;
    Estimate simulated;  ///< without samples where the catalogue lacks the measure
    Agreement agreement = Agreement::not_compared;
};

/// What is asked of a resource, and the share of it that was used.
struct LoadComparison {
    model::Load load;
    Estimate simulated;  ///< without samples where no measure shows it
};

/// What theory says and what came out, for a report.
struct TwinReport {
    std::vector<LoadComparison> loads;
    std::vector<TheoryComparison> rows;
    std::vector<CutRow> cuts;
    std::size_t cuts_omitted = 0;
};

TwinReport compare_with_theory(const Twin& twin, const MeasureCatalog& catalog, const StudyResult& study);

/// One for every row that differs.
Diagnostics theory_warnings(const TwinReport& report);

/// "exact", "approximation"; "agrees", "differs", "not compared".
std::string_view label(Standing standing);
std::string_view label(Agreement agreement);

}  // namespace corridor
