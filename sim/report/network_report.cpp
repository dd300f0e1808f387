#include "corridor/report/network_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "corridor/base/text.h"
#include "corridor/base/unit.h"
#include "corridor/report/table.h"
#include "report/json_text.h"
#include "report/network_rows.h"

namespace corridor {
namespace {

using report::Json;
using report::NetworkTable;
using scenario::Scenario;
using scenario::Terminal;

std::string dot_quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : printable(text)) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

Json position(const Terminal& terminal) { return {*terminal.longitude, *terminal.latitude}; }

bool has_position(const Terminal& terminal) { return terminal.latitude && terminal.longitude; }

Json feature(Json geometry, Json properties) {
    return Json::object(
        {{"type", "Feature"}, {"geometry", std::move(geometry)}, {"properties", std::move(properties)}});
}

Json terminal_feature(const Terminal& terminal) {
    return feature(Json::object({{"type", "Point"}, {"coordinates", position(terminal)}}),
                   Json::object({{"kind", "terminal"}, {"id", terminal.id}, {"name", terminal.name}}));
}

// Null where neither the link nor its ends have positions.
Json line_of(const Scenario& scenario, const scenario::Link& link) {
    Json line = Json::array();
    for (const auto& [longitude, latitude] : link.geometry) line.push_back({longitude, latitude});
    if (line.size() >= 2) return line;
    const Terminal& from = scenario.terminals[link.from];
    const Terminal& to = scenario.terminals[link.to];
    if (!has_position(from) || !has_position(to)) return nullptr;
    return Json::array({position(from), position(to)});
}

double distance(const Json& a, const Json& b) {
    return std::hypot(b[0].get<double>() - a[0].get<double>(), b[1].get<double>() - a[1].get<double>());
}

// The point at `share` of the length of a line as it is drawn.
Json point_along(const Json& line, double share) {
    double length = 0.0;
    for (std::size_t i = 1; i < line.size(); ++i) length += distance(line[i - 1], line[i]);
    double left = share * length;
    for (std::size_t i = 1; i < line.size(); ++i) {
        const double part = distance(line[i - 1], line[i]);
        if (left <= part && part > 0.0) {
            const auto between = [&](std::size_t axis) {
                const double from = line[i - 1][axis].get<double>();
                return from + (line[i][axis].get<double>() - from) * left / part;
            };
            return Json::array({between(0), between(1)});
        }
        left -= part;
    }
    return line.back();
}

// Null where its link is not drawn.
Json position_of(const Scenario& scenario, const scenario::Lock& lock, const scenario::Values& values) {
    const scenario::Link& link = scenario.links[lock.link];
    const Json line = line_of(scenario, link);
    if (line.is_null()) return nullptr;
    const double km = values[link.length];
    return point_along(line, lock.at && km > 0.0 ? std::min(1.0, values[*lock.at] / km) : 0.5);
}

Json lock_feature(const Scenario& scenario, const scenario::Lock& lock, Json point) {
    return feature(
        Json::object({{"type", "Point"}, {"coordinates", std::move(point)}}),
        Json::object({{"kind", "lock"}, {"id", lock.id}, {"name", lock.name}, {"link", scenario.links[lock.link].id}}));
}

Json link_feature(const Scenario& scenario, const scenario::Link& link, double length_km, Json line) {
    return feature(Json::object({{"type", "LineString"}, {"coordinates", std::move(line)}}),
                   Json::object({{"kind", "link"},
                                 {"id", link.id},
                                 {"name", link.name},
                                 {"mode", report::mode_name(link.mode)},
                                 {"from", scenario.terminals[link.from].id},
                                 {"to", scenario.terminals[link.to].id},
                                 {"length_km", length_km}}));
}

}  // namespace

std::string network_text(const Scenario& scenario) {
    std::string out = fmt::format("{}\n{} to {}\n", printable(scenario.title), format_instant(scenario.start),
                                  format_instant(scenario.end));
    for (const NetworkTable& network : report::network_tables(scenario)) {
        std::vector<Column> columns;
        for (const std::string_view column : network.columns) columns.push_back({std::string{column}, Align::left});
        TextTable table(std::move(columns));
        for (const auto& row : network.rows) table.add_row(row);
        out += fmt::format("\n{} ({})\n{}", network.title, network.rows.size(), table.empty() ? "" : table.text());
    }
    return out;
}

std::string network_json(const Scenario& scenario, const std::string& command) {
    Json json = report::result_header(scenario.title, scenario.hash, command);
    for (const NetworkTable& network : report::network_tables(scenario)) {
        Json rows = Json::array();
        for (const auto& row : network.rows) {
            Json object = Json::object();
            for (std::size_t i = 0; i < row.size(); ++i) object[std::string{network.columns[i]}] = row[i];
            rows.push_back(std::move(object));
        }
        json[std::string{network.title}] = std::move(rows);
    }
    return report::json_text(json);
}

std::string network_dot(const Scenario& scenario) {
    const scenario::Values values = scenario::stated_values(scenario.quantities);
    std::string out = "digraph corridor {\n  rankdir=LR;\n  node [shape=box];\n";
    for (const Terminal& terminal : scenario.terminals) {
        out += fmt::format("  {} [label={}];\n", dot_quoted(terminal.id), dot_quoted(terminal.name));
    }
    for (const scenario::Link& link : scenario.links) {
        const bool is_railway = link.mode == scenario::Mode::railway;
        const DisplayValue shown = display(values[link.length], kLength, scenario.quantities[link.length].unit);
        const std::string length = fmt::format("{} {}", format_number(shown.value), shown.unit);
        out += fmt::format("  {} -> {} [label={}, dir=both{}];\n", dot_quoted(scenario.terminals[link.from].id),
                           dot_quoted(scenario.terminals[link.to].id),
                           dot_quoted(fmt::format("{}, {}", link.name, length)), is_railway ? ", style=dashed" : "");
    }
    return out + "}\n";
}

std::string network_geojson(const Scenario& scenario) {
    const scenario::Values values = scenario::stated_values(scenario.quantities);
    Json features = Json::array();
    for (const Terminal& terminal : scenario.terminals) {
        if (has_position(terminal)) features.push_back(terminal_feature(terminal));
    }
    for (const scenario::Link& link : scenario.links) {
        Json line = line_of(scenario, link);
        if (line.is_null()) continue;
        features.push_back(link_feature(scenario, link, values[link.length], std::move(line)));
    }
    for (const scenario::Lock& lock : scenario.locks) {
        Json point = position_of(scenario, lock, values);
        if (!point.is_null()) features.push_back(lock_feature(scenario, lock, std::move(point)));
    }
    return report::json_text(Json::object({{"type", "FeatureCollection"}, {"features", std::move(features)}}));
}

}  // namespace corridor
