#include "corridor/study/reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "corridor/base/text.h"
#include "corridor/base/unit.h"
#include "model/subject.h"
#include "study/reading_sum.h"

namespace corridor {
namespace {

using scenario::Reading;
using scenario::Reported;
using scenario::Scenario;

std::chrono::year_month_day date_of(Instant t) {
    return std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(t)};
}

bool is_first_of_month(Instant t) {
    const auto day = std::chrono::floor<std::chrono::days>(t);
    return t == day && date_of(t).day() == std::chrono::day{1};
}

// "2020-01", "2020-02", ...: the months of the window, where it is made of whole months of the period.
std::optional<std::vector<std::string>> whole_months(const Scenario& scenario, const Reported& figure) {
    const bool starts_whole = figure.start == scenario.start || is_first_of_month(figure.start);
    const bool ends_whole = figure.end == scenario.end || is_first_of_month(figure.end);
    const bool inside = figure.start >= scenario.start && figure.end <= scenario.end && figure.start < figure.end;
    if (!starts_whole || !ends_whole || !inside) return std::nullopt;

    const auto first = date_of(figure.start);
    const auto last = date_of(figure.end - Duration{1});
    std::vector<std::string> months;
    for (auto month = first.year() / first.month(); month <= last.year() / last.month();
         month = month + std::chrono::months{1}) {
        months.push_back(format_month(month));
    }
    return months;
}

// "service.barge.2020-01" for the kind "service." and the month.
bool is_month_of(std::string_view subject, std::string_view kind, std::string_view month) {
    if (!subject.starts_with(kind)) return false;
    subject.remove_prefix(kind.size());
    const std::size_t dot = subject.find('.');  // ids have none
    return dot != std::string_view::npos && subject.substr(dot + 1) == month;
}

// Whether a figure may be held against a measure. A lift moves one container: ports count either.
bool fits(Dimension reported, std::string_view measure_unit) {
    if (reported == kNumber) return true;
    Measurement unit;
    UnitError ignored;
    if (!parse_measurement(fmt::format("1 {}", measure_unit), unit, ignored)) return false;
    if (unit.dimension == reported) return true;
    const auto is_volume = [](Dimension d) { return d == kContainers || d == kTeu; };
    return is_volume(reported) && (is_volume(unit.dimension) || measure_unit == "lifts");
}

class Resolver {
  public:
    Resolver(const Scenario& scenario, const model::Model& model, const MeasureCatalog& catalog)
        : scenario_(scenario), model_(model), catalog_(catalog) {}

    void add(Id<Reported> figure_id, std::size_t position) {
        const Reported& figure = scenario_.reported[figure_id];
        const Reading& reading = figure.readings[position];
        const std::string path = fmt::format("reported.{}.reading.{}", figure.id, reading.id);
        ReadingTarget target{.figure = figure_id,
                             .reading = position,
                             .measure = reading.measure,
                             .unit = {},
                             .subjects = reading.subjects,
                             .factor = reading.factor};
        if (!find_measure(reading, path, target) || !find_subjects(reading, path)) return;
        check_unit(figure, reading, path, target);
        check_sum(reading, path);
        check_emptiness(reading, path);
        spell_out_months(figure, reading, path, target);
        targets_.push_back(std::move(target));
    }

    Result<std::vector<ReadingTarget>> take() {
        if (has_errors(findings_)) return findings_;
        return {std::move(targets_), std::move(findings_)};
    }

  private:
    void error(const Reading& reading, std::string path, std::string message, std::string hint,
               Severity severity = Severity::error) {
        findings_.push_back({.severity = severity,
                             .place = reading.place,
                             .path = std::move(path),
                             .message = std::move(message),
                             .hint = std::move(hint)});
    }

    static const MeasureDescription& measure_of(const Reading& reading) {
        return *std::ranges::find(measure_descriptions(), reading.measure, &MeasureDescription::name);
    }

