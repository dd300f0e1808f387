#include "corridor/study/optimise.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>
#include <utility>

#include "corridor/base/contract.h"
#include "corridor/study/fingerprint.h"
#include "study/in_order.h"

namespace corridor {
namespace {

using study::Next;

// Positions of what is looked at: the requirements, then what is minimised.
class Looked {
  public:
    Looked(const OptimisePlan& plan, const MeasureCatalog& catalog) {
        for (const MeanRequirement& each : plan.requirements) add(catalog, each.measure, each.subject);
        if (plan.minimised) add(catalog, plan.minimised->measure, plan.minimised->subject);
    }

    bool is_complete() const {
        return std::ranges::all_of(places_, [](const auto& place) { return place.has_value(); });
    }

    std::vector<double> of(const std::vector<double>& measures) const {
        std::vector<double> values;
        for (const auto& place : places_) values.push_back(place ? measures[*place] : kNaN);
        return values;
    }

  private:
    void add(const MeasureCatalog& catalog, const std::string& measure, const std::string& subject) {
        places_.push_back(catalog.find(measure, subject));
    }

    std::vector<std::optional<std::size_t>> places_;
};

// What one replication of one model says.
struct Said {
    RunStatus status;
    std::vector<double> values;
    std::uint64_t fingerprint = 0;
};

// A model at a point, ready to be asked.
struct System {
    System(model::Model made, const OptimisePlan& plan)
        : model(std::move(made)), catalog(measure_catalog(model)), looked(plan, catalog) {}

    model::Model model;
    MeasureCatalog catalog;
    Looked looked;
};

// Asks one system at a time, over threads.
class Asker {
  public:
    Asker(const System& system, const OptimisePlan& plan, const std::atomic<bool>* stop)
        : system_(&system), simulator_(system.model, system.catalog), seed_(plan.seed), stop_(stop) {}

    Said operator()(std::uint64_t replication) {
        Outcome outcome = simulator_.run(seed_, replication, stop_);
        Said said{.status = std::move(outcome.status), .values = {}, .fingerprint = outcome.fingerprint};
        if (said.status.state == RunState::complete) said.values = system_->looked.of(outcome.measures);
        return said;
    }

  private:
    const System* system_;
    Simulator simulator_;
    std::uint64_t seed_;
    const std::atomic<bool>* stop_;
};

double price_of(const OptimisePlan& plan, const Point& point) {
    double price = 0;
    for (std::size_t i = 0; i < point.size(); ++i) price += point[i] * plan.variables[i].price;
    return price;
}

// All points, the cheapest first; of one price those with the least first variable first.
std::vector<Point> points_of(const OptimisePlan& plan) {
    std::size_t count = 1;
    for (const Variable& variable : plan.variables) {
        expects(variable.count() <= kMostPoints / count, "the space of points is of a size that was checked");
        count *= variable.count();
    }
    std::vector<Point> points;
    for (std::size_t n = 0; n < count; ++n) {
        Point point(plan.variables.size());
        std::size_t rest = n;
        for (std::size_t i = point.size(); i-- > 0;) {
            point[i] = plan.variables[i].value(rest % plan.variables[i].count());
            rest /= plan.variables[i].count();
        }
        points.push_back(std::move(point));
    }
    std::ranges::stable_sort(points, {}, [&](const Point& point) { return price_of(plan, point); });
    return points;
}

double tolerance_of(const OptimisePlan& plan, double bound) {
    return plan.tolerance * (bound == 0 ? 1.0 : std::abs(bound));
}

class Search {
  public:
    Search(const MakeModel& make_model, const OptimisePlan& plan, const StudyWatch& watch)
        : make_model_(make_model), plan_(plan), watch_(watch), points_(points_of(plan)) {
        result_.points = points_.size();
    }

    OptimiseResult run() {
        for (const Point& point : points_) {
            ask(point);
            if (result_.status.state != RunState::complete) return std::move(result_);
            if (watch_.progress) watch_.progress(result_.asked.size(), points_.size());
            const bool meets = result_.asked.back().verdict == Feasibility::feasible;
            if (meets && !plan_.minimised) {
                result_.chosen = result_.asked.size() - 1;
                return std::move(result_);
            }
        }
        if (plan_.minimised) pick_best();
        return std::move(result_);
    }

  private:
    std::vector<MeanLimit> limits() const {
        std::vector<MeanLimit> limits;
        for (const MeanRequirement& each : plan_.requirements) {
            limits.push_back({.most = sign(each) * each.bound, .tolerance = tolerance_of(plan_, each.bound)});
        }
        return limits;
    }

    static double sign(const MeanRequirement& requirement) { return requirement.is_at_most ? 1.0 : -1.0; }

