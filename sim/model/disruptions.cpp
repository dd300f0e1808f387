#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "calendar.h"
#include "compilation.h"
#include "corridor/base/random.h"
#include "outages.h"
#include "subject.h"
#include "traffic.h"

namespace corridor::model {
namespace {

class DisruptionCompiler {
  public:
    DisruptionCompiler(Compilation& compilation, const scenario::Disruption& source)
        : compilation_(compilation), model_(compilation.model), source_(source) {}

    void run() {
        read_effect();
        for (const scenario::DisruptedPart& part : source_.of) {
            if (part.terminal.valid()) add_terminal(part);
            if (part.service.valid()) add_service(part);
            if (part.link.valid()) add_link(part);
        }
        read_times();
        for (const Disruption::Part& part : result_.parts) {
            for (const Id<Facility> facility : part.facilities) mark(model_.facilities[facility]);
            for (const Id<Line> line : part.lines) model_.lines[line].is_disrupted = true;
        }
        model_.takes_census = true;
        model_.disruptions.push_back(std::move(result_));
    }

  private:
    void error(std::string_view key, std::string message, std::string hint = {}) {
        compilation_.error(source_, fmt::format("disruption.{}{}", source_.id, key), std::move(message),
                           std::move(hint));
    }

    void read_effect() {
        Numbers& numbers = compilation_.numbers;
        result_.id = source_.id;
        result_.name = source_.name;
        result_.closes = source_.closed;
        result_.cancels = source_.departures == scenario::ClosedDepartures::cancel;
        if (source_.slowed) {
            result_.slowness = numbers.positive(*source_.slowed);
            if (result_.slowness < 1.0) numbers.error(*source_.slowed, "must be at least 1 (times as long)");
        }
        if (source_.fewer_cranes) result_.fewer_cranes = numbers.count(*source_.fewer_cranes, 1, scenario::kMostPlaces);
        if (source_.crane_share) result_.crane_share = numbers.share(*source_.crane_share);
        if (source_.fewer_berths) result_.fewer_berths = numbers.count(*source_.fewer_berths, 1, scenario::kMostPlaces);
    }

    void add_terminal(const scenario::DisruptedPart& source) {
        Disruption::Part part;
        const Terminal& terminal = model_.terminals[same<Terminal>(source.terminal)];
        for (const Mode mode : scenario::kModes) {
            const Id<Facility> facility = terminal.facilities[static_cast<std::size_t>(mode)];
            const bool is_meant = !source.facility || *source.facility == mode;
            if (!is_meant || !facility.valid()) continue;
            check_number(model_.facilities[facility]);
            part.facilities.push_back(facility);
        }
        streams_.push_back(stream(terminal.name, source));
        result_.parts.push_back(std::move(part));
    }

    /// There have to be as many as are taken away.
    void check_number(const Facility& facility) {
        const bool cranes = source_.fewer_cranes || source_.crane_share;
        if (!cranes && !source_.fewer_berths) return;
        const std::string_view key = source_.fewer_cranes ? ".fewer_cranes" : cranes ? ".crane_share" : ".fewer_berths";
        const std::uint32_t there_are = cranes ? facility.cranes.cranes : facility.berths;
        const std::string_view what = cranes ? "cranes" : "berths";
        const std::string who = facility_subject(model_, facility);
        if (there_are == kUnlimited) {
            return error(key, fmt::format("the {} of '{}' are unlimited", what, who),
                         "give their 'count', or use 'closed' or 'slowed'");
        }
        const std::uint32_t fewer = cranes ? result_.fewer_cranes : result_.fewer_berths;
        if (fewer > there_are) {
            error(key, fmt::format("is more than there are at '{}' ({} {})", who, there_are, what),
                  "use 'closed' for all of them");
        }
    }

    void add_service(const scenario::DisruptedPart& source) {
        Disruption::Part part;
        const Service& service = model_.services[same<Service>(source.service)];
        for (const Id<Line> id : service.lines) {
            const Line& line = model_.lines[id];
            if (source.direction && line.direction != *source.direction) continue;
            if (result_.closes && line.dispatch == Dispatch::continuous) {
                error(".closed", fmt::format("service '{}' is continuous (it has no departures to close)", service.id),
                      "close a terminal of its route");
            }
            part.lines.push_back(id);
        }
        if (part.lines.empty() && !service.lines.empty()) {
            error(".of", fmt::format("'{}' has no departures of its own", source.subject),
                  fmt::format("write \"service.{}\"", service.id));
        }
        streams_.push_back(stream(service.name, source));
        result_.parts.push_back(std::move(part));
    }

