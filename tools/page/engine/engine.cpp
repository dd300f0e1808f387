// The engine of a page: what corridor does for `run`, called from a script in the reader's browser.
#include <emscripten.h>

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "corridor/base/contract.h"
#include "corridor/engine/timeline.h"
#include "corridor/model/compile.h"
#include "corridor/report/page.h"
#include "corridor/scenario/reader.h"
#include "corridor/study/series.h"

extern "C" void corridor_progress(double done, double total);  // progress.js

namespace corridor {
namespace {

using Json = nlohmann::ordered_json;

/// The scenario of the page, as it was written.
struct Opened {
    std::string text;
    std::string file;
};

Opened& opened() {
    static Opened scenario;
    return scenario;
}

/// What is wrong, each in a line.
std::string complaint(const Diagnostics& findings) {
    std::string text;
    for (const Diagnostic& finding : findings) {
        if (finding.severity == Severity::error) text += (text.empty() ? "" : "\n") + one_line(finding);
    }
    return Json::object({{"error", text}}).dump();
}

StudyWatch tell_progress() {
    return {.progress = [](std::uint64_t done, std::uint64_t expected) {
        corridor_progress(static_cast<double>(done), static_cast<double>(expected));
    }};
}

/// Outcomes as they go from one worker of the page to another: of each the halves of the fingerprint, the containers,
/// then the measures.
std::vector<double>& buffer() {
    static std::vector<double> numbers;
    return numbers;
}
constexpr std::ptrdiff_t kBeforeMeasures = 3;
constexpr std::uint64_t kHalf = std::uint64_t{1} << 32U;

/// Replications of one model, and what is known of them: a page asks for a few and then for more of the same, and has
/// two workers at it.
class Known {
  public:
    /// What `fuller` knows, whose outcomes begin with the same measures, is known here too.
    Known(const model::Model& model, const MeasureCatalog& catalog, Known* fuller = nullptr)
        : measures_(static_cast<std::ptrdiff_t>(catalog.size())), simulator_(model, catalog), fuller_(fuller) {}

    Replicator replicator(std::uint64_t seed) {
        use(seed);
        return [this](std::uint64_t number) { return replication(number); };
    }

    /// Into the buffer; what is wrong where a replication is.
    std::string simulate(std::uint64_t seed, std::uint64_t first, std::uint64_t count) {
        use(seed);
        buffer().clear();
        for (std::uint64_t i = 0; i < count; ++i) {
            const Outcome outcome = replication(first + i);
            if (outcome.status.state != RunState::complete) return outcome.status.reason;
            buffer().push_back(static_cast<double>(outcome.fingerprint % kHalf));
            buffer().push_back(static_cast<double>(outcome.fingerprint / kHalf));
            buffer().push_back(static_cast<double>(outcome.containers));
            const auto begin = outcome.measures.begin();
            buffer().insert(buffer().end(), begin, begin + measures_);
            corridor_progress(static_cast<double>(i + 1), static_cast<double>(count));
        }
        return "";
    }

    /// Out of the buffer.
    void take(std::uint64_t seed, std::uint64_t first) {
        use(seed);
        expects(buffer().size() % static_cast<std::size_t>(kBeforeMeasures + measures_) == 0,
                "both workers know the same of a replication");
        for (auto at = buffer().begin(); at != buffer().end(); ++first) {
            const auto end = at + kBeforeMeasures + measures_;
            outcomes_[first] = {
                .status = {},
                .measures = {at + kBeforeMeasures, end},
                .fingerprint = static_cast<std::uint64_t>(at[0]) + static_cast<std::uint64_t>(at[1]) * kHalf,
                .containers = static_cast<std::uint64_t>(at[2])};
            at = end;
        }
    }

  private:
    void use(std::uint64_t seed) {
        if (seed != seed_) outcomes_.clear();
        seed_ = seed;
        if (fuller_ != nullptr) fuller_->use(seed);
    }

    const Outcome* find(std::uint64_t number) const {
        const auto known = outcomes_.find(number);
        if (known != outcomes_.end()) return &known->second;
        return fuller_ != nullptr ? fuller_->find(number) : nullptr;
    }

    Outcome replication(std::uint64_t number) {
        constexpr std::uint64_t kMostKept = 200;  // as many as live.js shares between workers
        if (const Outcome* const known = find(number)) return *known;
        Outcome outcome = simulator_.run(seed_, number);
        if (number < kMostKept) outcomes_[number] = outcome;
        return outcome;
    }