    void check_sum(const Reading& reading, const std::string& path) {
        if (reading.subjects.size() < 2) return;
        if (!study::is_additive(measure_of(reading))) {
            error(reading, path + ".of[1]",
                  fmt::format("'{}' of several subjects cannot be added up (only counts can)", reading.measure),
                  "give each subject a reading of its own");
            return;
        }
        for (std::size_t i = 1; i < reading.subjects.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) check_pair(reading, path, i, j);
        }
    }

    void check_pair(const Reading& reading, const std::string& path, std::size_t i, std::size_t j) {
        const std::string why = study::overlap(model_, reading.subjects[j], reading.subjects[i]);
        if (why.empty()) return;
        error(reading, fmt::format("{}.of[{}]", path, i),
              fmt::format("'{}' and '{}' would be counted twice where they overlap ({})", reading.subjects[j],
                          reading.subjects[i], why),
              "name each part once, or give each a reading of its own");
    }

    void check_emptiness(const Reading& reading, const std::string& path) {
        for (std::size_t i = 0; i < reading.subjects.size(); ++i) {
            const study::Emptiness empty = study::emptiness(model_, measure_of(reading), reading.subjects[i]);
            if (empty.reason.empty()) continue;
            error(reading, fmt::format("{}.of[{}]", path, i),
                  fmt::format("'{}' of '{}' is always 0 ({})", reading.measure, reading.subjects[i], empty.reason),
                  empty.by_network ? "leave it out, or name the direction or link that is meant" : "",
                  empty.by_network ? Severity::error : Severity::warning);
        }
    }

    bool find_measure(const Reading& reading, const std::string& path, ReadingTarget& target) {
        const auto& all = measure_descriptions();
        const auto found = std::ranges::find(all, reading.measure, &MeasureDescription::name);
        if (found != all.end()) {
            target.unit = found->unit;
            return true;
        }
        std::vector<std::string_view> names;
        for (const MeasureDescription& description : all) names.push_back(description.name);
        error(reading, path + ".measure", fmt::format("unknown measure '{}'", reading.measure),
              meant_or_first(reading.measure, names));
        return false;
    }

    bool find_subjects(const Reading& reading, const std::string& path) {
        const std::size_t before = findings_.size();
        for (std::size_t i = 0; i < reading.subjects.size(); ++i) {
            const std::string& subject = reading.subjects[i];
            if (catalog_.find(reading.measure, subject)) continue;
            const std::vector<std::string_view> known = subjects_of(reading.measure);
            error(reading, fmt::format("{}.of[{}]", path, i),
                  fmt::format("measure '{}' has no subject '{}'", reading.measure, subject),
                  meant_or_first(subject, known));
        }
        return findings_.size() == before;
    }

    std::vector<std::string_view> subjects_of(std::string_view measure) const {
        std::vector<std::string_view> subjects;
        for (const MeasureInfo& info : catalog_.infos()) {
            if (info.name == measure) subjects.push_back(info.subject);
        }
        return subjects;
    }

    static std::string meant_or_first(std::string_view word, const std::vector<std::string_view>& known) {
        return did_you_mean(nearest(word, known),
                            known.empty() ? "" : fmt::format("the first of {} is '{}'", known.size(), known.front()));
    }

    void check_unit(const Reported& figure, const Reading& reading, const std::string& path,
                    const ReadingTarget& target) {
        const Dimension dimension = scenario_.quantities[figure.value].dimension;
        if (fits(dimension, target.unit)) return;
        error(reading, path + ".measure",
              fmt::format("measure '{}' is in {}, but the figure is {}", reading.measure, target.unit,
                          describe(dimension)),
              "");
    }

