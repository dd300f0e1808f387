// Events in order of time, however many there are, in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

#include "corridor/engine/timeline.h"

namespace corridor::report {

/// An external merge sort: what does not fit into memory goes, in sorted runs, to a file that has no name any more when
/// it is written to, so that nothing of it can remain.
class EventSorter {
  public:
    /// Some 10 MB of events, and as much to sort them.
    static constexpr std::size_t kInMemory = std::size_t{1} << 18U;

    /// `scratch` is where the file has its name while it is opened; `in_memory`, how many events are kept at most, is
    /// at least 1.
    explicit EventSorter(std::filesystem::path scratch, std::size_t in_memory = kInMemory);
    EventSorter(const EventSorter&) = delete;
    EventSorter& operator=(const EventSorter&) = delete;
    ~EventSorter();

    /// After an error nothing more is kept.
    void add(const TimelineEvent& event);

    /// Calls visit(event) in order of time, for events of one time in the order in which they came, until it returns
    /// false. To be called once.
    void visit_all(const std::function<bool(const TimelineEvent&)>& visit);

    /// 0, or the number of the error of reading or writing the file.
    int error() const { return error_; }

  private:
    /// A sorted row of events in the file, and the part of it that has been read.
    struct Run {
        std::uint64_t next = 0;  ///< number of the event in the file that is to be read next
        std::uint64_t end = 0;
        std::vector<TimelineEvent> part;
        std::size_t at = 0;  ///< in `part`
    };

    void spill();
    bool open();
    bool read_part(Run& run);
    void merge(const std::function<bool(const TimelineEvent&)>& visit);

    std::filesystem::path scratch_;
    std::size_t in_memory_;
    std::vector<TimelineEvent> events_;
    std::vector<Run> runs_;
    std::uint64_t written_ = 0;
    int file_ = -1;
    int error_ = 0;
};

}  // namespace corridor::report
