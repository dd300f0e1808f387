#include "corridor/report/timeline_report.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <utility>
#include <vector>

#include "corridor/base/time.h"
#include "corridor/report/csv.h"
#include "report/json_text.h"

namespace corridor {
namespace {

using report::Json;

constexpr std::array<std::string_view, 11> kContainerEvents{"released",  "loading_begins",   "on_board", "departs",
                                                            "arrives",   "discharge_begins", "ashore",   "ready",
                                                            "delivered", "gives_up",         "road_ends"};
constexpr std::array<std::string_view, 7> kVehicleEvents{"called", "arrives", "has_berth", "has_berthed",
                                                         "loads",  "departs", "ends_trip"};

// What a container does from an event on, and a vehicle: empty where nothing is shown.
constexpr std::array<std::string_view, 11> kContainerStates{
    "waits",       "is loaded", "on board", "under way", "on board", "is discharged",
    "in transfer", "waits",     "",         "by road",   ""};
constexpr std::array<std::string_view, 7> kVehicleStates{"",      "waits for a berth", "berths", "discharges",
                                                         "loads", "under way",         ""};

class Names {
  public:
    explicit Names(const model::Model& model) : model_(model) {}

    std::string entity(const TimelineEvent& event) const {
        return event.is_vehicle ? line(event.entity) : subject(model_.demands.items()[event.entity]);
    }
    std::string id(const TimelineEvent& event) const { return fmt::format("{}#{}", entity(event), event.number); }
    std::string vehicle(const TimelineEvent& event) const {
        return event.trip == 0 ? "" : fmt::format("{}#{}", line(event.line), event.trip);
    }
    std::string terminal(const TimelineEvent& event) const {
        return event.terminal.valid() ? model_.terminals[event.terminal].id : "";
    }
    std::string time(const TimelineEvent& event) const { return format_instant(model_.origin + Duration{event.time}); }
    static std::string_view kind(const TimelineEvent& event) { return event.is_vehicle ? "vehicle" : "container"; }
    static std::string_view what(const TimelineEvent& event) {
        return event.is_vehicle ? kVehicleEvents[event.event] : kContainerEvents[event.event];
    }

  private:
    std::string line(std::uint32_t index) const {
        const model::Line& line = model_.lines.items()[index];
        return fmt::format("{}.{}", subject(model_.services[line.service]), model::label(line.direction));
    }

    const model::Model& model_;
};

std::string csv_text(const Names& names, const Timeline& timeline) {
    CsvWriter csv({"time", "kind", "id", "event", "terminal", "vehicle", "containers"});
    for (const TimelineEvent& event : timeline.events) {
        csv.text(names.time(event)).text(Names::kind(event)).text(names.id(event)).text(Names::what(event));
        csv.text(names.terminal(event)).text(names.vehicle(event));
        event.is_vehicle ? csv.number(event.containers) : csv.text("");
        csv.end_row();
    }
    return csv.str();
}

std::string json_lines(const Names& names, const Timeline& timeline) {
    std::string out;
    for (const TimelineEvent& event : timeline.events) {
        Json json = Json::object({{"time", names.time(event)},
                                  {"kind", Names::kind(event)},
                                  {"id", names.id(event)},
                                  {"event", Names::what(event)},
                                  {"terminal", names.terminal(event)}});
        if (event.trip != 0) json["vehicle"] = names.vehicle(event);
        if (event.is_vehicle) json["containers"] = event.containers;
        out += report::json_line(json);
    }
    return out;
}

// Slices of a trace: from each event of a vehicle or container to its next.
class Trace {
  public:
    explicit Trace(const Names& names) : names_(names), out_("[\n") {}

    std::string text(const Timeline& timeline) {
        for (const TimelineEvent& event : timeline.events) {
            const auto key =
                std::pair{event.is_vehicle ? event.number : 0U,
                          event.is_vehicle ? std::uint64_t{0} : (std::uint64_t{event.entity} << 32U | event.number)};
            const auto found = last_.find(key);
            if (found != last_.end()) add_slice(*found->second, event.time);
            last_[key] = &event;
        }
        out_ += "\n]\n";
        return std::move(out_);
    }

  private:
    static std::string_view state_after(const TimelineEvent& event) {
        return event.is_vehicle ? kVehicleStates[event.event] : kContainerStates[event.event];
    }

    void add_slice(const TimelineEvent& from, Tick to) {
        const std::string_view state = state_after(from);
        if (state.empty() || to == from.time) return;
        const Json slice = Json::object({{"name", state},
                                         {"cat", Names::kind(from)},
                                         {"ph", "X"},
                                         {"ts", from.time * 1000},
                                         {"dur", (to - from.time) * 1000},
                                         {"pid", process_of(from)},
                                         {"tid", from.number},
                                         {"args", Json::object({{"terminal", names_.terminal(from)},
                                                                {"vehicle", names_.vehicle(from)},
                                                                {"containers", from.containers},
                                                                {"from", names_.time(from)}})}});
        add(slice);
    }

    // A process for each demand and each direction of a service, named when it is first met.
    std::size_t process_of(const TimelineEvent& event) {
        const auto [found, is_new] = processes_.emplace(names_.entity(event), processes_.size() + 1);
        if (is_new) {
            add(Json::object({{"name", "process_name"},
                              {"ph", "M"},
                              {"pid", found->second},
                              {"args", Json::object({{"name", found->first}})}}));
        }
        return found->second;
    }

    void add(const Json& event) {
        std::string line = report::json_line(event);
        line.pop_back();
        out_ += (is_first_ ? "" : ",\n") + line;
        is_first_ = false;
    }

    const Names& names_;
    std::string out_;
    bool is_first_ = true;
    std::map<std::pair<std::uint32_t, std::uint64_t>, const TimelineEvent*> last_;
    std::map<std::string, std::size_t> processes_;
};

}  // namespace

std::optional<TimelineFormat> timeline_format(std::string_view file) {
    if (file.ends_with(".csv")) return TimelineFormat::csv;
    if (file.ends_with(".jsonl")) return TimelineFormat::json_lines;
    if (file.ends_with(".json")) return TimelineFormat::trace;
    return std::nullopt;
}

std::string timeline_text(const model::Model& model, const Timeline& timeline, TimelineFormat format) {
    const Names names(model);
    switch (format) {
        case TimelineFormat::csv:
            return csv_text(names, timeline);
        case TimelineFormat::json_lines:
            return json_lines(names, timeline);
        case TimelineFormat::trace:
            break;
    }
    return Trace(names).text(timeline);
}

}  // namespace corridor
