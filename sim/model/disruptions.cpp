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

using scenario::TerminalPart;

class DisruptionCompiler {
  public:
    DisruptionCompiler(Compilation& compilation, const scenario::Disruption& source)
        : compilation_(compilation), model_(compilation.model), source_(source) {}

    void run() {
        read_effect();
        for (const scenario::DisruptedPart& part : source_.of) add(part);
        read_times();
        const double share = time_share();
        for (const Disruption::Part& part : result_.parts) mark(part, share);
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
        if (source_.fewer_tugs) result_.fewer_tugs = numbers.count(*source_.fewer_tugs, 1, scenario::kMostPlaces);
        if (source_.fewer_chambers) {
            result_.fewer_chambers = numbers.count(*source_.fewer_chambers, 1, scenario::kMostPlaces);
        }
        if (source_.fewer_vehicles) {
            result_.fewer_vehicles = numbers.count(*source_.fewer_vehicles, 1, scenario::kMostVehicles);
        }
    }

    void add(const scenario::DisruptedPart& source) {
        Disruption::Part part;
        std::string name;
        if (source.terminal.valid()) name = add_terminal(source, part);
        if (source.lock.valid()) name = add_lock(same<Lock>(source.lock), part);
        if (source.fleet.valid()) name = add_fleet(same<Fleet>(source.fleet), part);
        if (source.service.valid()) name = add_service(source, part);
        if (source.link.valid()) name = add_link(source, part);
        streams_.push_back(stream(name, source));
        result_.parts.push_back(std::move(part));
    }

    // Each of the following returns the name that the part's stream is seeded by.

    std::string add_terminal(const scenario::DisruptedPart& source, Disruption::Part& part) {
        const Id<Terminal> id = same<Terminal>(source.terminal);
        const Terminal& terminal = model_.terminals[id];
        const auto means = [&](TerminalPart it) { return source.part == TerminalPart::whole || source.part == it; };
        for (const Mode mode : scenario::kModes) {
            const Id<Facility> facility = terminal.facilities[static_cast<std::size_t>(mode)];
            const bool is_meant = means(mode == Mode::waterway ? TerminalPart::quay : TerminalPart::rail);
            if (is_meant && facility.valid()) part.facilities.push_back(facility);
        }
        if (means(TerminalPart::yard) && terminal.yard_cranes.valid() && !source_.fewer_berths) {
            part.facilities.push_back(terminal.yard_cranes);
        }
        for (const Id<Facility> facility : part.facilities) check_number(model_.facilities[facility]);
        if (means(TerminalPart::gate) && result_.closes && compilation_.scenario.terminals[source.terminal].gate) {
            part.gates.push_back(id);
        }
        if (source.part == TerminalPart::tugs || source_.fewer_tugs) {
            const Id<Facility> quay = terminal.facilities[static_cast<std::size_t>(Mode::waterway)];
            part.tugs.push_back(quay);
            check_number(".fewer_tugs", result_.fewer_tugs, model_.facilities[quay].tugs->count, source.subject,
                         "tugs");
        }
        return terminal.name;
    }

    std::string add_lock(Id<Lock> id, Disruption::Part& part) {
        const Lock& lock = model_.locks[id];
        part.locks.push_back(id);
        check_number(".fewer_chambers", result_.fewer_chambers, lock.chambers, subject(lock), "chambers");
        return lock.name;
    }

    std::string add_fleet(Id<Fleet> id, Disruption::Part& part) {
        const Fleet& fleet = model_.fleets[id];
        part.fleets.push_back(id);
        check_number(".fewer_vehicles", result_.fewer_vehicles, fleet.vehicles, subject(fleet), "vehicles");
        if (result_.fewer_vehicles == 0) {
            for (const Id<Service> service : fleet.services) add_lines(model_.services[service], std::nullopt, part);
        }
        return compilation_.scenario.fleets[same<scenario::Fleet>(id)].name;
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
        check_number(key, cranes ? result_.fewer_cranes : result_.fewer_berths, there_are, who, what);
    }

    void check_number(std::string_view key, std::uint32_t fewer, std::uint32_t there_are, std::string_view who,
                      std::string_view what) {
        if (fewer <= there_are) return;
        error(key, fmt::format("is more than there are at '{}' ({} {})", who, there_are, what),
              "use 'closed' for all of them");
    }

    std::string add_service(const scenario::DisruptedPart& source, Disruption::Part& part) {
        const Service& service = model_.services[same<Service>(source.service)];
        if (source_.fewer_vehicles) {
            add_own_fleet(service, part);
            return service.name;
        }
        add_lines(service, source.direction, part);
        if (part.lines.empty() && !service.lines.empty()) {
            error(".of", fmt::format("'{}' has no departures of its own", source.subject),
                  fmt::format("write \"service.{}\"", service.id));
        }
        return service.name;
    }

