#include <fmt/format.h>

#include <variant>

#include "corridor/scenario/limits.h"
#include "scenario/keys.h"
#include "scenario/keys_cost.h"
#include "scenario/quantity_form.h"
#include "scenario/time_form.h"

namespace corridor::scenario {
namespace {

constexpr Bounds kFormats{.low = 1, .high = 1};
constexpr Bounds kReplications{.low = 1, .high = 1e6};
constexpr Bounds kSeeds{.low = 0, .high = 9223372036854775807.0};

struct Period {
    std::optional<Instant> start;
    std::optional<Instant> end;
    Param warm_up;
};

const Keys<Period>& period_keys() {
    static const Keys<Period> keys{
        Key<Period>("start", &Period::start, InstantForm{})
            .required()
            .means("Start of the period.")
            .example("2020-01-01"),
        Key<Period>("end", &Period::end, InstantForm{})
            .required()
            .means("End of the period, exclusive.")
            .example("2020-07-01"),
        Key<Period>("warm_up", &Period::warm_up, quantity(kDuration))
            .or_else("\"0 h\"")
            .means("Time simulated before the start, and not measured, to fill the pipes.")
            .example("\"28 d\""),
    };
    return keys;
}

Instant years_after(Instant time, int years) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    return std::chrono::local_days{std::chrono::year_month_day{day} + std::chrono::years{years}} + (time - day);
}

void check_period(Reader& reader, const Item& item, Period& period) {
    if (!period.start || !period.end) return;
    if (*period.start < *period.end && *period.end <= years_after(*period.start, kLongestPeriodYears)) return;
    const std::string span = fmt::format("({} to {})", format_instant(*period.start), format_instant(*period.end));
    const Item end = item.at("end", *child(item.node, "end"));
    if (*period.start >= *period.end) return reader.error(end, "the period ends before it starts " + span);
    reader.error(end, fmt::format("the period is longer than {} years {}", kLongestPeriodYears, span),
                 "simulate some years of it");
}

/// Takes what [period] says.
struct PeriodOf {
    Scenario& scenario;
    void operator=(const Period& period) {
        scenario.start = period.start.value_or(Instant{});
        scenario.end = period.end.value_or(Instant{});
        scenario.warm_up = period.warm_up;
    }
};

struct Run {
    int replications = 1;
    std::uint64_t seed = 1;
    std::vector<Param> delivered_within;
};

const Keys<Run>& run_keys() {
    static const Keys<Run> keys{
        Key<Run>("replications", &Run::replications, WholeForm<int>{kReplications})
            .or_else("20")
            .means("How many simulated histories.")
            .example("100"),
        Key<Run>("seed", &Run::seed, WholeForm<std::uint64_t>{kSeeds})
            .or_else("1")
            .means("Seed of all random streams.")
            .example("42"),
        Key<Run>("delivered_within", &Run::delivered_within, list_of(quantity(kDuration, kPositive)))
            .means("Time limits for the share of containers delivered within them.")
            .example("[\"3 d\", \"7 d\"]"),
    };
    return keys;
}

/// Takes what [run] says.
struct RunOf {
    Scenario& scenario;
    void operator=(const Run& run) {
        scenario.replications = run.replications;
        scenario.seed = run.seed;
        scenario.delivered_within = run.delivered_within;
    }
};

/// CSV tables beside the scenario; they have become part of the tree before it is read.
struct TableFiles {};

const Keys<TableFiles>& table_file_keys() {
    const auto key = [](std::string_view name, std::string_view meaning, std::string_view example) {
        return Key<TableFiles>(name, kUsedElsewhere, TextForm{"a CSV file beside the scenario"})
            .means(meaning)
            .example(example);
    };
    static const Keys<TableFiles> keys{
        key("terminals", "Terminals (GMNS node.csv).", "\"node.csv\""),
        key("links", "Links (GMNS link.csv).", "\"link.csv\""),
        key("demand", "Demands, one a row: an origin-destination matrix in long form.", "\"demand.csv\""),
        key("calendar", "Dated closures and extra hours of terminals.", "\"calendar.csv\""),
        key("timetable", "Dated departures of services.", "\"timetable.csv\""),
        key("releases", "Listed releases of demands.", "\"releases.csv\""),
    };
    return keys;
}

/// [quantity.*]: read when first used, and here at the latest.
struct NamedQuantitiesForm {
    using Value = std::monostate;

    Shape shape() const { return {.kind = Shape::Kind::by_id, .parts = {any_quantity().shape()}}; }

    std::optional<std::monostate> read(Reader& reader, const Item& item) const {
        if (item.node.as<Table>() == nullptr) {
            reader.error(item, fmt::format("expected tables with ids, got {}", describe(item.node)));
            return std::nullopt;
        }
        const std::size_t size = reader.roster(item).entries().size();
        for (std::size_t position = 0; position < size; ++position) reader.read_named_quantity(position);
        return std::monostate{};
    }
};

template <class T>
using Entities = EntitiesForm<T, IdVector<T>>;

}  // namespace

