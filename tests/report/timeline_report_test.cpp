// The timeline of a replication, as rows, lines and slices.
#include "corridor/report/timeline_report.h"

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "corridor/report/timeline_file.h"
#include "engine/simulated.h"

namespace corridor {
namespace {

/// One container, ready on 1 January at 05:00, takes the barge of 06:00 and is at b ten hours later.
const std::string& one_container() {
    static const std::string text =
        river(departures("{ times = [2020-01-01T06:00:00] }") + listed("{ time = 2020-01-01T05:00:00 }"));
    return text;
}

std::string timeline_of(const std::string& text, TimelineFormat format) {
    const Simulated run(text);
    return timeline_text(run.model(), record_timeline(run.model(), 1, 0), format);
}

}  // namespace

TEST_CASE("A timeline says when a container and its vehicle did what, where, and with how many on board") {
    CHECK(timeline_of(one_container(), TimelineFormat::csv) ==
          "time,kind,id,event,terminal,way,vehicle,containers\n"
          "2020-01-01T05:00:00.000,container,demand.boxes#1,released,a,,,\n"
          "2020-01-01T06:00:00.000,vehicle,service.line.forward#1,called,a,,,0\n"
          "2020-01-01T06:00:00.000,vehicle,service.line.forward#1,arrives,a,,,0\n"
          "2020-01-01T06:00:00.000,vehicle,service.line.forward#1,has_berth,a,,,0\n"
          "2020-01-01T06:00:00.000,vehicle,service.line.forward#1,has_berthed,a,,,0\n"
          "2020-01-01T06:00:00.000,vehicle,service.line.forward#1,loads,a,,,1\n"
          "2020-01-01T06:00:00.000,container,demand.boxes#1,loading_begins,a,,service.line.forward#1,\n"
          "2020-01-01T06:00:00.000,container,demand.boxes#1,on_board,a,,service.line.forward#1,\n"
          "2020-01-01T06:00:00.000,vehicle,service.line.forward#1,departs,a,,,1\n"
          "2020-01-01T06:00:00.000,container,demand.boxes#1,departs,a,,service.line.forward#1,\n"
          "2020-01-01T16:00:00.000,vehicle,service.line.forward#1,arrives,b,,,1\n"
          "2020-01-01T16:00:00.000,container,demand.boxes#1,arrives,b,,service.line.forward#1,\n"
          "2020-01-01T16:00:00.000,vehicle,service.line.forward#1,has_berth,b,,,1\n"
          "2020-01-01T16:00:00.000,vehicle,service.line.forward#1,has_berthed,b,,,1\n"
          "2020-01-01T16:00:00.000,container,demand.boxes#1,discharge_begins,b,,service.line.forward#1,\n"
          "2020-01-01T16:00:00.000,container,demand.boxes#1,ashore,b,,service.line.forward#1,\n"
          "2020-01-01T16:00:00.000,container,demand.boxes#1,delivered,b,,,\n"
          "2020-01-01T16:00:00.000,vehicle,service.line.forward#1,ends_trip,b,,,0\n");
}

TEST_CASE("JSON lines hold one event each") {
    const std::string lines = timeline_of(one_container(), TimelineFormat::json_lines);
    const auto first = nlohmann::json::parse(lines.substr(0, lines.find('\n')));
    CHECK(first == nlohmann::json{{"time", "2020-01-01T05:00:00.000"},
                                  {"kind", "container"},
                                  {"id", "demand.boxes#1"},
                                  {"event", "released"},
                                  {"terminal", "a"}});
    CHECK(std::count(lines.begin(), lines.end(), '\n') == 18);
}

TEST_CASE("A trace has a slice for whatever took time: the container waits an hour and is under way for ten") {
    const auto trace = nlohmann::json::parse(timeline_of(one_container(), TimelineFormat::trace));
    std::vector<std::string> slices;
    for (const auto& event : trace["traceEvents"]) {
        if (event["ph"] != "X") continue;
        slices.push_back(event["cat"].get<std::string>() + ' ' + event["name"].get<std::string>() + ' ' +
                         std::to_string(event["dur"].get<std::int64_t>() / 3'600'000'000));
    }
    CHECK(slices == std::vector<std::string>{"container waits 1", "vehicle under way 10", "container under way 10"});
}

TEST_CASE("The ending of its name says which format a timeline has") {
    CHECK(timeline_format("a/b.csv") == TimelineFormat::csv);
    CHECK(timeline_format("b.jsonl") == TimelineFormat::json_lines);
    CHECK(timeline_format("b.json") == TimelineFormat::trace);
    CHECK_FALSE(timeline_format("b.txt").has_value());
}

TEST_CASE("A timeline that is written as it is simulated has the same bytes, in every format") {
    const Simulated run(river(departures("{ per_week = 5 }") +
                              "[demand.boxes]\nfrom = \"a\"\nto = \"b\"\nrate = \"30 containers/d\"\n"));
    std::string folder = (std::filesystem::temp_directory_path() / "corridor-test-XXXXXX").string();
    REQUIRE(::mkdtemp(folder.data()) != nullptr);
    for (const std::string name : {"x.csv", "x.jsonl", "x.json"}) {
        CAPTURE(name);
        const TimelineFormat format = *timeline_format(name);
        OutputStream file(folder, name);
        CHECK(write_timeline(run.model(), 1, 0, format, file).state == RunState::complete);
        CHECK(file.commit().message.empty());
        std::ifstream written(folder + '/' + name, std::ios::binary);
        const std::string content{std::istreambuf_iterator<char>(written), {}};
        CHECK(content == timeline_text(run.model(), record_timeline(run.model(), 1, 0), format));
    }
    std::atomic<bool> stop = true;
    OutputStream file(folder, "y.csv");
    CHECK(write_timeline(run.model(), 1, 0, TimelineFormat::csv, file, &stop).state == RunState::cancelled);
    std::filesystem::remove_all(folder);
}

}  // namespace corridor
