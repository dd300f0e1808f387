#include "corridor/report/timeline_report.h"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <unordered_map>
#include <utility>
#include <vector>

#include "corridor/base/time.h"
#include "corridor/base/unit.h"
#include "corridor/report/csv.h"
#include "corridor/study/fingerprint.h"
#include "report/json_text.h"
#include "report/timeline_form.h"

namespace corridor {
namespace report {
namespace {

// What a container does from an event on, and a vehicle: empty where nothing is shown.
constexpr std::array<std::string_view, kContainerEvents> kContainerStates{"waits",
                                                                          "waits",
                                                                          "waits",
                                                                          "",
                                                                          "is unstacked",
                                                                          "waits",
                                                                          "is loaded",
                                                                          "on board",
                                                                          "under way",
                                                                          "on board",
                                                                          "is discharged",
                                                                          "in transfer",
                                                                          "is stacked",
                                                                          "in transfer",
                                                                          "waits",
                                                                          "",
                                                                          "by road",
                                                                          "by road",
                                                                          ""};
constexpr std::array<std::string_view, kVehicleEvents> kVehicleStates{"",
                                                                      "waits for a berth",
                                                                      "berths",
                                                                      "docks",
                                                                      "discharges",
                                                                      "loads",
                                                                      "waits for tugs",
                                                                      "under way",
                                                                      "under way",
                                                                      "waits for a lock",
                                                                      "in a lock",
                                                                      "under way",
                                                                      "waits for a section",
                                                                      "under way",
                                                                      "under way",
                                                                      "waits for deeper water",
                                                                      "under way",
                                                                      "",
                                                                      "runs empty",
                                                                      ""};

// A text as a file has it, in two parts so that something can be put at its end.
struct Quoted {
    std::string open;
    std::string close;

    explicit Quoted(std::string text) : open(std::move(text)) {
        if (open.size() < 2 || !open.ends_with('"')) return;
        open.pop_back();
        close = "\"";
    }
};

Quoted in_csv(std::string_view text) {
    CsvWriter csv({});
    csv.text(text);
    return Quoted(csv.str().substr(1));  // after the header, which is empty
}

Quoted in_json(std::string_view text) {
    std::string line = json_line(Json(text));
    line.pop_back();
    return Quoted(std::move(line));
}

// The names of a model, as they stand in a file.
class Names {
  public:
    Names(const model::Model& model, Quoted (*quote)(std::string_view)) : model_(model) {
        for (const model::Demand& demand : model.demands) demands_.push_back(quote(subject(demand)));
        for (const model::Terminal& terminal : model.terminals) terminals_.push_back(quote(terminal.id));
        for (const model::Lock& lock : model.locks) add_ways(locks_, subject(lock), quote);
        for (const model::Link& link : model.links) add_ways(links_, subject(link), quote);
        for (const model::Line& line : model.lines) {
            const std::string service = subject(model.services[line.service]);
            lines_.push_back(quote(fmt::format("{}.{}", service, model::label(line.direction))));
        }
        for (const model::Fleet& fleet : model.fleets) lines_.push_back(quote(subject(fleet) + ".empty"));
        none_.push_back(quote(""));
    }

    const Quoted& entity(const TimelineEvent& event) const {
        return event.is_vehicle ? lines_[event.entity] : demands_[event.entity];
    }
    void id(const TimelineEvent& event, std::string& out) const { add(entity(event), event.number, out); }
    void vehicle(const TimelineEvent& event, std::string& out) const {
        event.trip == 0 ? add(none_.front(), out) : add(lines_[event.line], event.trip, out);
    }
    void terminal(const TimelineEvent& event, std::string& out) const {
        const bool is_there = event.place.kind == TimelinePlace::Kind::terminal;
        add(is_there ? terminals_[event.place.index] : none_.front(), out);
    }
    // A lock or link with its direction.
    void way(const TimelineEvent& event, std::string& out) const {
        const std::size_t number = 2 * std::size_t{event.place.index} + static_cast<std::size_t>(event.place.direction);
        switch (event.place.kind) {
            case TimelinePlace::Kind::lock:
                return add(locks_[number], out);
            case TimelinePlace::Kind::link:
                return add(links_[number], out);
            case TimelinePlace::Kind::none:
            case TimelinePlace::Kind::terminal:
                break;
        }
        add(none_.front(), out);
    }
    void entity(const TimelineEvent& event, std::string& out) const { add(entity(event), out); }