    void add_own_fleet(const Service& service, Disruption::Part& part) {
        if (!service.fleet.valid()) {
            return error(".of", fmt::format("service '{}' has no fleet (there is always a vehicle)", service.id),
                         "give it one, or use 'closed' or 'slowed'");
        }
        const Fleet& fleet = model_.fleets[service.fleet];
        if (fleet.is_shared()) {
            return error(".of", fmt::format("service '{}' shares its vehicles with others", service.id),
                         fmt::format("write \"{}\"", subject(fleet)));
        }
        part.fleets.push_back(service.fleet);
        check_number(".fewer_vehicles", result_.fewer_vehicles, fleet.vehicles, subject(service), "vehicles");
    }

    void add_lines(const Service& service, std::optional<Direction> direction, Disruption::Part& part) {
        for (const Id<Line> id : service.lines) {
            const Line& line = model_.lines[id];
            if (direction && line.direction != *direction) continue;
            if (result_.closes && line.dispatch == Dispatch::continuous) {
                error(".closed", fmt::format("service '{}' is continuous (it has no departures to close)", service.id),
                      "close a terminal of its route");
            }
            part.lines.push_back(id);
        }
    }

    std::string add_link(const scenario::DisruptedPart& source, Disruption::Part& part) const {
        const Id<Link> link = same<Link>(source.link);
        for (const Direction direction : scenario::kDirections) {
            if (source.direction.value_or(direction) == direction) part.links.push_back({link, direction});
        }
        return model_.links[link].name;
    }

    /// By the names of the disruption and of what it is of, so that one more part changes nothing for the others.
    std::uint64_t stream(const std::string& name, const scenario::DisruptedPart& part) const {
        const std::string_view kind = std::string_view(part.subject).substr(0, part.subject.find('.'));
        const std::string_view of_terminal = stream_word(part.part);
        const std::string_view direction = part.direction ? label(*part.direction) : "";
        return stream_key("disruption", fmt::format("{}/{}/{}/{}{}", source_.name, kind, name, of_terminal, direction));
    }

    static std::string_view stream_word(TerminalPart part) {
        switch (part) {
            case TerminalPart::whole:
                return "";
            case TerminalPart::quay:
                return mode_name(Mode::waterway);
            case TerminalPart::rail:
                return mode_name(Mode::railway);
            case TerminalPart::yard:
                return "yard";
            case TerminalPart::gate:
                return "gate";
            case TerminalPart::tugs:
                return "tugs";
        }
        return "";
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

    /// What is left of the time of resources, on average: `share` is that of the period in which this holds.
    void mark(const Disruption::Part& part, double share) {
        for (const Id<Facility> facility : part.facilities) mark(model_.facilities[facility], share);
        for (const Id<Facility> facility : part.tugs) {
            Tugs& tugs = *model_.facilities[facility].tugs;
            tugs.is_disrupted = true;
            lose(tugs.disrupted_share, share * lost_part(result_.fewer_tugs, tugs.count));
        }
        for (const Id<Terminal> id : part.gates) {
            model_.terminals[id].gate_disrupted = true;
            model_.terminals[id].has_gate = true;
        }
        for (const Id<Lock> id : part.locks) {
            Lock& lock = model_.locks[id];
            lock.is_disrupted = true;
            lose(lock.disrupted_share, share * lost_part(result_.fewer_chambers, lock.chambers));
        }
        for (const Id<Fleet> id : part.fleets) {
            Fleet& fleet = model_.fleets[id];
            fleet.is_disrupted = true;
            if (result_.slowness == 1.0) {
                lose(fleet.disrupted_share, share * lost_part(result_.fewer_vehicles, fleet.vehicles));
            }
        }
        for (const Id<Line> line : part.lines) model_.lines[line].is_disrupted = true;
    }

    void mark(Facility& facility, double share) const {
        const std::uint32_t cranes = result_.cranes_out(facility);
        const bool are_cranes_disrupted = result_.closes || cranes > 0 || result_.slowness != 1.0;
        facility.cranes.is_disrupted |= are_cranes_disrupted;
        lose(facility.cranes.disrupted_share, share * lost_part(cranes, facility.cranes.cranes));
        facility.berths_disrupted |= !facility.in_yard && (result_.closes || result_.fewer_berths > 0);
    }

    /// Of the time of so many servers, of which `fewer` are out, while this holds.
    double lost_part(std::uint32_t fewer, std::uint32_t servers) const {
        if (result_.closes) return 1.0;
        return fewer > 0 ? static_cast<double>(fewer) / servers : 1.0 - 1.0 / result_.slowness;
    }

    static void lose(double& lost, double more) { lost = 1.0 - (1.0 - lost) * (1.0 - more); }

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
        if (!facility.tugs) continue;
        facility.tugs->is_disrupted = false;
        facility.tugs->disrupted_share = 0.0;
    }
    for (Terminal& terminal : result.terminals) terminal.gate_disrupted = false;
    for (Lock& lock : result.locks) {
        lock.is_disrupted = false;
        lock.disrupted_share = 0.0;
    }
    for (Fleet& fleet : result.fleets) {
        fleet.is_disrupted = false;
        fleet.disrupted_share = 0.0;
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
