// The text of a timeline, made event by event.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "corridor/report/timeline_report.h"

namespace corridor::report {

class TimelineForm {
  public:
    TimelineForm() = default;
    TimelineForm(const TimelineForm&) = delete;
    TimelineForm& operator=(const TimelineForm&) = delete;
    virtual ~TimelineForm() = default;

    /// Appends what stands before all events, for each of them in order of time, and after them, where the fingerprint
    /// of the trajectory goes if the format has a place for it.
    virtual void begin(std::string& /*out*/) {}
    virtual void add(const TimelineEvent& event, std::string& out) = 0;
    virtual void end(std::uint64_t /*fingerprint*/, std::string& /*out*/) {}
};

/// `model` has to outlive it.
std::unique_ptr<TimelineForm> timeline_form(const model::Model& model, TimelineFormat format);

}  // namespace corridor::report
