#include "corridor/study/store_summary.h"

#include <optional>
#include <utility>

#include "corridor/study/fingerprint.h"
#include "corridor/study/sweep.h"

namespace corridor {
namespace {

std::vector<std::size_t> headlines_of(const StoreStudy& study) {
    std::vector<std::size_t> positions;
    for (std::size_t i = 0; i < study.outputs.size(); ++i) {
        if (study.outputs[i].is_headline) positions.push_back(i);
    }
    return positions;
}

// Goes through the records of a store point by point.
class Summary {
  public:
    Summary(const StoreStudy& study, const std::function<void(const PointSummary&)>& take)
        : study_(study), shard_(shard_in(study.fact("shard"))), take_(take), headlines_(headlines_of(study)) {}

    void add(const Record& record) {
        while (point_ < record.point) end_point();
        if (!course_) course_.emplace(study_.rule, study_.outputs.size(), headlines_);
        ++replications_;
        // With a precision, nothing counts behind a gap.
        if (study_.rule.precision && record.replication != course_->replications()) return;
        if (!record.failure.empty() && failure_.empty()) failure_ = record.failure;
        course_->add(record.outputs);
        fingerprint_ = combined_fingerprint(fingerprint_, record.fingerprint);
    }

    SummaryCounts finish() {
        while (point_ < study_.points) end_point();
        return counts_;
    }

  private:
    void end_point() {
        if (shard_.holds(point_)) hand_over();
        ++point_;
        course_.reset();
        failure_.clear();
        replications_ = 0;
        fingerprint_ = 0;
    }

    void hand_over() {
        const PointCourse none(study_.rule, study_.outputs.size(), headlines_);
        const PointCourse& course = course_ ? *course_ : none;
        const PointState at_end = course.is_precise() ? PointState::complete : PointState::imprecise;
        PointSummary summary{.point = point_,
                             .state = course.is_over() ? at_end : PointState::incomplete,
                             .replications = course.replications(),
                             .needed = course.expected(),
                             .failure = failure_,
                             .fingerprint = fingerprint_of(course),
                             .estimates = course.estimates()};
        if (course.failures() > 0) {
            summary.state = PointState::failed;
            summary.estimates.assign(study_.outputs.size(), Estimate{});
        }
        ++counts_.points;
        counts_.replications += replications_;
        if (summary.state == PointState::imprecise) ++counts_.imprecise;
        if (summary.state == PointState::incomplete) ++counts_.incomplete;
        if (summary.state == PointState::failed) ++counts_.failed;
        take_(summary);
    }

    std::optional<std::uint64_t> fingerprint_of(const PointCourse& course) const {
        const bool has_all = course.replications() > 0 && course.failures() == 0;
        return has_all ? std::optional(fingerprint_) : std::nullopt;
    }

    const StoreStudy& study_;
    Shard shard_;
    const std::function<void(const PointSummary&)>& take_;
    std::vector<std::size_t> headlines_;
    SummaryCounts counts_;
    std::uint64_t point_ = 0;
    std::uint64_t replications_ = 0;
    std::uint64_t fingerprint_ = 0;
    std::optional<PointCourse> course_;
    std::string failure_;
};

}  // namespace

const char* label(PointState state) {
    switch (state) {
        case PointState::complete:
            return "complete";
        case PointState::imprecise:
            return "imprecise";
        case PointState::incomplete:
            return "incomplete";
        case PointState::failed:
            break;
    }
    return "failed";
}

SummaryCounts summarise(const StoreStudy& study,
                        const std::function<Inventory(const std::function<void(const Record&)>&)>& read,
                        const std::function<void(const PointSummary&)>& take) {
    Summary summary(study, take);
    const Inventory inventory = read([&summary](const Record& record) { summary.add(record); });
    SummaryCounts counts = summary.finish();
    counts.inventory = inventory;
    return counts;
}

}  // namespace corridor
