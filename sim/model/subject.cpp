#include "subject.h"

#include <charconv>

namespace corridor::model {
namespace {

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t dot = text.find('.');
        parts.push_back(text.substr(0, dot));
        if (dot == std::string_view::npos) return parts;
        text.remove_prefix(dot + 1);
    }
}

bool set_word(Subject& subject, std::string_view word) {
    if (word == "forward" || word == "backward") {
        subject.direction = word == "forward" ? Direction::forward : Direction::backward;
    } else if (word == "laden" || word == "empty") {
        subject.empty = word == "empty";
    } else if (word == "quay" || word == "rail") {
        subject.facility = word == "quay" ? Mode::waterway : Mode::railway;
    } else {
        return false;
    }
    return true;
}

bool set_month(const Model& model, Subject& subject, std::string_view label) {
    for (const Month& month : model.months) {
        if (month.label != label) continue;
        subject.month = Window{month.from, month.to};
        return true;
    }
    return false;
}

bool set_call(Subject& subject, std::string_view text) {
    const char* const end = text.data() + text.size();
    const auto [rest, fault] = std::from_chars(text.data(), end, subject.call);
    return fault == std::errc{} && rest == end && subject.call > 0;
}

}  // namespace

std::optional<Subject> parse_subject(const Model& model, std::string_view text) {
    const std::vector<std::string_view> parts = split(text);
    Subject subject;
    subject.kind = parts[0];
    if (parts.size() > 1) subject.id = parts[1];
    for (std::size_t i = 2; i < parts.size(); ++i) {
        if (subject.kind == "link" && parts[i] == "demand" && i + 1 < parts.size()) {
            subject.demand = find_id(model.demands, parts[++i]);
            if (!subject.demand.valid()) return std::nullopt;
            continue;
        }
        if (set_word(subject, parts[i]) || set_month(model, subject, parts[i])) continue;
        if (subject.terminal.valid() && set_call(subject, parts[i])) continue;
        subject.terminal = find_id(model.terminals, parts[i]);
        if (!subject.terminal.valid()) return std::nullopt;
    }
    return subject;
}

std::string_view size_name(BoxSize size) {
    constexpr std::array<std::string_view, scenario::kBoxSizes.size()> kNames{"20 ft", "40 ft", "45 ft"};
    return kNames[static_cast<std::size_t>(size)];
}

std::vector<Id<Stop>> boarding_stops(const Line& line) {
    std::vector<Id<Stop>> stops;
    for (std::size_t i = 0; i + 1 < line.stop_count; ++i) stops.emplace_back(line.first_stop.index() + i);
    return stops;
}

std::string boarding_subject(const Model& model, Id<Stop> id) {
    const Stop& stop = model.stops[id];
    const Service& service = model.services[model.lines[stop.line].service];
    std::size_t same_direction = 0;
    std::size_t calls = 0;  // of them, at this terminal
    std::size_t number = 0;
    for (const Id<Line> line : service.lines) {
        for (const Id<Stop> other : boarding_stops(model.lines[line])) {
            if (model.stops[other].hop.direction != stop.hop.direction) continue;
            ++same_direction;
            calls += model.stops[other].terminal == stop.terminal ? 1U : 0U;
            if (other == id) number = calls;
        }
    }
    std::string who = subject(service) + '.' + std::string(label(stop.hop.direction));
    if (same_direction > 1) who += '.' + model.terminals[stop.terminal].id;
    if (calls > 1) who += '.' + std::to_string(number);
    return who;
}

std::string facility_subject(const Model& model, const Facility& facility) {
    const std::string terminal = subject(model.terminals[facility.terminal]);
    if (facility.in_yard) return terminal + ".yard";
    return terminal + (facility.mode == Mode::waterway ? ".quay" : ".rail");
}

}  // namespace corridor::model