    // Half of the error for what meets the target, half for the best of it.
    double error_of_each() const {
        return plan_.error * (plan_.minimised ? 0.5 : 1.0) / static_cast<double>(points_.size());
    }

    void ask(const Point& point) {
        Candidate& candidate = result_.asked.emplace_back();
        candidate.point = point;
        candidate.price = price_of(plan_, point);
        candidate.verdict = Feasibility::undefined;
        Result<model::Model> model = make_model_(point);
        if (!model.ok()) {
            const Diagnostics& why = model.diagnostics();
            candidate.refusal = why.empty() ? "no model" : fmt::format("{}: {}", why.front().path, why.front().message);
            return;
        }
        const System system(std::move(model).value(), plan_);
        if (!system.looked.is_complete()) {
            candidate.refusal = "a measure of the target is not there";
            return;
        }
        FeasibilityTest test(limits(), error_of_each(), plan_.most_replications);
        const auto make_worker = [&] { return Asker(system, plan_, watch_.stop); };
        const auto consume = [&](std::uint64_t, const Said& said) {
            if (!keep(said)) return Next::stop;
            ++candidate.replications;
            return add(said.values, test, candidate) == Feasibility::open ? Next::go_on : Next::stop;
        };
        study::run_in_order<Said>(plan_.threads, std::max(plan_.most_replications, FeasibilityTest::kFirst),
                                  make_worker, consume, watch_.stop);
        if (study::is_set(watch_.stop) && test.state() == Feasibility::open) {
            result_.status.state = RunState::cancelled;
        }
        describe(test, candidate);
    }

    // Whether it is complete.
    bool keep(const Said& said) {
        result_.status = said.status;
        result_.fingerprint = combined_fingerprint(result_.fingerprint, said.fingerprint);
        return said.status.state == RunState::complete;
    }

    Feasibility add(const std::vector<double>& values, FeasibilityTest& test, Candidate& candidate) const {
        std::vector<double> sample;
        for (std::size_t i = 0; i < plan_.requirements.size(); ++i) {
            sample.push_back(sign(plan_.requirements[i]) * values[i]);
        }
        candidate.means.resize(sample.size());
        for (std::size_t i = 0; i < sample.size(); ++i) candidate.means[i].add(values[i]);
        if (plan_.minimised) {
            candidate.minimised.add(values.back());
            if (std::isnan(values.back())) sample.assign(1, kNaN);
        }
        return test.add(sample);
    }

    void describe(const FeasibilityTest& test, Candidate& candidate) const {
        candidate.verdict = test.state();
        candidate.is_certain = test.is_certain();
        candidate.excess = -std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < candidate.means.size(); ++i) {
            const MeanRequirement& each = plan_.requirements[i];
            const double off = sign(each) * (candidate.means[i].mean() - each.bound);
            const double share = off / (each.bound == 0 ? 1.0 : std::abs(each.bound));
            if (share <= candidate.excess) continue;
            candidate.excess = share;
            candidate.binding = i;
        }
    }

    // Of the points that meet the target, the one with the least mean of the measure.
    void pick_best() {
        std::vector<std::size_t> meeting;
        for (std::size_t i = 0; i < result_.asked.size(); ++i) {
            if (result_.asked[i].verdict == Feasibility::feasible) meeting.push_back(i);
        }
        if (meeting.empty()) return;
        std::vector<std::unique_ptr<System>> systems;
        double least = std::numeric_limits<double>::infinity();
        for (const std::size_t i : meeting) {
            Result<model::Model> model = make_model_(result_.asked[i].point);
            expects(model.ok(), "a point that made a model makes it again");
            systems.push_back(std::make_unique<System>(std::move(model).value(), plan_));
            least = std::min(least, std::abs(result_.asked[i].minimised.mean()));
        }
        BestOfMany best(meeting.size(), tolerance_of(plan_, least), plan_.error / 2);
        while (best.remaining().size() > 1 && best.replications() < plan_.most_replications) {
            if (!ask_all(best, systems)) return;
        }
        const auto mean = [&](std::size_t i) { return best.replications() == 0 ? 0.0 : best.mean(i).mean(); };
        const std::size_t chosen = *std::ranges::min_element(best.remaining(), {}, mean);
        result_.chosen = meeting[chosen];
        Candidate& candidate = result_.asked[*result_.chosen];
        candidate.is_certain = candidate.is_certain && best.remaining().size() == 1;
        if (best.replications() > candidate.minimised.samples()) candidate.minimised = best.mean(chosen);
    }

