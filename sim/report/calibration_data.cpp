// A calibration as JSON and CSV.
#include <string_view>

#include "corridor/report/calibration_report.h"
#include "corridor/report/csv.h"
#include "corridor/study/fingerprint.h"
#include "report/calibration_names.h"
#include "report/json_text.h"

namespace corridor {
namespace {

using report::CalibrationNames;
using report::Json;
using report::ShownBelief;

Json summary_json(const PriorSummary& summary) {
    return Json::object({{"median", report::number(summary.median)},
                         {"low90", report::number(summary.interval90.low)},
                         {"high90", report::number(summary.interval90.high)}});
}

std::string_view use_of(const CalibrationNames& names, std::size_t target) { return label(names.figure(target).use); }

Json figures_json(const CalibrationNames& names, const CalibrationResult& result) {
    Json figures = Json::array();
    for (const FigureBelief& belief : result.figures) {
        figures.push_back(
            Json::object({{"name", names.name(belief.target)},
                          {"unit", names.unit(belief.target)},
                          {"reported", names.reported(belief.target)},
                          {"reported_interval90", report::interval_json(names.reported_interval90(belief.target))},
                          {"error", names.figure(belief.target).error},
                          {"use", use_of(names, belief.target)},
                          {"fitted", belief.is_fitted},
                          {"prior", summary_json(belief.prior)},
                          {"prior_percentile", report::number(belief.prior_percentile)},
                          {"posterior", summary_json(belief.posterior)},
                          {"posterior_percentile", report::number(belief.posterior_percentile)},
                          {"spread", report::number(belief.spread)}}));
    }
    return figures;
}

Json parameters_json(const CalibrationNames& names, const CalibrationResult& result) {
    Json parameters = Json::array();
    for (const ParameterBelief& belief : result.parameters) {
        const ShownBelief values = names.shown(belief);
        parameters.push_back(Json::object({{"path", names.quantity(belief).path},
                                           {"unit", values.unit},
                                           {"prior", summary_json(values.prior)},
                                           {"posterior", summary_json(values.posterior)},
                                           {"variance_left", belief.variance_left},
                                           {"informed", belief.is_informed}}));
    }
    return parameters;
}

void add_reported(CsvWriter& csv, const CalibrationNames& names, std::size_t target) {
    const Interval within = names.reported_interval90(target);
    csv.number(names.reported(target)).number(within.low).number(within.high);
}

void add_summary(CsvWriter& csv, const PriorSummary& summary) {
    csv.number(summary.median).number(summary.interval90.low).number(summary.interval90.high);
}

}  // namespace

std::string calibration_json(const CalibrationReport& report) {
    const CalibrationNames names(report);
    const CalibrationResult& result = report.result;
    Json json = report::result_header(report.scenario.title, report.scenario.hash, report.command);
    json["seed"] = report.plan.smoother.seed;
    json["members"] = result.members;
    json["assimilations"] = report.plan.smoother.assimilations;
    json["refused"] = result.refused;
    json["fingerprint"] = fingerprint_text(result.fingerprint);
    json["mismatch"] = result.mismatch;
    json["figures"] = figures_json(names, result);
    json["parameters"] = parameters_json(names, result);
    json["left_out"] = Json::array();
    for (const LeftOut& left : result.left_out) {
        json["left_out"].push_back(Json::object({{"name", names.name(left.target)},
                                                 {"predicted", summary_json(left.predicted)},
                                                 {"percentile", report::number(left.percentile)}}));
    }
    json["joint"] = Json::array();
    for (const JointBelief& pair : result.joint) {
        json["joint"].push_back(Json::object({{"first", names.quantity(result.parameters[pair.first]).path},
                                              {"second", names.quantity(result.parameters[pair.second]).path},
                                              {"correlation", pair.correlation}}));
    }
    json["warnings"] = Json::array();
    for (const Diagnostic& warning : report.warnings) json["warnings"].push_back(one_line(warning));
    return report::json_text(json);
}

std::string calibration_csv(const CalibrationReport& report) {
    const CalibrationNames names(report);
    CsvWriter csv({"kind", "name", "unit", "use", "fitted", "reported", "reported_low90", "reported_high90",
                   "prior_median", "prior_low90", "prior_high90", "posterior_median", "posterior_low90",
                   "posterior_high90", "prior_percentile", "posterior_percentile", "variance_left", "informed",
                   "fingerprint"});
    const std::string fingerprint = fingerprint_text(report.result.fingerprint);
    const auto add_figure = [&](std::string_view kind, const FigureBelief& belief) {
        csv.text(kind).text(names.name(belief.target)).text(names.unit(belief.target));
        csv.text(use_of(names, belief.target)).text(belief.is_fitted ? "yes" : "no");
        add_reported(csv, names, belief.target);
        add_summary(csv, belief.prior);
        add_summary(csv, belief.posterior);
        csv.number(belief.prior_percentile).number(belief.posterior_percentile).number(kEmptyCell).text("");
        csv.digits(fingerprint).end_row();
    };
    for (const FigureBelief& belief : report.result.figures) add_figure("figure", belief);
    for (const LeftOut& left : report.result.left_out) {
        FigureBelief predicted = report.result.figures[left.target];
        predicted.is_fitted = false;
        predicted.posterior = left.predicted;
        predicted.posterior_percentile = left.percentile;
        add_figure("left-out", predicted);
    }
    for (const ParameterBelief& belief : report.result.parameters) {
        const ShownBelief values = names.shown(belief);
        csv.text("parameter").text(names.quantity(belief).path).text(values.unit).text("").text("");
        csv.number(kEmptyCell).number(kEmptyCell).number(kEmptyCell);
        add_summary(csv, values.prior);
        add_summary(csv, values.posterior);
        csv.number(kEmptyCell).number(kEmptyCell).number(belief.variance_left);
        csv.text(belief.is_informed ? "yes" : "no").digits(fingerprint).end_row();
    }
    return csv.str();
}

}  // namespace corridor