    // Events come in order of time, many at one.
    const std::string& time(Tick time) {
        if (time_text_.empty() || time != time_) {
            time_ = time;
            time_text_ = format_timestamp(model_.origin + Duration{time});
        }
        return time_text_;
    }

    static std::string_view kind(const TimelineEvent& event) { return event.is_vehicle ? "vehicle" : "container"; }
    static std::string_view what(const TimelineEvent& event) {
        return event.is_vehicle ? name(static_cast<VehicleEvent>(event.event))
                                : name(static_cast<ContainerEvent>(event.event));
    }

  private:
    static void add_ways(std::vector<Quoted>& ways, const std::string& who, Quoted (*quote)(std::string_view)) {
        for (const model::Direction direction : scenario::kDirections) {
            ways.push_back(quote(fmt::format("{}.{}", who, model::label(direction))));
        }
    }
    static void add(const Quoted& name, std::string& out) {
        out += name.open;
        out += name.close;
    }
    static void add(const Quoted& name, std::uint32_t number, std::string& out) {
        fmt::format_to(std::back_inserter(out), "{}#{}{}", name.open, number, name.close);
    }

    const model::Model& model_;
    std::vector<Quoted> demands_;
    std::vector<Quoted> lines_;
    std::vector<Quoted> terminals_;
    std::vector<Quoted> locks_;  // each in both directions
    std::vector<Quoted> links_;
    std::vector<Quoted> none_;
    Tick time_ = 0;
    std::string time_text_;
};

class CsvForm : public TimelineForm {
  public:
    explicit CsvForm(const model::Model& model) : names_(model, &in_csv) {}

    void begin(std::string& out) override {
        out += CsvWriter({"time", "kind", "id", "event", "terminal", "way", "vehicle", "containers"}).str();
    }
    void add(const TimelineEvent& event, std::string& out) override {
        fmt::format_to(std::back_inserter(out), "{},{},", names_.time(event.time), Names::kind(event));
        names_.id(event, out);
        fmt::format_to(std::back_inserter(out), ",{},", Names::what(event));
        names_.terminal(event, out);
        out += ',';
        names_.way(event, out);
        out += ',';
        names_.vehicle(event, out);
        out += ',';
        if (event.is_vehicle) out += format_number(event.containers);
        out += '\n';
    }

  private:
    Names names_;
};

class JsonLinesForm : public TimelineForm {
  public:
    explicit JsonLinesForm(const model::Model& model) : names_(model, &in_json) {}

    void add(const TimelineEvent& event, std::string& out) override {
        fmt::format_to(std::back_inserter(out), R"({{"time":"{}","kind":"{}","id":)", names_.time(event.time),
                       Names::kind(event));
        names_.id(event, out);
        fmt::format_to(std::back_inserter(out), R"(,"event":"{}","terminal":)", Names::what(event));
        names_.terminal(event, out);
        if (event.place.kind != TimelinePlace::Kind::none && event.place.kind != TimelinePlace::Kind::terminal) {
            out += R"(,"way":)";
            names_.way(event, out);
        }
        if (event.trip != 0) {
            out += R"(,"vehicle":)";
            names_.vehicle(event, out);
        }
        if (event.is_vehicle) fmt::format_to(std::back_inserter(out), R"(,"containers":{})", event.containers);
        out += "}\n";
    }

  private:
    Names names_;
};

// Slices of a trace: from each event of a vehicle or container to its next. Of those who may have one more it keeps the
// last.
class TraceForm : public TimelineForm {
  public:
    explicit TraceForm(const model::Model& model) : names_(model, &in_json) {}

    void begin(std::string& out) override { out += "{\"traceEvents\":[\n"; }