    // One more replication of every system that is left.
    bool ask_all(BestOfMany& best, const std::vector<std::unique_ptr<System>>& systems) {
        const std::vector<std::size_t> remaining = best.remaining();
        const std::uint64_t replication = best.replications();
        std::vector<double> samples;
        const auto make_worker = [&] {
            return [&](std::uint64_t number) {
                return Asker(*systems[remaining[number]], plan_, watch_.stop)(replication);
            };
        };
        const auto consume = [&](std::uint64_t, const Said& said) {
            if (!keep(said)) return Next::stop;
            // What is undefined in one more replication is out of the race.
            const double value = said.values.back();
            samples.push_back(std::isnan(value) ? std::numeric_limits<double>::infinity() : value);
            return Next::go_on;
        };
        study::run_in_order<Said>(plan_.threads, remaining.size(), make_worker, consume, watch_.stop);
        if (samples.size() < remaining.size()) {
            if (result_.status.state == RunState::complete) result_.status.state = RunState::cancelled;
            return false;
        }
        best.add(samples);
        return true;
    }

    const MakeModel& make_model_;
    const OptimisePlan& plan_;
    const StudyWatch& watch_;
    std::vector<Point> points_;
    OptimiseResult result_;
};

bool is_met(const MeanRequirement& requirement, double value) {
    return requirement.is_at_most ? value <= requirement.bound : value >= requirement.bound;
}

// One replication of the base and of the chosen point, as if it were one run: for each requirement and what is
// minimised base, chosen, change and whether it is met; then whether all are.
Outcome of_both(Simulator& base, Simulator& chosen, const Looked& in_base, const Looked& in_chosen,
                const OptimisePlan& plan, std::uint64_t seed, std::uint64_t replication,
                const std::atomic<bool>* stop) {
    Outcome both = base.run(seed, replication, stop);
    if (both.status.state != RunState::complete) return both;
    Outcome changed = chosen.run(seed, replication, stop);
    if (changed.status.state != RunState::complete) return changed;
    both.fingerprint = combined_fingerprint(both.fingerprint, changed.fingerprint);
    const std::vector<double> before = in_base.of(both.measures);
    const std::vector<double> after = in_chosen.of(changed.measures);
    both.measures.clear();
    bool are_all_met = true;
    for (std::size_t i = 0; i < after.size(); ++i) {
        const bool is_fine = i >= plan.requirements.size() || is_met(plan.requirements[i], after[i]);
        are_all_met = are_all_met && is_fine;
        both.measures.insert(both.measures.end(), {before[i], after[i], after[i] - before[i], is_fine ? 1.0 : 0.0});
    }
    both.measures.push_back(are_all_met ? 1.0 : 0.0);
    return both;
}

}  // namespace

OptimiseResult optimise(const MakeModel& make_model, const OptimisePlan& plan, const StudyWatch& watch) {
    expects(!plan.variables.empty() && !plan.requirements.empty(), "there is something to vary, and a target");
    return Search(make_model, plan, watch).run();
}

Confirmation confirm(const model::Model& base, const model::Model& chosen, const OptimisePlan& plan,
                     const StudyPlan& fresh, const StudyWatch& watch) {
    const MeasureCatalog base_catalog = measure_catalog(base);
    const MeasureCatalog chosen_catalog = measure_catalog(chosen);
    const Looked in_base(plan, base_catalog);
    const Looked in_chosen(plan, chosen_catalog);
    const auto make_replicator = [&] {
        struct Both {
            Simulator base;
            Simulator chosen;
        };
        const auto both =
            std::make_shared<Both>(Both{Simulator(base, base_catalog), Simulator(chosen, chosen_catalog)});
        return Replicator{[&, both](std::uint64_t replication) {
            return of_both(both->base, both->chosen, in_base, in_chosen, plan, fresh.seed, replication, watch.stop);
        }};
    };
    const std::size_t looked = plan.requirements.size() + (plan.minimised ? 1 : 0);
    const StudyResult study = run_study(make_replicator, 4 * looked + 1, {}, fresh, watch);
    Confirmation confirmation{.status = study.status,
                              .replications = study.replications,
                              .fingerprint = study.fingerprint,
                              .requirements = {},
                              .minimised = {},
                              .all_met = study.measures.back()};
    for (std::size_t i = 0; i < looked; ++i) {
        const Confirmed confirmed{.base = study.measures[4 * i],
                                  .chosen = study.measures[4 * i + 1],
                                  .change = study.measures[4 * i + 2],
                                  .met = study.measures[4 * i + 3]};
        if (i < plan.requirements.size()) {
            confirmation.requirements.push_back(confirmed);
        } else {
            confirmation.minimised = confirmed;
        }
    }
    return confirmation;
}

}  // namespace corridor