    std::ptrdiff_t measures_;
    Simulator simulator_;
    Known* fuller_;
    std::uint64_t seed_ = 0;
    std::map<std::uint64_t, Outcome> outcomes_;  ///< by number
};

/// Where the measures of a run stand among those by week, and their names; those by month are not there.
struct Selection {
    std::vector<std::size_t> positions;
    MeasureCatalog catalog;
};

Selection select(const MeasureCatalog& from, const MeasureCatalog& by_week) {
    std::vector<std::size_t> positions;
    std::vector<MeasureInfo> infos;
    for (const MeasureInfo& info : from.infos()) {
        const auto position = by_week.find(info.name, info.subject);
        if (!position) continue;
        positions.push_back(*position);
        infos.push_back(info);
    }
    return {std::move(positions), MeasureCatalog(std::move(infos))};
}

/// What replications are asked for: figures, pictures, or why containers waited.
enum class Part { run, series, causes };

Part part_of(const std::string& name) {
    if (name == "run") return Part::run;
    return name == "series" ? Part::series : Part::causes;
}

/// The scenario with some settings. One simulation by week serves figures and pictures; causes of waiting, which take
/// as long again, and figures by month where a report is read by month, are of simulations of their own.
class Prepared {
  public:
    Prepared(Json settings, scenario::Scenario scenario, model::Model model, Diagnostics findings)
        : settings_(std::move(settings)),
          scenario_(std::move(scenario)),
          model_(std::move(model)),
          findings_(std::move(findings)),
          catalog_(measure_catalog(model_)),
          basis_(series_basis(model_)),
          selection_(select(catalog_, basis_.catalog)),
          is_by_month_(!resolve_readings(scenario_, model_, selection_.catalog).ok()),
          explained_(basis_.weekly, basis_.explained),
          weekly_(basis_.weekly, basis_.catalog, &explained_) {
        if (is_by_month_) monthly_ = std::make_unique<Known>(model_, catalog_);
    }
    Prepared(const Prepared&) = delete;

    bool is_for(const Json& settings) const { return settings_ == settings; }

    Known& known(Part part) {
        if (part == Part::causes) return explained_;
        return part == Part::run && is_by_month_ ? *monthly_ : weekly_;
    }

    /// Whether who knows the replications of a run knows those of the pictures.
    bool shares_replications() const { return !is_by_month_; }

    std::string run(const StudyPlan& plan) {
        const MeasureCatalog& catalog = is_by_month_ ? catalog_ : selection_.catalog;
        const auto targets = resolve_readings(scenario_, model_, catalog);
        if (!targets.ok()) return complaint(targets.diagnostics());
        const StudyResult study = study_of_run(plan, targets.value());
        if (study.status.state != RunState::complete) return refusal(study.status.reason);
        PriorResult none;  // the ranges are not drawn from again
        none.values.resize(targets.value().size());
        return page_run(run_report({.scenario = scenario_,
                                    .model = model_,
                                    .catalog = catalog,
                                    .targets = targets.value(),
                                    .plan = plan,
                                    .study = study,
                                    .prior = none,
                                    .findings = findings_,
                                    .command = ""}));
    }

    /// With causes of waiting from the first `explained` replications.
    std::string pictures(const StudyPlan& plan, std::uint64_t explained) {
        const bool is_there =
            weekly_study_ && weekly_seed_ == plan.seed && weekly_study_->replications == plan.replications;
        if (!is_there) study_by_week(plan, {});
        const StudyResult& study = *weekly_study_;
        if (study.status.state != RunState::complete) return refusal(study.status.reason);
        const StudyResult causes = of(explained_, basis_.explained, {.seed = plan.seed, .replications = explained});
        if (causes.status.state != RunState::complete) return refusal(causes.status.reason);
        return page_pictures(model_, series_of(basis_, study, causes), trips(plan.seed));
    }

  private:
    static std::string refusal(const std::string& reason) { return Json::object({{"error", reason}}).dump(); }

    static StudyResult of(Known& known, const MeasureCatalog& catalog, const StudyPlan& plan,
                          const std::vector<MeasureSum>& headlines = {}) {
        return run_study([&] { return known.replicator(plan.seed); }, catalog.size(), headlines, plan, tell_progress());
    }

    void study_by_week(const StudyPlan& plan, const std::vector<MeasureSum>& headlines) {
        weekly_study_ = of(weekly_, basis_.catalog, plan, headlines);
        weekly_seed_ = plan.seed;
    }

    /// The measures of a run; those by week are kept for the pictures.
    StudyResult study_of_run(const StudyPlan& plan, const std::vector<ReadingTarget>& targets) {
        const MeasureCatalog& catalog = is_by_month_ ? catalog_ : basis_.catalog;
        std::vector<MeasureSum> headlines;
        for (const ReadingTarget& target : targets) headlines.push_back(target.in(catalog));
        if (is_by_month_) return of(*monthly_, catalog_, plan, headlines);
        study_by_week(plan, headlines);
        StudyResult selected = *weekly_study_;
        selected.measures.clear();
        for (const std::size_t position : selection_.positions) {
            selected.measures.push_back(weekly_study_->measures[position]);
        }
        return selected;
    }

