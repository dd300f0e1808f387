#include "closed_times.h"

#include <algorithm>

#include "box.h"
#include "model/calendar.h"

namespace corridor::engine {
namespace {

/// What `open` leaves of [0, end); nothing where `open` is empty, which is always.
Windows complement(const Windows& open, Tick end) {
    Windows closed;
    Tick from = open.empty() ? end : 0;
    for (const model::Window& window : open) {
        closed.push_back({from, window.from});
        from = window.to;
    }
    closed.push_back({from, end});
    std::erase_if(closed, [](const model::Window& window) { return window.from >= window.to; });
    return closed;
}

/// How much of `span` lies in `windows`, put off by `later`.
Tick overlap(const Windows& windows, const model::Window& span, Tick later = 0) {
    if (windows.empty() || span.from >= span.to) {
        return 0;
    }
    return model::open_time(windows, {span.from - later, span.to - later});
}

void add_all(Windows& windows, const Windows& more) { windows.insert(windows.end(), more.begin(), more.end()); }

}  // namespace

ClosedTimes::ClosedTimes(const model::Model& model)
    : model_(model), lines_(model.lines.size()), to_stop_(model.stops.size()) {
    for (const model::Facility& facility : model.facilities) {
        outside_hours_.push_back(complement(model.terminals[facility.terminal].open, model.window.to));
    }
    for (const model::Leg& leg : model.legs) {
        to_stop_[leg.board.index()] = leg.to_board;
    }
}

void ClosedTimes::draw(const Disruptions& disruptions) {
    facilities_ = outside_hours_;
    for (std::size_t f = 0; f < facilities_.size(); ++f) {
        const Windows& closed = disruptions.at(Id<model::Facility>{f}).cranes.closed;
        if (!closed.empty()) {
            add_all(facilities_[f], closed);
            model::merge_windows(facilities_[f]);
        }
    }
    for (std::size_t l = 0; l < lines_.size(); ++l) {
        const DisruptedLine& disrupted = disruptions.of(Id<model::Line>{l});
        lines_[l] = {.held = disrupted.held, .of_service = disrupted.held, .of_lists = {}, .of_departures = {}};
        add_all(lines_[l].of_service, disrupted.cancelled);
        model::merge_windows(lines_[l].of_service);
    }
}

void ClosedTimes::list_closes(Id<model::Line> line, Tick departure, Tick now, bool falls_out) {
    Closures& closures = lines_[line.index()];
    const auto go_on = [falls_out](Windows& windows, Tick from, Tick to) {
        const bool is_in_one = !windows.empty() && windows.back().to >= from;
        if (is_in_one) {
            windows.back().to = falls_out ? std::max(windows.back().to, to) : from;
        } else if (falls_out) {
            windows.push_back({from, to});
        }
    };
    const bool is_held = is_within(closures.held, departure);
    const Tick end = is_held ? leave_windows(closures.held, departure) : kNever;
    go_on(closures.of_lists, now, end);
    go_on(closures.of_departures, departure, end);
}

Tick ClosedTimes::at_facility(std::size_t facility, const model::Window& wait) const {
    return overlap(facilities_[facility], wait);
}

Tick ClosedTimes::before_next(Id<model::Stop> stop, const model::Window& wait) const {
    const Id<model::Line> line = model_.stops[stop].line;
    const Closures& closures = lines_[line.index()];
    const Tick later = to_stop_[stop.index()];
    if (model_.lines[line].dispatch != model::Dispatch::timetable) {
        return overlap(closures.of_service, wait, later);
    }
    return stop == model_.lines[line].first_stop ? overlap(closures.of_lists, wait)
                                                 : overlap(closures.of_departures, wait, later);
}

Tick ClosedTimes::while_due(Id<model::Stop> stop, const model::Window& wait) const {
    const Closures& closures = lines_[model_.stops[stop].line.index()];
    if (closures.of_service.empty()) {
        return 0;
    }
    Windows all = closures.of_service;
    add_all(all, closures.of_lists);
    model::merge_windows(all);
    return overlap(all, wait);
}

}  // namespace corridor::engine
