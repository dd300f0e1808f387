// Events that do not fit into memory come out in the order in which they would have come out of it.
#include "report/event_sorter.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

namespace corridor {
namespace {

namespace fs = std::filesystem;

class EmptyFolder {
  public:
    EmptyFolder() {
        std::string name = (fs::temp_directory_path() / "corridor-test-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    EmptyFolder(const EmptyFolder&) = delete;
    EmptyFolder& operator=(const EmptyFolder&) = delete;
    ~EmptyFolder() { fs::remove_all(path_); }
    const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

/// Numbered as they come, many at one time.
std::vector<TimelineEvent> thousand_events() {
    std::vector<TimelineEvent> events;
    std::uint64_t state = 1;
    for (std::uint32_t i = 0; i < 1000; ++i) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        events.push_back({.time = static_cast<Tick>((state >> 33U) % 50), .number = i});
    }
    return events;
}

std::vector<std::uint32_t> numbers(const std::vector<TimelineEvent>& events) {
    std::vector<std::uint32_t> all;
    for (const TimelineEvent& event : events) all.push_back(event.number);
    return all;
}

}  // namespace

TEST_CASE("Events come out in order of time, and those of one time as they came, however few fit into memory") {
    const EmptyFolder folder;
    std::vector<TimelineEvent> sorted = thousand_events();
    std::ranges::stable_sort(sorted, {}, &TimelineEvent::time);
    for (const std::size_t in_memory : {std::size_t{1}, std::size_t{7}, std::size_t{999}, std::size_t{1000}}) {
        CAPTURE(in_memory);
        report::EventSorter sorter(folder.path() / "scratch", in_memory);
        for (const TimelineEvent& event : thousand_events()) sorter.add(event);
        CHECK(fs::is_empty(folder.path()));  // what is open has no name
        std::vector<TimelineEvent> out;
        sorter.visit_all([&](const TimelineEvent& event) {
            out.push_back(event);
            return true;
        });
        CHECK(sorter.error() == 0);
        CHECK(numbers(out) == numbers(sorted));
    }
}

TEST_CASE("A visitor that has enough ends the visit") {
    const EmptyFolder folder;
    report::EventSorter sorter(folder.path() / "scratch", 10);
    for (const TimelineEvent& event : thousand_events()) sorter.add(event);
    int seen = 0;
    sorter.visit_all([&](const TimelineEvent&) { return ++seen < 5; });
    CHECK(seen == 5);
}

TEST_CASE("Events that cannot be put aside are told by the number of the error") {
    const EmptyFolder folder;
    report::EventSorter sorter(folder.path() / "missing" / "scratch", 10);
    for (const TimelineEvent& event : thousand_events()) sorter.add(event);
    sorter.visit_all([](const TimelineEvent&) { return true; });
    CHECK(sorter.error() == ENOENT);
}

}  // namespace corridor