    const TripRecord& trips(std::uint64_t seed) {
        if (!trips_ || trips_seed_ != seed) trips_ = record_trips(model_, seed, 0);
        trips_seed_ = seed;
        return *trips_;
    }

    Json settings_;
    scenario::Scenario scenario_;
    model::Model model_;
    Diagnostics findings_;
    MeasureCatalog catalog_;  ///< of a run
    SeriesBasis basis_;
    Selection selection_;
    bool is_by_month_;
    Known explained_;
    Known weekly_;
    std::unique_ptr<Known> monthly_;
    std::optional<StudyResult> weekly_study_;  ///< the last one
    std::uint64_t weekly_seed_ = 0;
    std::optional<TripRecord> trips_;
    std::uint64_t trips_seed_ = 0;
};

/// Of the settings asked for; with what is wrong where there is none.
std::string prepare(const Json& settings, std::unique_ptr<Prepared>& prepared) {
    if (prepared && prepared->is_for(settings)) return "";
    prepared.reset();
    std::vector<scenario::Override> overrides;
    for (const Json& assignment : settings) overrides.push_back({assignment.get<std::string>()});
    auto scenario = scenario::parse_scenario(opened().text, opened().file, overrides);
    if (!scenario.ok()) return complaint(scenario.diagnostics());
    auto model = model::compile(scenario.value(), scenario::stated_values(scenario.value().quantities));
    Diagnostics findings = scenario.diagnostics();
    const Diagnostics compiled = scenario::located(scenario.value(), model.diagnostics());
    findings.insert(findings.end(), compiled.begin(), compiled.end());
    if (!model.ok()) return complaint(findings);
    // The page shows nothing of the undisturbed corridor, which takes as long again.
    model.value().takes_census = false;
    prepared = std::make_unique<Prepared>(settings, std::move(scenario).value(), std::move(model).value(), findings);
    return "";
}

std::string answer(const Json& request) {
    static std::unique_ptr<Prepared> prepared;
    if (std::string complaint = prepare(request.at("overrides"), prepared); !complaint.empty()) return complaint;
    const Part part = part_of(request.at("part").get<std::string>());
    const auto whole = [&request](const char* name) { return request.at(name).get<std::uint64_t>(); };
    const std::uint64_t seed = whole("seed");
    const std::string wanted = request.value("do", "answer");
    if (wanted == "answer") {
        StudyPlan plan{.seed = seed, .replications = whole("replications")};
        if (request.contains("precision")) {
            plan.precision = request.at("precision").get<double>();
            plan.most_replications = whole("most_replications");
        }
        return part == Part::run ? prepared->run(plan) : prepared->pictures(plan, whole("explained"));
    }
    if (wanted == "tell") return Json::object({{"shared", prepared->shares_replications()}}).dump();
    Known& known = prepared->known(part);
    if (wanted == "take") {
        known.take(seed, whole("first"));
        return "{}";
    }
    const std::string failure = known.simulate(seed, whole("first"), whole("count"));
    return failure.empty() ? Json::object({{"outcomes", buffer().size()}}).dump()
                           : Json::object({{"error", failure}}).dump();
}

}  // namespace
}  // namespace corridor

extern "C" {

/// The buffer, with room for so many numbers.
EMSCRIPTEN_KEEPALIVE double* corridor_buffer(std::size_t size) {
    corridor::buffer().resize(size);
    return corridor::buffer().data();
}

/// The scenario that the page holds, as one text.
EMSCRIPTEN_KEEPALIVE void corridor_open(const char* text, const char* file) { corridor::opened() = {text, file}; }

/// The answer to {overrides: ["path=value"], seed, replications, part: "run" or "series"}: that of `page_run`, without
/// measures by month unless a reported figure is of a month, or of `page_pictures`, with causes of waiting from the
/// first `explained`; or {error}. A run goes on until `precision` is reached, where it is given, or
/// `most_replications`. With do: "simulate" the replications of that part, or of "causes", from `first` on, `count` of
/// them, go into the buffer instead, which then holds as many numbers as the answer {outcomes} says; with do: "take"
/// those in the buffer are known from now on; with do: "tell" the answer says whether run and series have the same
/// replications, {shared}. The answer is there until the next call.
EMSCRIPTEN_KEEPALIVE const char* corridor_run(const char* request) {
    static std::string text;
    try {
        text = corridor::answer(nlohmann::ordered_json::parse(request));
    } catch (const std::exception& failure) {
        text = nlohmann::ordered_json({{"error", failure.what()}}).dump();
    }
    return text.c_str();
}
}
