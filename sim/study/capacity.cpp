#include "corridor/study/capacity.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <memory>
#include <utility>

#include "corridor/base/contract.h"
#include "corridor/model/balance.h"
#include "corridor/study/fingerprint.h"
#include "corridor/study/growth.h"
#include "model/traffic.h"
#include "study/resource_uses.h"

namespace corridor {
namespace {

using model::Model;
using study::QueueWait;

constexpr double kMostFactor = 1000.0;

// The same history, measured over one of the thirds of the period (0, 1, 2) and ended after it.
Model measured_over_third(const Model& model, int third) {
    Model part = model;
    const Tick length = (model.window.to - model.window.from) / 3;
    part.window.from = model.window.from + third * length;
    part.window.to = third == 2 ? model.window.to : part.window.from + length;
    part.months = {{.label = "all", .from = part.window.from, .to = part.window.to}};
    return part;
}

double days(const model::Window& window) { return model::length_ms(window) / kMillisecondsPerHour / kHoursPerDay; }

// The number in the system of all containers and of each demand, by where it stands in a catalogue.
std::vector<std::size_t> positions_in_system(const Model& model, const MeasureCatalog& catalog) {
    std::vector<std::size_t> positions{*catalog.find("containers_in_system", "total")};
    for (const model::Demand& demand : model.demands) {
        positions.push_back(*catalog.find("containers_in_system", subject(demand)));
    }
    return positions;
}

std::vector<std::size_t> positions_of_waits(const Model& model, const MeasureCatalog& catalog) {
    std::vector<std::size_t> positions;
    for (const QueueWait& wait : study::waits_of_vehicles(model, catalog)) {
        positions.push_back(*catalog.find(wait.measure, wait.subject));
    }
    return positions;
}

// Every measure of the last third, and by how much the mean number of containers grew from the third before, per day:
// of all, then of each demand; then by how much each wait of vehicles grew, per time.
class TrialReplicator {
  public:
    TrialReplicator(const Model& middle, const Model& last, const MeasureCatalog& catalog, std::uint64_t seed,
                    const std::atomic<bool>* stop)
        : middle_(std::make_shared<Simulator>(middle, catalog)),
          last_(std::make_shared<Simulator>(last, catalog)),
          before_(positions_in_system(middle, middle_->catalog())),
          after_(positions_in_system(last, last_->catalog())),
          waits_before_(positions_of_waits(middle, middle_->catalog())),
          waits_after_(positions_of_waits(last, last_->catalog())),
          days_(days(last.window)),
          seed_(seed),
          stop_(stop) {}

    Outcome operator()(std::uint64_t replication) const {
        Outcome before = middle_->run(seed_, replication, stop_);
        if (before.status.state != RunState::complete) return before;
        Outcome outcome = last_->run(seed_, replication, stop_);
        if (outcome.status.state != RunState::complete) return outcome;
        outcome.fingerprint = combined_fingerprint(before.fingerprint, outcome.fingerprint);
        for (std::size_t i = 0; i < after_.size(); ++i) {
            const double grown = outcome.measures[after_[i]] - before.measures[before_[i]];
            outcome.measures.push_back(grown / days_);
        }
        for (std::size_t i = 0; i < waits_after_.size(); ++i) {
            const double grown = outcome.measures[waits_after_[i]] - before.measures[waits_before_[i]];
            outcome.measures.push_back(grown / (days_ * kHoursPerDay));
        }
        return outcome;
    }