    void spell_out_months(const Reported& figure, const Reading& reading, const std::string& path,
                          ReadingTarget& target) {
        if (figure.start == scenario_.start && figure.end == scenario_.end) return;
        const auto months = whole_months(scenario_, figure);
        if (!months) {
            error(
                reading, path,
                fmt::format("the window {} to {} is not made of whole months of the period",
                            format_instant(figure.start), format_instant(figure.end)),
                fmt::format("the period is {} to {}", format_instant(scenario_.start), format_instant(scenario_.end)));
            return;
        }
        if (!can_be_spelt_out(reading, path, months->size())) return;
        target.subjects.clear();
        for (const std::string& subject : reading.subjects) {
            for (const std::string& month : *months)
                std::ranges::move(in_month(reading, subject, month), std::back_inserter(target.subjects));
        }
        const auto missing = std::ranges::find_if(
            target.subjects, [&](const std::string& s) { return !catalog_.find(reading.measure, s); });
        if (missing == target.subjects.end()) return;
        error(reading, path, fmt::format("measure '{}' is not kept by month for '{}'", reading.measure, *missing),
              "leave start and end out to compare with the whole period");
    }

    // Totals are not kept by month; that of a count is the sum of its services, or else of its demands.
    std::vector<std::string> in_month(const Reading& reading, const std::string& subject,
                                      const std::string& month) const {
        for (const std::string_view kind : {"service.", "demand."}) {
            if (subject != "total" || !study::is_additive(measure_of(reading))) break;
            std::vector<std::string> parts;
            for (const std::string_view part : subjects_of(reading.measure)) {
                if (is_month_of(part, kind, month)) parts.emplace_back(part);
            }
            if (!parts.empty()) return parts;
        }
        return {fmt::format("{}.{}", subject, month)};
    }

    bool can_be_spelt_out(const Reading& reading, const std::string& path, std::size_t months) {
        const auto own_month = std::ranges::find_if(reading.subjects, [&](const std::string& text) {
            const auto subject = model::parse_subject(model_, text);
            return subject && subject->month;
        });
        if (own_month != reading.subjects.end()) {
            error(reading, fmt::format("{}.of[{}]", path, own_month - reading.subjects.begin()),
                  fmt::format("'{}' names a month, and so does the window of the figure", *own_month),
                  "leave the month out here, or start and end out of the figure");
            return false;
        }
        if (months > 1 && !study::is_additive(measure_of(reading))) {
            error(reading, path + ".measure",
                  fmt::format("'{}' of several months cannot be added up (only counts can)", reading.measure),
                  "give each month a figure of its own");
            return false;
        }
        return true;
    }

    const Scenario& scenario_;
    const model::Model& model_;
    const MeasureCatalog& catalog_;
    std::vector<ReadingTarget> targets_;
    Diagnostics findings_;
};

}  // namespace

MeasureSum ReadingTarget::in(const MeasureCatalog& catalog) const {
    MeasureSum sum{.measures = {}, .factor = factor};
    for (const std::string& subject : subjects) {
        if (const auto position = catalog.find(measure, subject)) sum.measures.push_back(*position);
    }
    return sum;
}

const Reading& reading_of(const Scenario& scenario, const ReadingTarget& target) {
    return scenario.reported[target.figure].readings[target.reading];
}

std::vector<std::size_t> positions_in_file(const Scenario& scenario, const std::vector<ReadingTarget>& targets) {
    const auto place = [&](std::size_t i) {
        const SourcePlace& at = reading_of(scenario, targets[i]).place;
        return std::tuple(at.file != scenario.file, at.file, at.line, at.column);
    };
    std::vector<std::size_t> order(targets.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, place);
    std::vector<std::size_t> positions(targets.size());
    for (std::size_t i = 0; i < order.size(); ++i) positions[order[i]] = i;
    return positions;
}

Result<std::vector<ReadingTarget>> resolve_readings(const Scenario& scenario, const model::Model& model,
                                                    const MeasureCatalog& catalog) {
    Resolver resolver(scenario, model, catalog);
    for (std::size_t figure = 0; figure < scenario.reported.size(); ++figure) {
        const std::size_t readings = scenario.reported.items()[figure].readings.size();
        for (std::size_t i = 0; i < readings; ++i) resolver.add(Id<Reported>{figure}, i);
    }
    return resolver.take();
}

}  // namespace corridor
