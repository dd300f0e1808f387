#include "corridor/study/stop_rule.h"

#include <algorithm>
#include <utility>

#include "study/precision.h"

namespace corridor {

std::uint64_t StopRule::limit() const { return precision ? std::max(replications, most) : replications; }

PointCourse::PointCourse(const StopRule& rule, std::size_t outputs, std::vector<std::size_t> headlines)
    : rule_(rule), headlines_(std::move(headlines)), estimates_(outputs) {}

double PointCourse::worst_half_width() const {
    double worst = 0;
    for (const std::size_t headline : headlines_) {
        worst = std::max(worst, study::relative_half_width(estimates_[headline]));
    }
    return worst;
}

bool PointCourse::is_precise() const { return !rule_.precision || worst_half_width() <= *rule_.precision; }

bool PointCourse::is_over() const {
    if (replications_ >= rule_.limit()) return true;
    if (!rule_.precision || (replications_ < rule_.replications && failures_ == 0)) return false;
    return failures_ > 0 || is_precise();
}

void PointCourse::add(const std::vector<double>& outputs) {
    ++replications_;
    if (outputs.empty()) {
        ++failures_;
        return;
    }
    for (std::size_t i = 0; i < estimates_.size(); ++i) estimates_[i].add(outputs[i]);
}

std::uint64_t PointCourse::expected() const {
    if (is_over()) return replications_;
    if (!rule_.precision || replications_ == 0) return rule_.replications;
    return std::max(replications_ + 1, study::replications_needed(replications_, worst_half_width(), *rule_.precision,
                                                                  rule_.replications, rule_.limit()));
}

}  // namespace corridor
