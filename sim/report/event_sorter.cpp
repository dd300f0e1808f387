#include "report/event_sorter.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <queue>
#include <string_view>
#include <type_traits>
#include <utility>

#include "corridor/base/contract.h"
#include "corridor/report/write_all.h"

namespace corridor::report {
namespace {

static_assert(std::is_trivially_copyable_v<TimelineEvent>);

constexpr std::uint64_t kEventBytes = sizeof(TimelineEvent);
constexpr std::size_t kSmallestPart = 64;
constexpr mode_t kPrivate = 0600;

void sort_by_time(std::vector<TimelineEvent>& events) { std::ranges::stable_sort(events, {}, &TimelineEvent::time); }

// 0, or the error number.
int read_all(int file, char* to, std::uint64_t bytes, std::uint64_t offset) {
    while (bytes > 0) {
        const ssize_t got = ::pread(file, to, bytes, static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return got < 0 ? errno : EIO;
        to += got;
        offset += static_cast<std::uint64_t>(got);
        bytes -= static_cast<std::uint64_t>(got);
    }
    return 0;
}

}  // namespace

EventSorter::EventSorter(std::filesystem::path scratch, std::size_t in_memory)
    : scratch_(std::move(scratch)), in_memory_(in_memory) {
    expects(in_memory_ > 0, "events are kept in memory before they are written");
}

EventSorter::~EventSorter() {
    if (file_ >= 0) ::close(file_);
}

void EventSorter::add(const TimelineEvent& event) {
    if (error_ != 0) return;
    if (events_.size() == in_memory_) spill();
    events_.push_back(event);
}

bool EventSorter::open() {
    if (file_ >= 0) return true;
    file_ = ::open(scratch_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, kPrivate);
    if (file_ < 0 || ::unlink(scratch_.c_str()) != 0) error_ = errno;
    return error_ == 0;
}

void EventSorter::spill() {
    sort_by_time(events_);
    if (open()) {
        const std::string_view bytes(reinterpret_cast<const char*>(events_.data()), events_.size() * kEventBytes);
        error_ = write_all(file_, bytes);
    }
    runs_.push_back({.next = written_, .end = written_ + events_.size(), .part = {}, .at = 0});
    written_ += events_.size();
    events_.clear();
}

void EventSorter::visit_all(const std::function<bool(const TimelineEvent&)>& visit) {
    if (error_ != 0) return;
    if (!runs_.empty()) {
        spill();
        events_ = {};
        return merge(visit);
    }
    sort_by_time(events_);
    for (const TimelineEvent& event : events_) {
        if (!visit(event)) return;
    }
}

/// Reads on; false at the end of the run, or where that fails.
bool EventSorter::read_part(Run& run) {
    const std::uint64_t most = std::max(kSmallestPart, in_memory_ / runs_.size());
    run.part.resize(std::min(most, run.end - run.next));
    run.at = 0;
    if (run.part.empty() || error_ != 0) return false;
    error_ = read_all(file_, reinterpret_cast<char*>(run.part.data()), run.part.size() * kEventBytes,
                      run.next * kEventBytes);
    run.next += run.part.size();
    return error_ == 0;
}

void EventSorter::merge(const std::function<bool(const TimelineEvent&)>& visit) {
    using Head = std::pair<Tick, std::size_t>;  // the earlier run goes first among equals
    std::priority_queue<Head, std::vector<Head>, std::greater<>> heads;
    for (std::size_t r = 0; r < runs_.size(); ++r) {
        if (read_part(runs_[r])) heads.emplace(runs_[r].part.front().time, r);
    }
    while (!heads.empty() && error_ == 0) {
        const std::size_t r = heads.top().second;
        heads.pop();
        Run& run = runs_[r];
        if (!visit(run.part[run.at])) return;
        ++run.at;
        if (run.at < run.part.size() || read_part(run)) heads.emplace(run.part[run.at].time, r);
    }
}

}  // namespace corridor::report
