#include "release_stream.h"

#include <algorithm>

namespace corridor::engine {

using model::RateSegment;
using scenario::ReleaseProcess;

void ReleaseStream::reset(std::uint64_t seed, std::uint64_t replication) {
    gaps_ = make_stream(seed, replication, demand_->release_stream);
    classes_ = make_stream(seed, replication, demand_->class_stream);
    next_ = kNever;
    segment_ = 0;
    work_before_ = 0.0;
    emitted_ = 0;
    ahead_.clear();
    next_ahead_ = 0;
    switch (demand_->release) {
        case ReleaseProcess::poisson:
            schedule_from(0.0, exponential(gaps_));
            break;
        case ReleaseProcess::even:
            schedule_even();
            break;
        case ReleaseProcess::listed:
            schedule_listed();
            break;
    }
}

void ReleaseStream::advance(Tick until, std::uint32_t leg, std::vector<Box>& out) {
    for (; next_ahead_ < ahead_.size() && ahead_[next_ahead_].released <= until; ++next_ahead_) {
        out.push_back(ahead_[next_ahead_]);
        out.back().leg = leg;
    }
    draw(until, leg, out);
}

void ReleaseStream::look_ahead(Tick until) {
    ahead_.erase(ahead_.begin(), ahead_.begin() + static_cast<std::ptrdiff_t>(next_ahead_));
    next_ahead_ = 0;
    draw(until, 0, ahead_);
}

/// Consignments of one size: `emit_at` is told when.
template <class Emit>
void ReleaseStream::advance_poisson(Tick until, Emit emit_at) {
    Stream gaps = gaps_;  // a local copy stays in registers
    while (next_ <= until) {
        const RateSegment& segment = demand_->rates[segment_];
        const double gap_ms = segment.per_ms > 0.0 ? 1.0 / segment.per_ms : 0.0;
        const double segment_end = static_cast<double>(segment.until);
        double time_ms = next_ms_;
        Tick time = next_;
        double work = 0.0;
        while (time <= until) {
            emit_at(time);
            work = exponential(gaps);
            if (time_ms + work * gap_ms >= segment_end) {
                break;
            }
            time_ms += work * gap_ms;
            time = to_tick(time_ms);
        }
        if (time > until) {
            next_ms_ = time_ms;
            next_ = time;
        } else {
            schedule_from(time_ms, work);
        }
    }
    gaps_ = gaps;
}

void ReleaseStream::draw(Tick until, std::uint32_t leg, std::vector<Box>& out) {
    if (next_ > until) {
        return;
    }
    if (demand_->release != ReleaseProcess::poisson || !demand_->consignment.is_constant()) {
        return advance_one_by_one(until, leg, out);
    }
    const std::uint32_t containers = demand_->consignment.sizes.front();
    if (containers == 1 && demand_->classes.size() == 1) {
        return advance_poisson(until, [&out, leg](Tick time) { out.push_back({time, time, leg, 0}); });
    }
    advance_poisson(until, [&](Tick time) { emit(time, containers, leg, out); });
}

void ReleaseStream::advance_one_by_one(Tick until, std::uint32_t leg, std::vector<Box>& out) {
    while (next_ <= until) {
        switch (demand_->release) {
            case ReleaseProcess::poisson:
                emit(next_, demand_->consignment(gaps_), leg, out);
                schedule_from(next_ms_, exponential(gaps_));
                break;
            case ReleaseProcess::even:
                emit(next_, demand_->consignment(gaps_), leg, out);
                ++emitted_;
                schedule_even();
                break;
            case ReleaseProcess::listed:
                emit(next_, demand_->listed[emitted_].containers, leg, out);
                ++emitted_;
                schedule_listed();
                break;
        }
    }
}

/// The time at which `work` expected consignments have accrued since `time_ms`, across changes of the rate.
void ReleaseStream::schedule_from(double time_ms, double work) {
    const auto& rates = demand_->rates;
    for (; segment_ < rates.size(); ++segment_) {
        const double end_ms = static_cast<double>(rates[segment_].until);
        const double here = std::max(0.0, end_ms - time_ms) * rates[segment_].per_ms;
        if (work < here) {
            next_ms_ = time_ms + work / rates[segment_].per_ms;
            next_ = to_tick(next_ms_);
            return;
        }
        work -= here;
        time_ms = std::max(time_ms, end_ms);
    }
    next_ = kNever;
}

/// Consignment k (from 0) is due when k + 1/2 have accrued since the origin: computed, never accumulated.
void ReleaseStream::schedule_even() {
    const auto& rates = demand_->rates;
    const double due = static_cast<double>(emitted_) + 0.5;
    for (; segment_ < rates.size(); ++segment_) {
        const double from_ms = segment_ > 0 ? static_cast<double>(rates[segment_ - 1].until) : 0.0;
        const double here = (static_cast<double>(rates[segment_].until) - from_ms) * rates[segment_].per_ms;
        if (due < work_before_ + here) {
            next_ = to_tick(from_ms + (due - work_before_) / rates[segment_].per_ms);
            return;
        }
        work_before_ += here;
    }
    next_ = kNever;
}

void ReleaseStream::schedule_listed() {
    next_ = emitted_ < demand_->listed.size() ? demand_->listed[emitted_].time : kNever;
}

void ReleaseStream::emit(Tick time, std::uint32_t containers, std::uint32_t leg, std::vector<Box>& out) {
    const auto& cumulative = demand_->class_cumulative;
    const auto last = static_cast<std::uint32_t>(cumulative.size() - 1);
    for (std::uint32_t i = 0; i < containers; ++i) {
        std::uint32_t box_class = 0;
        const double u = last > 0 ? uniform01(classes_) : 0.0;
        while (box_class < last && u >= cumulative[box_class]) {
            ++box_class;
        }
        Box& box = out.emplace_back();  // set there: a copy of bits that share a word waits for its own stores
        box.released = box.ready = time;
        box.leg = leg;
        box.box_class = box_class & kBoxClassMask;
    }
}

}  // namespace corridor::engine