  private:
    std::shared_ptr<Simulator> middle_;
    std::shared_ptr<Simulator> last_;
    std::vector<std::size_t> before_;
    std::vector<std::size_t> after_;
    std::vector<std::size_t> waits_before_;
    std::vector<std::size_t> waits_after_;
    double days_;
    std::uint64_t seed_;
    const std::atomic<bool>* stop_;
};

// Of a mean, such that those of `together` means all hold with 97.5 % confidence.
double lower_bound(const Estimate& estimate, std::size_t together) {
    const boost::math::students_t law(static_cast<double>(estimate.samples() - 1));
    const double quantile = boost::math::quantile(law, 1.0 - 0.025 / static_cast<double>(together));
    return estimate.mean() - quantile * estimate.sd() / std::sqrt(static_cast<double>(estimate.samples()));
}

struct Trial {
    GrowthTrial growth;
    std::vector<QueueWait> growing_queues;
    StudyResult study;
    MeasureCatalog catalog;
    Model last;  // measured over the last third, as `study` is
};

// Of what is released in the last third, what is turned away or goes by road.
double unserved_share(const Trial& trial) {
    const auto total = [&](std::string_view measure) {
        const auto position = trial.catalog.find(measure, "total");
        return position ? trial.study.measures[*position].mean() : 0.0;
    };
    const double released = total("containers_released");
    return released > 0.0 ? (total("containers_lost") + total("containers_by_road")) / released : 0.0;
}

Trial run_trial(const Model& model, double factor, const CapacityPlan& plan, const StudyWatch& watch) {
    const Model scaled = with_demand_times(model, factor);
    const Model middle = measured_over_third(scaled, 1);
    const Model last = measured_over_third(scaled, 2);
    Trial trial{.growth = {.factor = factor},
                .growing_queues = {},
                .study = {},
                .catalog = measure_catalog(last),
                .last = last};
    const auto make_replicator = [&] {
        return Replicator{TrialReplicator(middle, last, trial.catalog, plan.seed, watch.stop)};
    };
    const std::size_t growths = trial.catalog.size();
    const std::size_t demands = model.demands.size();
    const std::vector<QueueWait> waits = study::waits_of_vehicles(last, trial.catalog);
    const StudyPlan study_plan{.seed = plan.seed, .replications = plan.replications, .threads = plan.threads};
    trial.study = run_study(make_replicator, growths + 1 + demands + waits.size(), {}, study_plan, watch);
    if (trial.study.status.state != RunState::complete) return trial;
    const auto released_per_day = [&](const std::string& subject) {
        return trial.study.measures[*trial.catalog.find("containers_released", subject)].mean() / days(last.window);
    };
    trial.growth.released_per_day = released_per_day("total");
    trial.growth.growth_per_day = trial.study.measures[growths];
    trial.growth.unserved_share = unserved_share(trial);
    for (std::size_t d = 0; d < demands; ++d) {
        const std::string who = subject(model.demands.items()[d]);
        const double at_least = lower_bound(trial.study.measures[growths + 1 + d], demands);
        if (at_least > kGrowingShare * released_per_day(who)) trial.growth.growing.push_back(who);
    }
    for (std::size_t w = 0; w < waits.size(); ++w) {
        const Estimate& grown = trial.study.measures[growths + 1 + demands + w];
        if (grown.samples() < 2 || lower_bound(grown, waits.size()) <= kGrowingShare) continue;
        trial.growing_queues.push_back(waits[w]);
        std::vector<std::string>& named = trial.growth.growing_waits;
        if (std::ranges::find(named, waits[w].subject) == named.end()) named.push_back(waits[w].subject);
    }
    return trial;
}

// Where plain arithmetic has the tightest resource full: a good factor to begin with.
double factor_by_arithmetic(const Model& model) {
    double most = 0.0;
    for (const model::Load& load : model::static_balance(model)) {
        const bool grows_with_demand = load.resource == model::Resource::slots ||
                                       load.resource == model::Resource::payload ||
                                       load.resource == model::Resource::cranes;
        if (grows_with_demand) most = std::max(most, load.share());
    }
    return most > 0.0 ? std::clamp(1.0 / most, 1.0 / kMostFactor, kMostFactor) : 1.0;
}

// Where vehicles wait ever longer, and what is used the most.
std::vector<ResourceUse> bottlenecks(const Trial& trial) {
    constexpr double kAsMuch = 0.97;
    std::vector<ResourceUse> all = study::resource_uses(trial.last, trial.catalog, trial.study);
    double most = 0.0;
    for (ResourceUse& use : all) {
        most = std::max(most, use.share);
        use.queue_grows = std::ranges::any_of(trial.growing_queues, [&](const QueueWait& wait) {
            const bool is_there = wait.subject == use.subject || wait.subject.starts_with(use.subject + '.');
            return is_there && wait.resource == use.resource;
        });
    }
    std::erase_if(all, [&](const ResourceUse& use) { return !use.queue_grows && use.share < kAsMuch * most; });
    std::ranges::stable_sort(all, [](const ResourceUse& a, const ResourceUse& b) {
        return a.queue_grows != b.queue_grows ? a.queue_grows : a.share > b.share;
    });
    return all;
}

class GrowthSearch {
  public:
    GrowthSearch(const Model& model, const CapacityPlan& plan, const StudyWatch& watch)
        : model_(model), plan_(plan), watch_(watch) {}

