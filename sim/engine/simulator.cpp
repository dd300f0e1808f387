#include "corridor/engine/simulator.h"

#include <utility>

#include "flows.h"
#include "measure_plan.h"
#include "model/calendar.h"
#include "replication.h"

namespace corridor {
class Simulator::Impl {
  public:
    Impl(const model::Model& model, MeasureCatalog catalog)
        : model_(model),
          catalog_(std::move(catalog)),
          replication_(model),
          flows_(model),
          accounts_(model),
          yards_(model.terminals.size()) {
        if (catalog_.plan().details().causes) {
            explanation_ = std::make_unique<engine::Explanation>(model);
            replication_.observe(*explanation_);
        }
        if (catalog_.plan().details().pictures) {
            replication_.count_by_month();
        }
        if (model.takes_census) {
            undisturbed_ = std::make_unique<Undisturbed>(model);
        }
    }

    Outcome run(std::uint64_t seed, std::uint64_t number, const std::atomic<bool>* stop) {
        Outcome outcome;
        outcome.status = replication_.run(seed, number, stop);
        outcome.fingerprint = replication_.fingerprint();
        if (outcome.status.state != RunState::complete) {
            return outcome;
        }
        const engine::Tally& tally = replication_.tally();
        for (const engine::DemandTally& demand : tally.demands) {
            outcome.containers += demand.released;
        }
        flows_.sum(model_, tally);
        accounts_.sum(model_, tally);
        for (std::size_t t = 0; t < yards_.size(); ++t) {
            yards_[t] = engine::summarise(tally.terminals.items()[t].yard, samples_);
            if (auto finding = engine::check_yard(model_.terminals.items()[t], yards_[t].fewest)) {
                outcome.status = {RunState::broken, *std::move(finding), model_.window.to};
                return outcome;
            }
        }
        if (auto finding = check_explanation()) {
            outcome.status = {RunState::broken, *std::move(finding), model_.window.to};
            return outcome;
        }
        const engine::TimeAccounts* const time_use = explanation_ ? &explanation_->accounts() : nullptr;
        if (undisturbed_) {
            outcome.status = undisturbed_->replication.run(seed, number, stop);
            if (outcome.status.state != RunState::complete) {
                return outcome;
            }
        }
        outcome.measures =
            catalog_.plan().evaluate({model_, tally, flows_, yards_, accounts_, disturbance(), time_use});
        return outcome;
    }

    const MeasureCatalog& catalog() const { return catalog_; }

  private:
    /// What the containers are said to have done adds up to the time they were in the system.
    engine::Finding check_explanation() const {
        if (!explanation_) {
            return std::nullopt;
        }
        std::int64_t in_system = 0;
        for (std::size_t d = 0; d < model_.demands.size(); ++d) {
            const Id<model::Demand> id{d};
            in_system += model_.demands[id].repositions ? 0 : replication_.tally().demands[id].in_system_ms;
        }
        return engine::check_time_use(in_system, explanation_->accounts().total());
    }

    /// The same corridor without its disruptions, for comparison under the same draws.
    struct Undisturbed {
        explicit Undisturbed(const model::Model& of) : model(model::undisturbed(of)), replication(model) {}
        model::Model model;
        engine::Replication replication;
    };

    engine::Disturbance disturbance() const {
        engine::Disturbance result;
        if (undisturbed_) {
            result.undisturbed = &undisturbed_->replication.tally();
            result.disruptions = &replication_.disruptions();
            engine::Windows windows;
            for (const auto& course : result.disruptions->courses()) {
                windows.insert(windows.end(), course.windows.begin(), course.windows.end());
            }
            model::merge_windows(windows);
            result.recovery =
                recovery_of(replication_.tally().census, result.undisturbed->census, windows, model_.window);
        }
        return result;
    }

    const model::Model& model_;
    MeasureCatalog catalog_;
    engine::Replication replication_;
    std::unique_ptr<engine::Explanation> explanation_;
    engine::Flows flows_;
    engine::Accounts accounts_;
    std::vector<engine::YardSummary> yards_;
    std::vector<std::int32_t> samples_;
    std::unique_ptr<Undisturbed> undisturbed_;  ///< where the model takes a census
};

Simulator::Simulator(const model::Model& model) : impl_(std::make_unique<Impl>(model, measure_catalog(model))) {}
Simulator::Simulator(const model::Model& model, const MeasureCatalog& catalog)
    : impl_(std::make_unique<Impl>(
          model, catalog.plan().fits(model) ? catalog : measure_catalog(model, catalog.plan().details()))) {}
Simulator::~Simulator() = default;
Simulator::Simulator(Simulator&&) noexcept = default;
Simulator& Simulator::operator=(Simulator&&) noexcept = default;

const MeasureCatalog& Simulator::catalog() const { return impl_->catalog(); }

Outcome Simulator::run(std::uint64_t seed, std::uint64_t replication, const std::atomic<bool>* stop) {
    return impl_->run(seed, replication, stop);
}

}  // namespace corridor
