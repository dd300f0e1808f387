// What of a sweep is still to be run, handed out in blocks.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "corridor/study/crew.h"
#include "corridor/study/stop_rule.h"
#include "corridor/study/store.h"

namespace corridor::study {

/// Who works, on threads or elsewhere, asks for blocks and brings records; one at a time.
class WorkList {
  public:
    WorkList(const StopRule& rule, std::vector<std::size_t> headlines);

    /// Before the first block: what of a point is in the store, in order. Points without records too.
    void add_stored(const Record& record);
    void add_point(std::uint64_t point);  ///< all its stored records have been added

    /// The next block: of the point that the worker was at last, where there is more of it, since its model is there;
    /// then of one that nobody has begun; then of any.
    std::optional<Block> next(std::optional<std::uint64_t> last_point);

    /// Takes the records of a block, and gives back those that are to be stored: with a precision those that it turns
    /// out to need, in their order.
    std::vector<Record> take(std::vector<Record> records);

    bool is_empty() const { return begun_.empty() && fresh_.empty(); }
    std::uint64_t done() const { return done_; }  ///< replications, those stored before included
    std::uint64_t expected() const;               ///< in all, as far as can be told

  private:
    /// A run of replications that nobody has made.
    struct Task {
        std::uint64_t point = 0;
        std::uint64_t next = 0;
        std::uint64_t end = 0;
    };
    /// A point that goes on until it is precise: how far it is, and what came ahead of its turn.
    struct Progress {
        PointCourse course;
        std::map<std::uint64_t, Record> waiting;
    };

    Block cut(Task& task);
    Progress& progress_of(std::uint64_t point);
    void take_in_order(Progress& progress, std::vector<Record>& wanted);
    void close(std::uint64_t point);
    void add_to_course(PointCourse& course, const Record& record) const;

    StopRule rule_;
    std::vector<std::size_t> headlines_;
    std::deque<Task> fresh_;
    std::vector<Task> begun_;
    std::map<std::uint64_t, Progress> progress_;
    std::vector<Task> gaps_;         ///< of the same
    std::uint64_t next_stored_ = 0;  ///< of the same: first replication after those stored
    std::uint64_t points_ = 0;
    std::uint64_t closed_points_ = 0;
    std::uint64_t done_ = 0;
    std::uint64_t done_of_closed_ = 0;
};

}  // namespace corridor::study