    void add_link(const scenario::DisruptedPart& source) {
        Disruption::Part part;
        const Id<Link> link = same<Link>(source.link);
        for (const Direction direction : scenario::kDirections) {
            if (source.direction.value_or(direction) == direction) part.links.push_back({link, direction});
        }
        streams_.push_back(stream(model_.links[link].name, source));
        result_.parts.push_back(std::move(part));
    }

    /// By the names of the disruption and of what it is of, so that one more part changes nothing for the others.
    std::uint64_t stream(const std::string& name, const scenario::DisruptedPart& part) const {
        const std::string_view kind = part.terminal.valid() ? "terminal" : part.service.valid() ? "service" : "link";
        const std::string_view facility = part.facility ? mode_name(*part.facility) : "";
        const std::string_view direction = part.direction ? label(*part.direction) : "";
        return stream_key("disruption", fmt::format("{}/{}/{}/{}{}", source_.name, kind, name, facility, direction));
    }

    void read_times() {
        for (const scenario::DatedWindow& dated : source_.windows) {
            const Window window{std::max<Tick>(0, (dated.from - model_.origin).count()),
                                (dated.to - model_.origin).count()};
            if (window.from < std::min(window.to, model_.window.to)) result_.windows.push_back(window);
        }
        merge_windows(result_.windows);
        if (result_.windows.empty() && !source_.windows.empty()) {
            compilation_.warn(source_, fmt::format("disruption.{}.windows", source_.id), "lie outside the run",
                              "leave the disruption out, or change its dates");
        }
        if (!source_.at_random) return;
        result_.at_random = breakdowns(compilation_.numbers, *source_.at_random);
        result_.at_random->streams = streams_;
        if (!can_be_kept(*result_.at_random, streams_.size(), model_.window.to)) {
            error(".breakdowns", "more than 1,000,000 failures are expected in one run (they have to be kept)",
                  "give a longer 'time_to_failure', or a shorter run");
        }
    }

    void mark(Facility& facility) const {
        const double share = time_share();
        const std::uint32_t cranes = result_.cranes_out(facility);
        double lost = 0.0;
        if (result_.closes) {
            lost = share;
        } else if (cranes > 0) {
            lost = share * cranes / facility.cranes.cranes;
        } else if (result_.slowness != 1.0) {
            lost = share * (1.0 - 1.0 / result_.slowness);
        }
        facility.cranes.is_disrupted |= result_.closes || cranes > 0 || result_.slowness != 1.0;
        facility.cranes.disrupted_share = 1.0 - (1.0 - facility.cranes.disrupted_share) * (1.0 - lost);
        facility.berths_disrupted |= result_.closes || result_.fewer_berths > 0;
    }

    /// Of the period, on average.
    double time_share() const {
        if (result_.at_random) {
            const double up = moments(result_.at_random->time_to_failure).mean;
            const double repair = moments(result_.at_random->time_to_repair).mean;
            return up + repair > 0.0 ? repair / (up + repair) : 0.0;
        }
        double sum = 0.0;
        for (const Window& window : result_.windows) sum += length_ms(overlap(window, model_.window));
        return sum / length_ms(model_.window);
    }

    Compilation& compilation_;
    Model& model_;
    const scenario::Disruption& source_;
    Disruption result_;
    std::vector<std::uint64_t> streams_;
};

}  // namespace

std::uint32_t Disruption::cranes_out(const Facility& facility) const {
    const std::uint32_t all = facility.cranes.cranes;
    if (crane_share == 0.0) return std::min(fewer_cranes, all);
    const auto nearest = static_cast<std::uint32_t>(std::lround(crane_share * all));
    return std::min(std::max(nearest, 1U), all);
}

Model undisturbed(const Model& model) {
    Model result = model;
    result.disruptions = {};
    for (Facility& facility : result.facilities) {
        facility.cranes.is_disrupted = false;
        facility.cranes.disrupted_share = 0.0;
        facility.berths_disrupted = false;
    }
    for (Line& line : result.lines) line.is_disrupted = false;
    return result;
}

void compile_disruptions(Compilation& compilation) {
    for (const scenario::Disruption& disruption : compilation.scenario.disruptions) {
        DisruptionCompiler(compilation, disruption).run();
    }
}

}  // namespace corridor::model