    void add(const TimelineEvent& event, std::string& out) override {
        auto& last = event.is_vehicle ? last_of_vehicle_ : last_of_container_;
        const std::uint64_t key = event.is_vehicle ? event.number : (std::uint64_t{event.entity} << 32U | event.number);
        const auto found = last.find(key);
        if (found != last.end()) add_slice(found->second, event.time, out);
        if (state_after(event).empty()) {  // at the beginning or the end of what it does
            if (found != last.end()) last.erase(found);
        } else if (found != last.end()) {
            found->second = event;
        } else {
            last.emplace(key, event);
        }
    }

    // What viewers tell of a trace: here which run has this history alone.
    void end(std::uint64_t fingerprint, std::string& out) override {
        fmt::format_to(std::back_inserter(out), "\n],\n\"otherData\":{{\"fingerprint\":\"{}\"}}}}\n",
                       fingerprint_text(combined_fingerprint(0, fingerprint)));
    }

  private:
    static std::string_view state_after(const TimelineEvent& event) {
        return event.is_vehicle ? kVehicleStates[event.event] : kContainerStates[event.event];
    }

    void add_slice(const TimelineEvent& from, Tick to, std::string& out) {
        if (to == from.time) return;
        const std::size_t process = process_of(from, out);
        begin_event(out);
        fmt::format_to(std::back_inserter(out),
                       R"({{"name":"{}","cat":"{}","ph":"X","ts":{},"dur":{},"pid":{},"tid":{},"args":{{"terminal":)",
                       state_after(from), Names::kind(from), from.time * 1000, (to - from.time) * 1000, process,
                       from.number);
        names_.terminal(from, out);
        out += R"(,"way":)";
        names_.way(from, out);
        out += R"(,"vehicle":)";
        names_.vehicle(from, out);
        fmt::format_to(std::back_inserter(out), R"(,"containers":{},"from":"{}"}}}})", from.containers,
                       names_.time(from.time));
    }

    // A process for each demand and each direction of a service, named when it is first met.
    std::size_t process_of(const TimelineEvent& event, std::string& out) {
        const std::uint64_t key = std::uint64_t{event.is_vehicle ? 1U : 0U} << 32U | event.entity;
        const auto [found, is_new] = processes_.emplace(key, processes_.size() + 1);
        if (is_new) {
            begin_event(out);
            fmt::format_to(std::back_inserter(out), R"({{"name":"process_name","ph":"M","pid":{},"args":{{"name":)",
                           found->second);
            names_.entity(event, out);
            out += "}}";
        }
        return found->second;
    }

    void begin_event(std::string& out) {
        if (!is_first_) out += ",\n";
        is_first_ = false;
    }

    Names names_;
    bool is_first_ = true;
    std::unordered_map<std::uint64_t, TimelineEvent> last_of_vehicle_;
    std::unordered_map<std::uint64_t, TimelineEvent> last_of_container_;
    std::unordered_map<std::uint64_t, std::size_t> processes_;
};

}  // namespace

std::unique_ptr<TimelineForm> timeline_form(const model::Model& model, TimelineFormat format) {
    switch (format) {
        case TimelineFormat::csv:
            return std::make_unique<CsvForm>(model);
        case TimelineFormat::json_lines:
            return std::make_unique<JsonLinesForm>(model);
        case TimelineFormat::trace:
            break;
    }
    return std::make_unique<TraceForm>(model);
}

}  // namespace report

std::optional<TimelineFormat> timeline_format(std::string_view file) {
    if (file.ends_with(".csv")) return TimelineFormat::csv;
    if (file.ends_with(".jsonl")) return TimelineFormat::json_lines;
    if (file.ends_with(".json")) return TimelineFormat::trace;
    return std::nullopt;
}

std::string timeline_text(const model::Model& model, const Timeline& timeline, TimelineFormat format) {
    const auto form = report::timeline_form(model, format);
    std::string text;
    form->begin(text);
    for (const TimelineEvent& event : timeline.events) form->add(event, text);
    form->end(timeline.fingerprint, text);
    return text;
}

}  // namespace corridor