    CapacityResult run() {
        if (!know_what_is_unserved()) return std::move(result_);
        double factor = factor_by_arithmetic(model_);
        double step = kFirstStep;
        while (try_factor(factor) && !is_bracketed()) {
            factor = result_.carried ? factor * step : factor / step;
            if (factor > kMostFactor || factor < 1.0 / kMostFactor) break;
            step *= step;
        }
        while (is_bracketed() && *result_.refuted > *result_.carried * (1.0 + plan_.precision)) {
            if (!try_factor(std::sqrt(*result_.carried * *result_.refuted))) break;
        }
        return std::move(result_);
    }

  private:
    static constexpr double kFirstStep = 1.1;

    Trial simulate(double factor) {
        Trial trial = run_trial(model_, factor, plan_, watch_);
        result_.status = trial.study.status;
        result_.fingerprint = combined_fingerprint(result_.fingerprint, trial.study.fingerprint);
        return trial;
    }

    bool is_bracketed() const { return result_.carried && result_.refuted; }

    // At the stated demand: a corridor that some leave for the road anyway is not full because they do.
    bool know_what_is_unserved() {
        const auto may_leave = [&](const model::Demand& demand) {
            const auto& yard = model_.terminals[demand.from].yard;
            return demand.road_time || demand.patience || (yard && yard->when_full == model::FullYard::turn_away);
        };
        if (std::none_of(model_.demands.begin(), model_.demands.end(), may_leave)) return true;
        const Trial stated = simulate(1.0);
        unserved_as_stated_ = stated.growth.unserved_share;
        return result_.status.state == RunState::complete;
    }

    bool try_factor(double factor) {
        Trial trial = simulate(factor);
        trial.growth.leaves_more_unserved = trial.growth.unserved_share > unserved_as_stated_ + kGrowingShare;
        if (result_.status.state != RunState::complete) return false;
        result_.trials.push_back(trial.growth);
        if (trial.growth.is_bounded()) {
            result_.carried = std::max(result_.carried.value_or(0.0), factor);
            result_.teu_per_day = teu_per_day(factor);
        } else {
            result_.refuted = std::min(result_.refuted.value_or(factor), factor);
            result_.bottlenecks = bottlenecks(trial);
        }
        return true;
    }

    double teu_per_day(double factor) const {
        double teu = 0.0;
        for (const model::Demand& demand : model_.demands) {
            teu += expected_containers(demand, {model_.window, std::nullopt}) * mean_teu(demand);
        }
        return teu * factor / days(model_.window);
    }

    const Model& model_;
    const CapacityPlan& plan_;
    const StudyWatch& watch_;
    CapacityResult result_;
    double unserved_as_stated_ = 0.0;
};

}  // namespace

Model with_demand_times(const Model& model, double factor) {
    Model scaled = model;
    for (model::Demand& demand : scaled.demands) {
        scale_listed(demand, factor);
        if (demand.rates.empty()) continue;
        const double containers = expected_containers(demand, {model.window, std::nullopt});
        const double per_ms = containers / demand.consignment.mean() / model::length_ms(model.window);
        demand.rates = {{.until = demand.rates.back().until, .per_ms = per_ms * factor}};
    }
    return scaled;
}

CapacityResult find_capacity(const Model& model, const CapacityPlan& plan, const StudyWatch& watch) {
    expects(plan.replications >= 2, "an interval needs two replications");
    return GrowthSearch(model, plan, watch).run();
}

}  // namespace corridor
