#include <cmath>

#include "corridor/report/page.h"
#include "report/json_text.h"
#include "report/run_object.h"

namespace corridor {
namespace {

using report::Json;
using report::number;

double rounded(double value, double steps) { return std::round(value * steps) / steps; }

Json band_json(const std::vector<Estimate>& weeks) {
    Json mean = Json::array();
    Json low = Json::array();
    Json high = Json::array();
    for (const Estimate& week : weeks) {
        const std::optional<Interval> interval = week.interval95();
        mean.push_back(number(week.mean()));
        low.push_back(interval ? Json(interval->low) : Json(nullptr));
        high.push_back(interval ? Json(interval->high) : Json(nullptr));
    }
    return Json::object({{"mean", std::move(mean)}, {"low", std::move(low)}, {"high", std::move(high)}});
}

/// To a millionth: a picture's resolution.
Json shares_json(const std::vector<Estimate>& shares) {
    Json band = band_json(shares);
    for (Json& values : band) {
        for (Json& value : values) {
            if (value.is_number()) value = rounded(value.get<double>(), 1e6);
        }
    }
    return band;
}

/// Shares within each of the limits, by id.
Json distributions_json(const Series& series) {
    Json dwell = Json::object();
    Json door = Json::object();
    for (const DistributionRow& row : series.distributions) {
        Json& times = row.name == "dwell_within_share" ? dwell : door;
        times[row.subject.substr(row.subject.find('.') + 1)] = shares_json(row.within);
    }
    return Json::object({{"limits", kTimeLimits}, {"dwell", std::move(dwell)}, {"door", std::move(door)}});
}

/// By measure and subject.
Json busy_json(const Series& series) {
    Json busy = Json::object();
    for (const SeriesRow& row : series.rows) {
        if (row.name.ends_with("_utilisation")) busy[std::string(row.name)][row.subject] = shares_json(row.weeks);
    }
    return busy;
}

std::string_view mode_name(model::Mode mode) { return mode == model::Mode::waterway ? "waterway" : "railway"; }

Json series_json(const model::Model& model, const Series& series) {
    Json weeks = Json::array();
    for (const Instant week : series.weeks) weeks.push_back(format_instant(week));
    Json services = Json::object();
    Json yards = Json::object();
    const auto find = [&](std::string_view name, const std::string& subject) -> const SeriesRow* {
        for (const SeriesRow& row : series.rows) {
            if (row.name == name && row.subject == subject) return &row;
        }
        return nullptr;
    };
    for (const model::Service& service : model.services) {
        const std::string_view measure =
            service.mode == model::Mode::waterway ? "containers_shipped" : "containers_railed";
        Json entry = Json::object({{"mode", mode_name(service.mode)}});
        if (const SeriesRow* const row = find(measure, subject(service))) entry["both"] = band_json(row->weeks);
        for (const auto direction : {model::Direction::forward, model::Direction::backward}) {
            const std::string_view label = model::label(direction);
            const SeriesRow* const row = find(measure, subject(service) + '.' + std::string(label));
            if (row != nullptr) entry[std::string(label)] = band_json(row->weeks);
        }
        services[service.id] = std::move(entry);
    }
    Json waits = Json::array();
    for (const WaitRow& row : series.waits) {
        waits.push_back(Json::object({{"cause", row.cause}, {"hours", number(row.hours.mean())}}));
    }
    for (const model::Terminal& terminal : model.terminals) {
        if (const SeriesRow* const row = find("yard_mean", subject(terminal)))
            yards[terminal.id] = band_json(row->weeks);
    }
    return Json::object({{"replications", series.replications},
                         {"explained", series.explained},
                         {"start", format_instant(model.origin + Duration{model.window.from})},
                         {"end", format_instant(model.origin + Duration{model.window.to})},
                         {"weeks", std::move(weeks)},
                         {"services", std::move(services)},
                         {"yards", std::move(yards)},
                         {"busy", busy_json(series)},
                         {"distributions", distributions_json(series)},
                         {"waits", std::move(waits)}});
}

/// Where the stops of a line are, in km along its service.
std::vector<double> places_of(const model::Model& model, const model::Line& line) {
    std::vector<double> places;
    const auto hop = [&](std::uint32_t i) -> const model::Hop& {
        return model.stops[Id<model::Stop>{line.first_stop.index() + i}].hop;
    };
    double at = line.stop_count > 1 && hop(0).direction == model::Direction::backward ? line.km : 0.0;
    for (std::uint32_t i = 0; i < line.stop_count; ++i) {
        places.push_back(at);
        if (i + 1 < line.stop_count) at += hop(i).direction == model::Direction::forward ? hop(i).km : -hop(i).km;
    }
    return places;
}

Json stops_json(const model::Model& model, const model::Line& line, const std::vector<double>& places) {
    Json stops = Json::array();
    for (std::uint32_t i = 0; i < line.stop_count; ++i) {
        const model::Stop& stop = model.stops[Id<model::Stop>{line.first_stop.index() + i}];
        stops.push_back(
            Json::object({{"terminal", model.terminals[stop.terminal].id}, {"km", rounded(places[i], 10)}}));
    }
    return stops;
}

/// To a hundredth of an hour: a picture's resolution.
Json run_of(const model::Model& model, const Trip& trip, const std::vector<double>& places) {
    const model::Line& line = model.lines[trip.line];
    const auto at = [&](Tick time) {
        return rounded(static_cast<double>(time - model.window.from) / kMillisecondsPerHour, 100);
    };
    Json points = Json::array();
    Json containers = Json::array();
    for (std::size_t i = 0; i < trip.calls.size(); ++i) {
        points.push_back(Json::array({at(trip.calls[i].arrives), rounded(places[i], 10)}));
        points.push_back(Json::array({at(trip.calls[i].departs), rounded(places[i], 10)}));
        if (i + 1 < places.size()) containers.push_back(trip.calls[i].containers);
    }
    return Json::object({{"service", model.services[line.service].id},
                         {"direction", model::label(line.direction)},
                         {"points", std::move(points)},
                         {"boxes", std::move(containers)}});
}

Json vehicles_json(const model::Model& model, const TripRecord& record) {
    Json stops = Json::object();
    std::vector<std::vector<double>> places;
    for (const model::Line& line : model.lines) {
        places.push_back(places_of(model, line));
        const std::string& service = model.services[line.service].id;
        if (!stops.contains(service)) stops[service] = stops_json(model, line, places.back());
    }
    Json runs = Json::array();
    for (const Trip& trip : record.trips) {
        if (trip.calls.back().departs < model.window.from) continue;
        runs.push_back(run_of(model, trip, places[trip.line.index()]));
    }
    return Json::object({{"start", format_instant(model.origin + Duration{model.window.from})},
                         {"stops", std::move(stops)},
                         {"runs", std::move(runs)}});
}

}  // namespace

Json report::pictures_object(const model::Model& model, const Series& series, const TripRecord& trips) {
    return Json::object({{"series", series_json(model, series)}, {"vehicles", vehicles_json(model, trips)}});
}

std::string page_run(const RunReport& run) {
    return report::json_line(Json::object({{"run", report::run_object(run)}}));
}

std::string page_pictures(const model::Model& model, const Series& series, const TripRecord& trips) {
    return report::json_line(report::pictures_object(model, series, trips));
}

}  // namespace corridor
