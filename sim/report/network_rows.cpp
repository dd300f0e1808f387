#include "report/network_rows.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "corridor/base/unit.h"
#include "corridor/report/table.h"

namespace corridor::report {
namespace {

using scenario::Mode;
using scenario::Param;
using scenario::Scenario;

constexpr int kMinutesPerDay = 24 * 60;
constexpr int kShownDigits = 6;
constexpr std::array<std::string_view, 7> kWeekdays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

std::string weekday_time(int minute_of_week) {
    const int minute = minute_of_week % kMinutesPerDay;
    return fmt::format("{} {:02}:{:02}", kWeekdays[static_cast<std::size_t>(minute_of_week / kMinutesPerDay) % 7],
                       minute / 60, minute % 60);
}

class Words {
  public:
    explicit Words(const Scenario& scenario)
        : scenario_(scenario), values_(scenario::stated_values(scenario.quantities)) {}

    std::string of(Param param) const {
        const scenario::Quantity& quantity = scenario_.quantities[param];
        const DisplayValue shown = display(values_[param], quantity.dimension, quantity.unit);
        const std::string number = number_text(shown.value, kShownDigits);
        return shown.unit.empty() ? number : fmt::format("{} {}", number, shown.unit);
    }
    std::string of(const std::optional<Param>& param, std::string_view otherwise) const {
        return param ? of(*param) : std::string{otherwise};
    }

    // "3", "unlimited", or "-" where the terminal has none.
    template <class Servers>
    std::string count(const std::optional<Servers>& servers) const {
        return servers ? of(servers->count, "unlimited") : "-";
    }

    std::string operator()(const scenario::PerWeek& d) const { return of(d.departures); }
    std::string operator()(const scenario::Headway& d) const {
        return fmt::format("every {} from {}", of(d.headway), format_instant(d.first));
    }
    std::string operator()(const scenario::Weekly& d) const {
        std::vector<std::string> times;
        for (const int minute : d.minutes) times.push_back(weekday_time(minute));
        return fmt::format("{}", fmt::join(times, ", "));
    }
    std::string operator()(const scenario::Dated& d) const {
        if (d.times.empty()) return "none";
        return fmt::format("{} from {} to {}", d.times.size(), format_instant(d.times.front()),
                           format_instant(d.times.back()));
    }
    std::string operator()(const scenario::WhenReady&) const { return "when ready"; }
    std::string operator()(const scenario::WhenFull&) const { return "when full"; }
    std::string operator()(const scenario::Continuous&) const { return "continuous"; }

    std::string departures(const scenario::Service& service) const {
        std::string out = of(service.departures);
        if (!service.return_departures) return out;
        return fmt::format("{}; back {}", out, of(*service.return_departures));
    }
    std::string of(const scenario::Departures& departures) const {
        std::string rule = std::visit(*this, departures.rule);
        const std::size_t exceptions = departures.cancelled.size() + departures.extra.size();
        if (exceptions == 0) return rule;
        return fmt::format("{} (with {} dated exception{})", rule, exceptions, exceptions == 1 ? "" : "s");
    }

    // "4", "fleet river", or "as needed".
    std::string fleet(const scenario::Service& service) const {
        if (service.shared_fleet.valid()) return "fleet " + scenario_.fleets[service.shared_fleet].id;
        return of(service.fleet, "as needed");
    }

    // "150 TEU", or "25 wagons of 2 TEU".
    std::string capacity(const scenario::VehicleType& vehicle) const {
        if (vehicle.capacity) return of(*vehicle.capacity);
        return fmt::format("{} wagons of {} TEU", of(*vehicle.wagons), of(*vehicle.teu_per_wagon));
    }

    // Speed or running time in one direction.
    std::string travel(const scenario::Link& link, scenario::Direction direction) const {
        const auto d = static_cast<std::size_t>(direction);
        return link.speed[d] ? of(*link.speed[d]) : of(link.running_time[d], "-");
    }

    std::string volume(const scenario::Demand& demand) const {
        if (demand.volume) return of(*demand.volume);
        if (demand.rate) return of(*demand.rate);
        std::int64_t containers = 0;
        for (const scenario::ListedRelease& release : demand.listed) containers += release.containers;
        return fmt::format("{} containers listed", containers);
    }

