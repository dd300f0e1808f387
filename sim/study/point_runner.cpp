#include "study/point_runner.h"

#include <fmt/format.h>

#include <limits>
#include <new>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "corridor/model/balance.h"
#include "corridor/model/compile.h"
#include "corridor/scenario/reader.h"
#include "study/outputs.h"

namespace corridor {

namespace study {

Result<scenario::Scenario> scenario_at(const Sweep& sweep, std::uint64_t point) {
    auto scenario = scenario::read_again(sweep.base, sweep.design.overrides(point));
    if (scenario.ok()) return scenario;
    const std::vector<std::size_t> parameters = sweep.design.overridden(point);
    Diagnostics findings = scenario.diagnostics();
    for (Diagnostic& finding : findings) {
        const auto line = static_cast<std::size_t>(finding.place.line);
        if (finding.place.file != "--set" || line == 0 || line > parameters.size()) continue;
        const DesignParameter& parameter = sweep.design.parameters()[parameters[line - 1]];
        const bool is_about_value = finding.place.column > static_cast<int>(parameter.path.size());
        const scenario::Level level = *sweep.design.level(point, parameters[line - 1]);
        finding.place = parameter.place;
        finding.excerpt = parameter.excerpt;
        if (level.line == 0 || !is_about_value) continue;
        finding.place = {parameter.place.file, level.line, level.column};
        if (level.line != parameter.place.line) finding.excerpt.clear();  // it is that of another line
    }
    return findings;
}

}  // namespace study

class PointRunner::State {
  public:
    explicit State(const Sweep& sweep) : sweep_(sweep) {}

    std::optional<Record> run(std::uint64_t point, std::uint64_t replication, const std::atomic<bool>* stop) {
        Record record{.point = point, .replication = replication, .failure = {}, .outputs = {}};
        try {
            if (point_ != point) go_to(point);
            if (simulator_) {
                const Outcome outcome = simulator_->run(sweep_.seed, replication, stop);
                if (outcome.status.state == RunState::cancelled) return std::nullopt;
                keep(outcome, record);
            } else {
                record.failure = refusal_;
            }
        } catch (const std::bad_alloc&) {
            point_.reset();
            record.failure = kNoMemory;
        } catch (const std::exception& defect) {
            point_.reset();
            record.failure = fmt::format("a defect of corridor: {}", defect.what());
        }
        return record;
    }

  private:
    void go_to(std::uint64_t point) {
        point_.reset();
        simulator_.reset();
        model_.reset();
        auto scenario = study::scenario_at(sweep_, point);
        Diagnostics findings = scenario.diagnostics();
        if (scenario.ok()) {
            scenario_ = std::move(scenario).value();
            auto model = model::compile(scenario_, scenario::stated_values(scenario_.quantities));
            findings = model.diagnostics();
            if (model.ok()) {
                model_ = std::move(model).value();
                simulator_.emplace(*model_);
                sums_ = study::locate(sweep_.outputs, sweep_.targets, simulator_->catalog());
                load_ = model::highest_queueing_load(model::static_balance(*model_));
            }
        }
        if (!simulator_) refusal_ = findings.empty() ? "no scenario" : findings.front().message;
        point_ = point;
    }

    void keep(const Outcome& outcome, Record& record) {
        if (outcome.status.state == RunState::broken) {
            record.failure =
                fmt::format("a defect of corridor at {}: {}",
                            format_instant(model_->origin + Duration{outcome.status.at}), outcome.status.reason);
            return;
        }
        record.fingerprint = outcome.fingerprint;
        record.outputs.reserve(sums_.size());
        for (const std::optional<MeasureSum>& sum : sums_) {
            record.outputs.push_back(sum ? sum->of(outcome.measures) : std::numeric_limits<double>::quiet_NaN());
        }
        record.outputs.back() = load_;
    }

    const Sweep& sweep_;
    std::optional<std::uint64_t> point_;
    scenario::Scenario scenario_;
    std::optional<model::Model> model_;
    std::optional<Simulator> simulator_;
    std::vector<std::optional<MeasureSum>> sums_;
    double load_ = 0.0;
    std::string refusal_;
};

PointRunner::PointRunner(const Sweep& sweep) : state_(std::make_unique<State>(sweep)) {}
PointRunner::~PointRunner() = default;
PointRunner::PointRunner(PointRunner&&) noexcept = default;

std::optional<Record> PointRunner::run(std::uint64_t point, std::uint64_t replication, const std::atomic<bool>* stop) {
    return state_->run(point, replication, stop);
}

}  // namespace corridor
