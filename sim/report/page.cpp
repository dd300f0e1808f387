#include "corridor/report/page.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <boost/archive/iterators/base64_from_binary.hpp>
#include <boost/archive/iterators/transform_width.hpp>
#include <filesystem>
#include <new>

#include "corridor/base/contract.h"
#include "corridor/report/assumptions.h"
#include "corridor/report/network_report.h"
#include "corridor/report/run_report.h"
#include "corridor/scenario/reader.h"
#include "corridor/version.h"
#include "report/json_text.h"
#include "report/page_template.h"
#include "report/run_object.h"
#include "report/smaller_study.h"

namespace corridor {
namespace {

using report::Json;

Json sources_json(const scenario::Scenario& scenario) {
    Json sources = Json::object();
    for (const scenario::Source& source : scenario.sources) {
        sources[source.id] = Json::object({{"title", source.title}, {"url", source.url}, {"period", source.period}});
    }
    return sources;
}

/// What each reading of the comparison adds up, in the order in which they were written.
Json readings_json(const RunReport& run) {
    std::vector<const ComparisonRow*> rows;
    for (const ComparisonRow& row : run.comparison) rows.push_back(&row);
    std::ranges::sort(rows, {}, &ComparisonRow::position);
    Json readings = Json::array();
    for (const ComparisonRow* const row : rows) {
        readings.push_back(Json::object(
            {{"id", row->figure}, {"reading", row->reading}, {"measure", row->measure}, {"subjects", row->subjects}}));
    }
    return readings;
}

/// gzip in base64, which nothing of what a scenario says can break out of.
std::string packed(const std::string& text) {
    constexpr int kGzip = 15 + 16;  // the largest window, with gzip's header
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    std::string bytes(deflateBound(&stream, text.size()), '\0');
    std::string input = text;
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_out = static_cast<uInt>(bytes.size());
    const int end = deflate(&stream, Z_FINISH);
    ensures(end == Z_STREAM_END, "all of it is packed");
    bytes.resize(stream.total_out);
    deflateEnd(&stream);
    using namespace boost::archive::iterators;
    using Digits = base64_from_binary<transform_width<std::string::const_iterator, 6, 8>>;
    std::string digits(Digits(bytes.cbegin()), Digits(bytes.cend()));
    return digits.append((4 - digits.size() % 4) % 4, '=');
}

void replace(std::string& text, std::string_view mark, std::string_view value) {
    const std::size_t at = text.find(mark);
    if (at != std::string::npos) text.replace(at, mark.size(), value);
}

/// What every page holds.
Json page_object(std::string_view kind, const scenario::Scenario& scenario, std::string_view language) {
    return Json::object({{"version", kVersion},
                         {"lang", language},
                         {"kind", kind},
                         {"title", scenario.title},
                         {"assumptions", Json::parse(assumptions_json(scenario, assumptions(scenario), ""))},
                         {"sources", sources_json(scenario)}});
}

std::string html_of(const Json& data, std::string_view language, std::string_view engine) {
    expects(has_page(), "corridor was built with the page");
    std::string page(report::page_template());
    replace(page, "@LANG@", language == "zh" ? "zh-Hans" : language);
    replace(page, "@ENGINE@", engine);
    replace(page, "@DATA@", packed(report::json_line(data)));
    return page;
}

/// What is left out of a page that would be too large.
struct OptionalPart {
    std::string_view name;
    std::vector<std::string_view> sections;                   ///< that are missing then, as the page calls them
    bool (*leave_out)(Json& data, std::string_view& engine);  ///< false where there is none
};

/// Whether a picture shows this measure of a run.
bool is_shown(std::string_view measure) {
    constexpr std::array<std::string_view, 6> kShown{
        "containers_carried", "containers_delivered", "containers_shipped", "containers_railed", "cost", "lifts"};
    return measure.starts_with("dwell_") || measure.starts_with("door_to_door_time_") ||
           measure.ends_with("_utilisation") || std::ranges::find(kShown, measure) != kShown.end();
}

bool keep_shown_measures(Json& data, std::string_view& /*engine*/) {
    Json shown = Json::array();
    for (Json& measure : data["run"]["measures"]) {
        if (is_shown(measure["name"].get<std::string>())) shown.push_back(std::move(measure));
    }
    data["run"]["measures"] = std::move(shown);
    return true;
}

bool leave_out_vehicles(Json& data, std::string_view& /*engine*/) {
    data["vehicles"] = nullptr;
    return true;
}

bool leave_out_engine(Json& data, std::string_view& engine) {
    if (engine.empty()) return false;
    data["scenario"] = nullptr;  // which only the engine reads
    engine = {};
    return true;
}

bool leave_out_series(Json& data, std::string_view& /*engine*/) {
    data["series"] = nullptr;
    return true;
}

/// In the order in which they go.
const std::vector<OptionalPart>& optional_parts() {
    static const std::vector<OptionalPart> all{
        {"figures that no picture shows", {}, keep_shown_measures},
        {"vehicles in time and space", {"vehicles"}, leave_out_vehicles},
        {"the engine that runs again", {"live"}, leave_out_engine},
        {"what is by week", {"throughput", "waiting", "busy", "yards", "spread"}, leave_out_series},
    };
    return all;
}

}  // namespace

bool has_page() { return !report::page_template().empty(); }

Page page_html(const PageParts& parts, std::string_view language, std::size_t most) {
    Json data = page_object("run", parts.scenario, language);
    data.update(report::pictures_object(parts.model, parts.series, parts.trips));
    data["run"] = report::run_object(parts.run);
    data["network"] = Json::parse(network_geojson(parts.scenario));
    data["file"] = std::filesystem::path(parts.scenario.file).filename().string();
    data["readings"] = readings_json(parts.run);
    data["left_out"] = Json::array();
    data["largest"] = most;
    data["scenario"] = scenario::flat_text(parts.scenario);
    std::string_view engine = report::page_engine();
    Page page{.html = html_of(data, language, engine), .left_out = {}};
    page.full_size = page.html.size();
    for (const OptionalPart& part : optional_parts()) {
        if (page.html.size() <= most) break;
        if (!part.leave_out(data, engine)) continue;
        page.left_out.push_back(part.name);
        for (const std::string_view section : part.sections) data["left_out"].push_back(section);
        page.html = html_of(data, language, engine);
    }
    return page;
}

Page study_page_html(const StudyPageParts& parts, std::string_view language, std::size_t most) {
    Json data = page_object(parts.kind, parts.scenario, language);
    data["result"] = Json::parse(parts.result);
    data["names"] = display_names(parts.scenario);
    Page page{.html = html_of(data, language, ""), .left_out = {}};
    page.full_size = page.html.size();
    while (page.html.size() > most) {
        const std::string_view part = report::leave_out_some(parts.kind, data["result"]);
        if (part.empty()) break;
        page.left_out.assign(1, part);
        page.html = html_of(data, language, "");
    }
    return page;
}

}  // namespace corridor
