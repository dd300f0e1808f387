#include "study/work_list.h"

#include <algorithm>
#include <utility>

namespace corridor::study {
namespace {

constexpr std::uint64_t kLargestBlock = 16;

}  // namespace

WorkList::WorkList(const StopRule& rule, std::vector<std::size_t> headlines)
    : rule_(rule), headlines_(std::move(headlines)) {}

void WorkList::add_to_course(PointCourse& course, const Record& record) const {
    std::vector<double> values;
    if (record.failure.empty()) {
        for (const std::size_t headline : headlines_) values.push_back(record.outputs[headline]);
    }
    course.add(values);
}

WorkList::Progress& WorkList::progress_of(std::uint64_t point) {
    const auto known = progress_.find(point);
    if (known != progress_.end()) return known->second;
    std::vector<std::size_t> all(headlines_.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    return progress_.emplace(point, Progress{PointCourse(rule_, all.size(), all), {}}).first->second;
}

void WorkList::add_stored(const Record& record) {
    if (rule_.precision) {
        Progress& progress = progress_of(record.point);
        // Behind a gap nothing can be told; it is run again.
        if (record.replication != next_stored_ || progress.course.is_over()) return;
        add_to_course(progress.course, record);
    } else if (record.replication > next_stored_) {
        gaps_.push_back({record.point, next_stored_, record.replication});
    }
    next_stored_ = record.replication + 1;
    ++done_;
}

void WorkList::add_point(std::uint64_t point) {
    ++points_;
    const bool is_over = rule_.precision ? progress_of(point).course.is_over() : false;
    if (!is_over && next_stored_ < rule_.limit()) gaps_.push_back({point, next_stored_, rule_.limit()});
    if (is_over) done_of_closed_ += next_stored_;
    if (is_over) ++closed_points_;
    // A point without records has its course made when it begins.
    if (is_over || next_stored_ == 0) progress_.erase(point);
    fresh_.insert(fresh_.end(), gaps_.begin(), gaps_.end());
    gaps_.clear();
    next_stored_ = 0;
}

Block WorkList::cut(Task& task) {
    std::uint64_t size = kLargestBlock;
    if (rule_.precision) {
        const std::uint64_t expected = progress_of(task.point).course.expected();
        if (expected > task.next) size = std::min(size, expected - task.next);
    }
    const Block block{task.point, task.next, std::min(size, task.end - task.next)};
    task.next += block.count;
    return block;
}

std::optional<Block> WorkList::next(std::optional<std::uint64_t> last_point) {
    const auto hand_out = [this](std::vector<Task>::iterator task) {
        const Block block = cut(*task);
        if (task->next == task->end) begun_.erase(task);
        return block;
    };
    if (last_point) {
        const auto mine = std::ranges::find(begun_, *last_point, &Task::point);
        if (mine != begun_.end()) return hand_out(mine);
    }
    if (!fresh_.empty()) {
        begun_.push_back(fresh_.front());
        fresh_.pop_front();
        return hand_out(begun_.end() - 1);
    }
    const auto left = [](const Task& task) { return task.end - task.next; };
    const auto largest = std::ranges::max_element(begun_, {}, left);
    if (largest == begun_.end()) return std::nullopt;
    return hand_out(largest);
}

void WorkList::close(std::uint64_t point) {
    std::erase_if(begun_, [point](const Task& task) { return task.point == point; });
    ++closed_points_;
    done_of_closed_ += progress_.at(point).course.replications();
    progress_.erase(point);
}

void WorkList::take_in_order(Progress& progress, std::vector<Record>& wanted) {
    auto next = progress.waiting.find(progress.course.replications());
    while (next != progress.waiting.end() && !progress.course.is_over()) {
        add_to_course(progress.course, next->second);
        wanted.push_back(std::move(next->second));
        progress.waiting.erase(next);
        next = progress.waiting.find(progress.course.replications());
    }
}

std::vector<Record> WorkList::take(std::vector<Record> records) {
    if (!rule_.precision || records.empty()) {
        done_ += records.size();
        return records;
    }
    std::vector<Record> wanted;
    const std::uint64_t point = records.front().point;
    const auto found = progress_.find(point);
    // Brought by somebody who went on while another found that it is enough.
    if (found == progress_.end()) return wanted;
    for (Record& record : records) {
        const std::uint64_t replication = record.replication;
        found->second.waiting.emplace(replication, std::move(record));
    }
    take_in_order(found->second, wanted);
    done_ += wanted.size();
    if (found->second.course.is_over()) close(point);
    return wanted;
}

std::uint64_t WorkList::expected() const {
    if (!rule_.precision) return points_ * rule_.replications;
    if (closed_points_ == 0) return std::max(done_, points_ * rule_.replications);
    const double each = static_cast<double>(done_of_closed_) / static_cast<double>(closed_points_);
    return std::max(done_, static_cast<std::uint64_t>(each * static_cast<double>(points_)));
}

}  // namespace corridor::study