// A table. NOLINTNEXTLINE(readability-function-size)
const Keys<Scenario>& document_keys() {
    static const Keys<Scenario> keys{
        Key<Scenario>("format", kUsedElsewhere, WholeForm<int>{kFormats})
            .or_else("1")
            .means("Version of the scenario language.")
            .example("1"),
        Key<Scenario>("title", &Scenario::title, TextForm{"a title"})
            .means("Title of the scenario.")
            .example("\"Upper Yangtze\""),
        Key<Scenario>("description", &Scenario::description, TextForm{})
            .means("What it is about.")
            .example("\"January to June 2020\""),
        Key<Scenario>("currency", &Scenario::currency, CurrencyForm{})
            .means("The currency of all money in the scenario, by its code (ISO 4217).")
            .example("\"CNY\""),
        Key<Scenario>("extends", kUsedElsewhere, TextForm{"a scenario file below this one's folder"})
            .means("A scenario that this one changes: tables are merged by id and key.")
            .example("\"base.toml\""),
        Key<Scenario>("sources", kUsedElsewhere, TextForm{"a CSV file beside the scenario"})
            .means("A CSV table of sources: id, title, url, kind, period, derived_from (ids separated by ;).")
            .example("\"sources.csv\""),
        Key<Scenario>("tables", kUsedElsewhere, TableForm<TableFiles>{table_file_keys()})
            .means("CSV tables beside the scenario.")
            .example("{ demand = \"demand.csv\" }"),
        Key<Scenario>(
            "period", [](Scenario& scenario) { return PeriodOf{scenario}; },
            TableForm<Period>{period_keys(), &check_period})
            .required()
            .means("What is simulated and measured.")
            .example("{ start = 2020-01-01, end = 2020-07-01 }"),
        Key<Scenario>("source", &Scenario::sources, Entities<Source>{source_keys(), &check_source})
            .means("Where numbers come from, by id.")
            .example("{ F001 = { kind = \"reported\", title = \"Port statistics\" } }"),
        Key<Scenario>("quantity", kUsedElsewhere, NamedQuantitiesForm{})
            .means("Numbers that several places share, by name; each is drawn once per replication.")
            .example("{ upstream-speed = { value = \"10.5 km/h\", range = [\"8 km/h\", \"13 km/h\"] } }"),
        Key<Scenario>(
            "run", [](Scenario& scenario) { return RunOf{scenario}; }, TableForm<Run>{run_keys()})
            .or_else("{}")
            .means("How it is run.")
            .example("{ replications = 20, seed = 1 }"),
        Key<Scenario>("terminal", &Scenario::terminals, Entities<Terminal>{terminal_keys(), &check_terminal})
            .required()
            .means("Ports and rail yards, by id.")
            .example("{ guoyuan = { quay_cranes = \"unlimited\" } }"),
        Key<Scenario>("link", &Scenario::links, Entities<Link>{link_keys(), &check_link})
            .means("Waterway reaches and railway lines between terminals, by id.")
            .example(
                "{ a-b = { mode = \"railway\", from = \"a\", to = \"b\", length = \"340 km\", speed = \"60 km/h\" } }"),
        Key<Scenario>("lock", &Scenario::locks, Entities<Lock>{lock_keys(), &check_lock})
            .means("Locks on waterways, by id.")
            .example("{ dam = { link = \"luzhou-guoyuan\", places = 4, cycle_time = \"1 h\" } }"),
        Key<Scenario>("vehicle", &Scenario::vehicle_types, Entities<VehicleType>{vehicle_keys(), &check_vehicle})
            .means("Vehicle types, by id.")
            .example("{ feeder = { mode = \"waterway\", capacity = \"150 TEU\" } }"),
        Key<Scenario>("fleet", &Scenario::fleets, Entities<Fleet>{fleet_keys(), &check_fleet})
            .means("Vehicles that several services run with, by id.")
            .example("{ river = { vehicles = { guoyuan = 3 } } }"),
        Key<Scenario>("service", &Scenario::services, Entities<Service>{service_keys(), &check_service})
            .means("Lines that vehicles run, by id.")
            .example("{ a-b = { route = [\"a\", \"b\"], directions = \"each\", vehicle = \"feeder\", departures = { "
                     "per_week = 7 } } }"),
        Key<Scenario>("demand", &Scenario::demands, Entities<Demand>{demand_keys(), &check_demand})
            .means("Flows of containers from an origin to a destination, by id.")
            .example("{ a-b = { from = \"a\", to = \"b\", rate = \"60 TEU/week\" } }"),
        Key<Scenario>("background", &Scenario::backgrounds, Entities<Background>{background_keys(), &check_background})
            .means("Calls of vehicles that are not modelled further, by id.")
            .example("{ liners = { terminal = \"a\", mode = \"waterway\", rate = \"40 /week\", moves = 120 } }"),
        Key<Scenario>("empties", &Scenario::empties, TableForm<Empties>{empties_keys(), &check_empties})
            .means("What is done about empty containers that are where nobody needs them; default: nothing.")
            .example("{ policy = \"plan\", review = \"24 h\" }"),
        Key<Scenario>("disruption", &Scenario::disruptions, Entities<Disruption>{disruption_keys(), &check_disruption})
            .means("What is closed, fewer or slower for a while, by id.")
            .example("{ flood = { of = [\"terminal.a.quay\"], closed = true, windows = [{ from = 2020-07-18, to = "
                     "2020-07-22 }] } }"),
        Key<Scenario>("reported", &Scenario::reported, Entities<Reported>{reported_keys(), &check_reported})
            .means("Published figures that simulated measures are held against, by id.")
            .example("{ shipped = { value = \"15900 containers\", use = \"validate\", reading = { all = { measure = "
                     "\"containers_shipped\", of = [\"total\"] } } } }"),
    };
    return keys;
}

Shape document_shape() { return {.kind = Shape::Kind::table, .keys = &document_keys().infos()}; }

}  // namespace corridor::scenario
