#include "corridor/report/sweep_report.h"
#include "corridor/study/fingerprint.h"
#include "report/json_text.h"

namespace corridor {

using report::Json;

class SweepJson::State {
  public:
    State(const StoreStudy& study, const std::string& title, std::vector<std::size_t> shown)
        : shown_(std::move(shown)),
          json_(report::result_header(title, std::string(study.fact("scenario")), std::string(study.fact("command")))) {
        json_["parameters"] = Json::array();
        for (const DesignParameter& parameter : study.parameters) {
            const Json unit = parameter.unit ? Json(*parameter.unit) : Json(nullptr);
            json_["parameters"].push_back(Json::object({{"path", parameter.path}, {"unit", unit}}));
        }
        json_["outputs"] = Json::array();
        for (const std::size_t i : shown_) {
            const Output& output = study.outputs[i];
            json_["outputs"].push_back(
                Json::object({{"name", output.name}, {"subject", output.subject}, {"unit", output.unit}}));
        }
        json_["points"] = Json::array();
    }

    void add(const PointSummary& point, const std::function<std::string()>& settings) {
        if (json_["points"].size() == kMostPagePoints) return;
        Json means = Json::array();
        for (const std::size_t i : shown_) {
            const Estimate& estimate = point.estimates[i];
            means.push_back(Json::object({{"mean", report::number(estimate.mean())},
                                          {"ci95", report::interval_json(estimate.interval95())},
                                          {"samples", estimate.samples()}}));
        }
        const Json fingerprint = point.fingerprint ? Json(fingerprint_text(*point.fingerprint)) : Json(nullptr);
        json_["points"].push_back(Json::object(
            {{"settings", Json::parse(settings())}, {"fingerprint", fingerprint}, {"means", std::move(means)}}));
    }

    std::string text(const SummaryCounts& counts) {
        json_["counts"] =
            Json::object({{"points", counts.points}, {"replications", counts.replications}, {"failed", counts.failed}});
        return report::json_line(json_);
    }

  private:
    std::vector<std::size_t> shown_;
    Json json_;
};

SweepJson::SweepJson(const StoreStudy& study, const std::string& title, std::vector<std::size_t> shown)
    : state_(std::make_unique<State>(study, title, std::move(shown))) {}
SweepJson::~SweepJson() = default;
void SweepJson::add(const PointSummary& point, const std::function<std::string()>& settings) {
    state_->add(point, settings);
}
std::string SweepJson::text(const SummaryCounts& counts) { return state_->text(counts); }

}  // namespace corridor
