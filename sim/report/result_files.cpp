#include "corridor/report/result_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "corridor/report/network_report.h"
#include "corridor/study/fingerprint.h"
#include "corridor/version.h"
#include "report/json_text.h"

namespace corridor {
namespace {

using report::Json;
using report::number;

/// The columns of the tables of a run that hold text; all others hold numbers.
constexpr std::array<std::string_view, 21> kTextColumns{
    "agreement", "basis",  "conclusion", "figure",   "fingerprint",       "id",      "measure",
    "method",    "name",   "note",       "path",     "prior_fingerprint", "reading", "reading_name",
    "rule",      "source", "sources",    "standing", "subject",           "unit",    "use"};

/// A column, with the unit where its name ends with one, as in "cost_of_rides (CNY)".
Json field_json(std::string_view name) {
    const bool is_text = std::ranges::find(kTextColumns, name) != kTextColumns.end();
    Json field = Json::object({{"name", name}, {"type", is_text ? "string" : "number"}});
    const std::size_t open = name.rfind(" (");
    if (open != std::string_view::npos && name.ends_with(')'))
        field["unit"] = name.substr(open + 2, name.size() - open - 3);
    return field;
}

/// Their headers are plain words, without quotes.
Json schema_json(std::string_view csv) {
    Json fields = Json::array();
    std::string_view header = csv.substr(0, csv.find('\n'));
    while (true) {
        const std::size_t comma = header.find(',');
        fields.push_back(field_json(header.substr(0, comma)));
        if (comma == std::string_view::npos) break;
        header.remove_prefix(comma + 1);
    }
    return Json::object({{"fields", std::move(fields)}, {"missingValues", Json::array({""})}});
}

class FlowWriter {
  public:
    explicit FlowWriter(const RunReport& report) : report_(report) {}

    void add_link(Json& properties) const {
        const std::string link = "link." + properties["id"].get<std::string>();
        const bool is_water = properties["mode"] == "waterway";
        for (const std::string direction : {"forward", "backward"}) {
            const std::string subject = fmt::format("{}.{}", link, direction);
            add(properties, "containers_" + direction, is_water ? "containers_shipped" : "containers_railed", subject);
            add(properties, "teu_" + direction, is_water ? "teu_shipped" : "teu_railed", subject);
        }
    }

    void add_terminal(Json& properties) const {
        const std::string terminal = "terminal." + properties["id"].get<std::string>();
        add(properties, "lifts", "lifts", terminal);
        add(properties, "lifts_teu", "lifts_teu", terminal);
        add(properties, "yard_mean_containers", "yard_mean", terminal);
        add(properties, "dwell_mean_h", "dwell_mean", terminal);
        for (const std::string facility : {"quay", "rail", "yard"}) {
            add(properties, "crane_utilisation_" + facility, "crane_utilisation",
                fmt::format("{}.{}", terminal, facility));
        }
    }

  private:
    void add(Json& properties, const std::string& key, std::string_view measure, const std::string& subject) const {
        const auto position = report_.measures.find(measure, subject);
        if (position) properties[key] = number(report_.estimates[*position].mean());
    }

    const RunReport& report_;
};

}  // namespace

std::string flows_geojson(const scenario::Scenario& scenario, const RunReport& report) {
    Json map = Json::parse(network_geojson(scenario));
    const FlowWriter writer(report);
    for (Json& feature : map["features"]) {
        Json& properties = feature["properties"];
        if (properties["kind"] == "link") writer.add_link(properties);
        if (properties["kind"] == "terminal") writer.add_terminal(properties);
    }
    map["fingerprint"] = fingerprint_text(report.fingerprint);
    return report::json_text(map);
}

std::string data_package(const RunReport& report, const std::vector<OutputFile>& tables) {
    Json resources = Json::array();
    for (const OutputFile& table : tables) {
        resources.push_back(Json::object({{"name", table.name.substr(0, table.name.rfind('.'))},
                                          {"path", table.name},
                                          {"profile", "tabular-data-resource"},
                                          {"format", "csv"},
                                          {"mediatype", "text/csv"},
                                          {"encoding", "utf-8"},
                                          {"schema", schema_json(table.content)}}));
    }
    return report::json_text(Json::object({{"profile", "tabular-data-package"},
                                           {"name", "corridor-run-" + report.hash},
                                           {"title", report.title},
                                           {"description", report.command},
                                           {"version", kVersion},
                                           {"fingerprint", fingerprint_text(report.fingerprint)},
                                           {"prior_fingerprint", fingerprint_text(report.prior_fingerprint)},
                                           {"resources", std::move(resources)}}));
}

}  // namespace corridor