  private:
    const Scenario& scenario_;
    scenario::Values values_;
};

std::string position(const scenario::Terminal& terminal) {
    if (!terminal.latitude || !terminal.longitude) return "-";
    return fmt::format("{} {}", format_number(*terminal.latitude), format_number(*terminal.longitude));
}

NetworkTable terminals(const Scenario& scenario, const Words& words) {
    NetworkTable table{
        .title = "terminals",
        .columns = {"id", "name", "latitude, longitude", "berths", "quay cranes", "rail tracks", "rail cranes"},
        .rows = {}};
    constexpr auto kWater = static_cast<std::size_t>(Mode::waterway);
    constexpr auto kRail = static_cast<std::size_t>(Mode::railway);
    for (const scenario::Terminal& t : scenario.terminals) {
        table.rows.push_back({t.id, t.name, position(t), words.count(t.berths[kWater]), words.count(t.cranes[kWater]),
                              words.count(t.berths[kRail]), words.count(t.cranes[kRail])});
    }
    return table;
}

NetworkTable links(const Scenario& scenario, const Words& words) {
    NetworkTable table{.title = "links",
                       .columns = {"id", "mode", "from", "to", "length", "forward", "backward", "paths per day"},
                       .rows = {}};
    for (const scenario::Link& link : scenario.links) {
        table.rows.push_back({link.id, std::string{mode_name(link.mode)}, scenario.terminals[link.from].id,
                              scenario.terminals[link.to].id, words.of(link.length),
                              words.travel(link, scenario::Direction::forward),
                              words.travel(link, scenario::Direction::backward), words.of(link.paths_per_day, "-")});
    }
    return table;
}

NetworkTable locks(const Scenario& scenario, const Words& words) {
    NetworkTable table{.title = "locks",
                       .columns = {"id", "link", "at", "chambers", "places", "chamber length", "chamber width"},
                       .rows = {}};
    for (const scenario::Lock& lock : scenario.locks) {
        table.rows.push_back({lock.id, scenario.links[lock.link].id, words.of(lock.at, "half-way"),
                              words.of(lock.chambers), words.of(lock.places, "by size"),
                              words.of(lock.chamber_length, "-"), words.of(lock.chamber_width, "-")});
    }
    return table;
}

std::string_view directions_name(scenario::Directions directions) {
    switch (directions) {
        case scenario::Directions::one_way:
            return "one way";
        case scenario::Directions::each:
            return "each";
        case scenario::Directions::round_trip:
            return "round trip";
    }
    return "";
}

NetworkTable services(const Scenario& scenario, const Words& words) {
    NetworkTable table{
        .title = "services",
        .columns = {"id", "route", "directions", "vehicle", "capacity", "fleet", "departures", "cut-off"},
        .rows = {}};
    for (const scenario::Service& service : scenario.services) {
        std::vector<std::string_view> route;
        for (const auto terminal : service.route) route.push_back(scenario.terminals[terminal].id);
        const scenario::VehicleType& vehicle = scenario.vehicle_types[service.vehicle];
        table.rows.push_back({service.id, fmt::format("{}", fmt::join(route, " - ")),
                              std::string{directions_name(service.directions)}, vehicle.id, words.capacity(vehicle),
                              words.fleet(service), words.departures(service), words.of(service.cut_off)});
    }
    return table;
}

NetworkTable demand(const Scenario& scenario, const Words& words) {
    NetworkTable table{.title = "demand", .columns = {"id", "from", "to", "volume"}, .rows = {}};
    for (const scenario::Demand& d : scenario.demands) {
        table.rows.push_back({d.id, scenario.terminals[d.from].id, scenario.terminals[d.to].id, words.volume(d)});
    }
    return table;
}

}  // namespace

std::string_view mode_name(Mode mode) { return mode == Mode::waterway ? "waterway" : "railway"; }

std::vector<NetworkTable> network_tables(const Scenario& scenario) {
    const Words words(scenario);
    std::vector<NetworkTable> tables{terminals(scenario, words), links(scenario, words)};
    if (!scenario.locks.empty()) tables.push_back(locks(scenario, words));
    tables.push_back(services(scenario, words));
    tables.push_back(demand(scenario, words));
    return tables;
}

}  // namespace corridor::report
