#include "corridor/study/twin.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <map>
#include <utility>

#include "model/static_balance.h"
#include "study/twin_parts.h"

namespace corridor {
namespace {

using model::Model;
using model::Terminal;

/// Exact rows may be off by this share of their value for the edges of a window.
constexpr double kEdgeOfWindow = 0.005;

// Last digits of logarithms and exponentials differ between machines.
double rounded(double value) {
    if (!std::isfinite(value) || value == 0.0) return value;
    constexpr int kDigits = 11;
    const double scale = std::pow(10.0, kDigits - std::ceil(std::log10(std::abs(value))));
    return std::round(value * scale) / scale;
}

using Pair = std::pair<Id<Terminal>, Id<Terminal>>;

// TEU per day that are to go from one terminal to another, the most first.
std::vector<std::pair<Pair, double>> flows_by_pair(const Model& model) {
    std::map<Pair, double> flows;
    const double days = model::length_ms(model.window) / kMillisecondsPerHour / kHoursPerDay;
    for (const model::Demand& demand : model.demands) {
        if (demand.repositions) continue;
        const double containers = expected_containers(demand, {model.window, std::nullopt});
        flows[{demand.from, demand.to}] += containers * mean_teu(demand) / days;
    }
    std::vector<std::pair<Pair, double>> sorted(flows.begin(), flows.end());
    std::ranges::stable_sort(sorted, std::ranges::greater{}, [](const auto& flow) { return flow.second; });
    return sorted;
}

// Of all that goes between two terminals, on average.
model::Cargo cargo_between(const Model& model, const Pair& pair) {
    double containers = 0.0;
    double teu = 0.0;
    double tonnes = 0.0;
    model::Cargo cargo;
    for (const model::Demand& demand : model.demands) {
        if (demand.repositions || Pair{demand.from, demand.to} != pair) continue;
        const double volume = expected_containers(demand, {model.window, std::nullopt});
        const model::Cargo of_demand = cargo_of(demand);
        containers += volume;
        teu += volume * of_demand.teu_per_move;
        tonnes += volume * of_demand.teu_per_move * of_demand.tonnes_per_teu;
        cargo.stays = cargo.stays || of_demand.stays;
    }
    if (containers > 0.0) cargo.teu_per_move = teu / containers;
    if (teu > 0.0) cargo.tonnes_per_teu = tonnes / teu;
    return cargo;
}

// Each cut looks at the whole network, so large ones have few.
std::size_t most_cuts(const Model& model) {
    constexpr std::size_t kMostCuts = 20;
    constexpr std::size_t kMostStops = 200'000;
    return std::clamp<std::size_t>(kMostStops / std::max<std::size_t>(1, model.stops.size()), 1, kMostCuts);
}

CutRow cut_of(const Model& model, const model::ServiceNetwork& network, const Pair& pair, double offered) {
    const model::Throughput most = network.greatest(pair.first, pair.second, cargo_between(model, pair));
    return {.from = model.terminals[pair.first].id,
            .to = model.terminals[pair.second].id,
            .offered_teu_per_day = rounded(offered),
            .most_teu_per_day = rounded(most.teu_per_hour * kHoursPerDay),
            .bottlenecks = most.bottlenecks};
}

// Two-sided, such that all of `tests` are right in 999 of 1,000 runs.
double critical_t(std::size_t tests, std::uint64_t samples) {
    const boost::math::students_t law(static_cast<double>(samples - 1));
    return boost::math::quantile(law, 1.0 - 0.001 / (2.0 * static_cast<double>(std::max<std::size_t>(1, tests))));
}

bool is_within_chance(const TheoryRow& row, const Estimate& simulated, std::size_t exact_rows) {
    const double error = simulated.sd() / std::sqrt(static_cast<double>(simulated.samples()));
    const double allowed = critical_t(exact_rows, simulated.samples()) * error + kEdgeOfWindow * std::abs(row.value);
    return std::abs(simulated.mean() - row.value) <= allowed;
}

// An approximation is of the right size within a factor of two, or where the difference matters to nobody.
bool is_of_the_size(const TheoryRow& row, const Estimate& simulated) {
    constexpr double kSmallHours = 1.0;
    constexpr double kSmallShare = 0.1;
    const double difference = std::abs(simulated.mean() - row.value);
    if (difference <= (row.unit == "h" ? kSmallHours : kSmallShare)) return true;
    return difference <= std::max(simulated.mean(), row.value) / 2.0;
}

}  // namespace

study::Loads::Loads(const std::vector<model::Load>& loads) {
    for (const model::Load& load : loads) {
        const std::string& subject = load.measured_at.empty() ? load.subject : load.measured_at;
        shares_.emplace(std::pair{load.resource, subject}, load.share());
    }
}

double study::Loads::of(model::Resource resource, const std::string& subject) const {
    const auto found = shares_.find({resource, subject});
    return found == shares_.end() ? 0.0 : found->second;
}

Twin analytic_twin(const Model& model) {
    Twin twin;
    const model::Traffic traffic = expected_traffic(model);
    twin.loads = static_balance(model, traffic);
    const study::Basis basis{model, traffic, study::Loads(twin.loads)};
    study::add_departure_rows(twin.rows, basis);
    study::add_fleet_rows(twin.rows, basis);
    study::add_crane_rows(twin.rows, basis);
    study::add_berth_rows(twin.rows, basis);
    study::add_tug_rows(twin.rows, basis);
    study::add_link_rows(twin.rows, basis);
    study::add_lock_rows(twin.rows, basis);
    for (TheoryRow& row : twin.rows) {
        row.value = rounded(row.value);
        row.load = rounded(row.load);
    }
    const auto flows = flows_by_pair(model);
    const std::size_t shown = std::min(flows.size(), most_cuts(model));
    const model::ServiceNetwork network(model, twin.loads);
    for (std::size_t i = 0; i < shown; ++i) {
        twin.cuts.push_back(cut_of(model, network, flows[i].first, flows[i].second));
    }
    twin.cuts_omitted = flows.size() - shown;
    return twin;
}

Agreement agreement(const TheoryRow& row, const Estimate& simulated, std::size_t exact_rows) {
    if (simulated.samples() < 2 || !std::isfinite(row.value)) return Agreement::not_compared;
    const bool agrees =
        row.standing == Standing::exact ? is_within_chance(row, simulated, exact_rows) : is_of_the_size(row, simulated);
    return agrees ? Agreement::agrees : Agreement::differs;
}

TwinReport compare_with_theory(const Twin& twin, const MeasureCatalog& catalog, const StudyResult& study) {
    TwinReport report{.loads = {}, .rows = {}, .cuts = twin.cuts, .cuts_omitted = twin.cuts_omitted};
    for (const model::Load& load : twin.loads) {
        LoadComparison comparison{.load = load, .simulated = {}};
        if (const auto position = catalog.find(load.measure, load.measured_at))
            comparison.simulated = study.measures[*position];
        report.loads.push_back(std::move(comparison));
    }
    const auto exact = static_cast<std::size_t>(std::ranges::count(twin.rows, Standing::exact, &TheoryRow::standing));
    for (const TheoryRow& row : twin.rows) {
        TheoryComparison comparison{.row = row, .simulated = {}};
        if (const auto position = catalog.find(row.measure, row.subject))
            comparison.simulated = study.measures[*position];
        comparison.agreement = agreement(row, comparison.simulated, exact);
        report.rows.push_back(std::move(comparison));
    }
    return report;
}

Diagnostics theory_warnings(const TwinReport& report) {
    Diagnostics warnings;
    for (const auto& [row, simulated, agreement] : report.rows) {
        if (agreement != Agreement::differs) continue;
        const bool is_exact = row.standing == Standing::exact;
        warnings.push_back(
            {.severity = Severity::warning,
             .path = row.subject,
             .message = fmt::format("{}: {:.4g} simulated, {:.4g} {} by {} ({})", row.measure, simulated.mean(),
                                    row.value, row.unit, row.method,
                                    is_exact ? "exact in a steady state" : "an approximation, but far off"),
             .hint = is_exact ? "a longer warm_up or period brings them together if the run is not in its steady state"
                              : "what theory leaves out decides here: look at the queues beside it"});
    }
    return warnings;
}

std::string_view label(Standing standing) { return standing == Standing::exact ? "exact" : "approximation"; }

std::string_view label(Agreement agreement) {
    switch (agreement) {
        case Agreement::not_compared:
            return "not compared";
        case Agreement::agrees:
            return "agrees";
        case Agreement::differs:
            return "differs";
    }
    return "";
}

}  // namespace corridor
