#include <fmt/format.h>

#include <algorithm>

#include "calendar.h"
#include "compilation.h"
#include "corridor/base/random.h"
#include "outages.h"

namespace corridor::model {
namespace {

constexpr double kLargestYard = 1e8;  ///< TEU

std::uint32_t tugs_of(Numbers& numbers, const scenario::TugJob& job, std::uint32_t count) {
    const std::uint32_t tugs = numbers.count(job.tugs, 1.0, scenario::kMostPlaces);
    if (tugs > count) {
        numbers.error(job.tugs, fmt::format("is more than there are ({} tugs)", count), "no vehicle could ever move");
    }
    return tugs;
}

void add_tugs(Numbers& numbers, const scenario::Tugs& source, Facility& facility) {
    Tugs tugs;
    tugs.count = numbers.count(source.count, 1.0, scenario::kMostPlaces);
    if (source.docking) {
        tugs.docking = tugs_of(numbers, *source.docking, tugs.count);
        facility.entry_time = numbers.law(source.docking->time);
    }
    if (source.leaving) {
        tugs.leaving = {tugs_of(numbers, *source.leaving, tugs.count), numbers.law(source.leaving->time)};
    }
    facility.tugs = std::move(tugs);
}

void set_pace(Numbers& numbers, const scenario::Cranes& source, CranePool& cranes) {
    cranes.cranes = places(numbers, source.count);
    cranes.move_time = numbers.law(source.move_time);
}

Facility facility(Numbers& numbers, const scenario::Terminal& terminal, Mode mode) {
    const std::string stream = fmt::format("{}/{}", terminal.name, mode_name(mode));
    Facility result;
    result.mode = mode;
    result.entry_stream = stream_key("entry", stream);
    result.cranes.stream = stream_key("moves", stream);
    if (const auto& berths = terminal.berths[static_cast<std::size_t>(mode)]) {
        result.berths = places(numbers, berths->count);
        result.entry_time = numbers.law(berths->entry_time);
        if (berths->waiting_places) {
            result.waiting_places = numbers.count(*berths->waiting_places, 0.0, scenario::kMostPlaces);
        }
        if (mode == Mode::waterway && terminal.tugs) {
            add_tugs(numbers, *terminal.tugs, result);
            result.tugs->leaving_stream = stream_key("leaving", stream);
        }
    }
    if (const auto& cranes = terminal.cranes[static_cast<std::size_t>(mode)]) {
        set_pace(numbers, *cranes, result.cranes);
        result.cranes.sharing = cranes->sharing;
        if (cranes->per_vehicle) {
            result.cranes.per_vehicle = numbers.count(*cranes->per_vehicle, 1.0, scenario::kMostPlaces);
        }
    }
    return result;
}

Yard yard(Numbers& numbers, const scenario::Yard& source) {
    double teu = numbers.positive(source.capacity);
    if (teu > kLargestYard) {
        numbers.error(source.capacity, fmt::format("must be at most {} TEU", kLargestYard));
        teu = kLargestYard;
    }
    return {static_cast<std::uint32_t>(teu * kQuartersPerTeu + 0.5), source.when_full};
}

/// Breakdowns and dated outages of the cranes of one terminal and mode.
class OutageCompiler {
  public:
    /// `kind`: "quay_cranes"; `stream`: what its breakdowns are drawn by.
    OutageCompiler(Compilation& compilation, const scenario::Terminal& terminal, std::string_view kind,
                   std::string stream)
        : compilation_(compilation), terminal_(terminal), kind_(kind), stream_(std::move(stream)) {}

    void run(const scenario::Cranes& source, CranePool& cranes) {
        if (cranes.cranes == kUnlimited) {
            if (source.breakdowns) error(".breakdowns", "unlimited cranes cannot fail", "give 'count'");
            if (!source.out.empty()) error(".out", "unlimited cranes cannot be taken out", "give 'count'");
            if (source.sharing == CraneSharing::even) {
                error(".sharing", "unlimited cranes need not be shared", "give 'count'");
            }
            return;
        }
        if (source.breakdowns) add_breakdowns(*source.breakdowns, cranes);
        for (const scenario::CraneOutage& outage : source.out) add_outage(outage, cranes);
    }

  private:
    void error(std::string_view key, std::string message, std::string hint) {
        compilation_.error(terminal_, fmt::format("terminal.{}.{}{}", terminal_.id, kind_, key), std::move(message),
                           std::move(hint));
    }

    void add_breakdowns(const scenario::Breakdowns& source, CranePool& cranes) {
        Breakdowns result = breakdowns(compilation_.numbers, source);
        if (!can_be_kept(result, cranes.cranes, compilation_.model.window.to)) {
            return error(".breakdowns", "more than 1,000,000 breakdowns are expected in one run (they have to be kept)",
                         "give a longer 'time_to_failure', or a shorter run");
        }
        for (std::uint32_t c = 0; c < cranes.cranes; ++c) {
            result.streams.push_back(stream_key("breakdowns", fmt::format("{}/{}", stream_, c)));
        }
        cranes.breakdowns = std::move(result);
    }

    /// Takes the last cranes that are not out at the time.
    void add_outage(const scenario::CraneOutage& source, CranePool& cranes) {
        const Instant origin = compilation_.model.origin;
        const Window window{(source.from - origin).count(), (source.to - origin).count()};
        const std::uint32_t wanted =
            source.cranes ? compilation_.numbers.count(*source.cranes, 1.0, scenario::kMostPlaces) : cranes.cranes;
        cranes.out.resize(cranes.cranes);
        if (take_out(cranes.out, window, wanted) == 0) return;
        error(".out",
              fmt::format("{} to {} takes out more cranes than there are ({})", format_instant(source.from),
                          format_instant(source.to), cranes.cranes),
              "count each crane once; without 'cranes' all of them are out");
    }

    Compilation& compilation_;
    const scenario::Terminal& terminal_;
    std::string_view kind_;
    std::string stream_;
};

bool handles(const scenario::Terminal& terminal, Mode mode) {
    const auto m = static_cast<std::size_t>(mode);
    return terminal.berths[m] || terminal.cranes[m];
}

std::vector<Window> hours(Compilation& compilation, const scenario::Terminal& source, std::string_view key,
                          const std::vector<scenario::WeeklyWindow>& opening,
                          const std::vector<scenario::DatedWindow>& calendar) {
    const Model& model = compilation.model;
    std::vector<Window> open = opening_windows(opening, calendar, model.origin, compilation.calendar_end);
    const bool restricted = !opening.empty() || !calendar.empty();
    if (restricted && (open.empty() || open.front().from >= model.window.to)) {
        compilation.error(source, fmt::format("terminal.{}{}", source.id, key),
                          fmt::format("is never open within the run ({} to {})", format_instant(model.origin),
                                      format_instant(compilation.scenario.end)),
                          key.empty() ? "leave out the services that call here, or change 'opening' or 'closed'"
                                      : "leave out the gate, or change 'opening' or 'closed'");
    }
    return open;
}

Facility yard_cranes(Compilation& compilation, const scenario::Terminal& source, const scenario::Cranes& cranes) {
    const std::string stream = source.name + "/yard";
    Facility result;
    result.in_yard = result.in_turn = true;
    result.cranes.stream = stream_key("moves", stream);
    set_pace(compilation.numbers, cranes, result.cranes);
    OutageCompiler(compilation, source, "yard_cranes", stream).run(cranes, result.cranes);
    return result;
}

/// What lies between the gate and the cranes of vehicles.
void compile_yard(Compilation& compilation, const scenario::Terminal& source, Terminal& terminal) {
    if (source.yard) terminal.yard = yard(compilation.numbers, *source.yard);
    terminal.transfers_directly = source.transfer == scenario::Transfer::direct;
    if (!source.gate) return;
    terminal.gate_open = hours(compilation, source, ".gate", source.gate->opening, source.gate->calendar);
    terminal.has_gate = !terminal.gate_open.empty();
}

}  // namespace

void compile_terminals(Compilation& compilation) {
    const scenario::Scenario& scenario = compilation.scenario;
    Model& model = compilation.model;
    for (const scenario::Terminal& source : scenario.terminals) {
        Terminal terminal;
        terminal.id = source.id;
        terminal.name = source.name;
        terminal.transfer_time = compilation.numbers.duration(source.transfer_time);
        terminal.open = hours(compilation, source, "", source.opening, source.calendar);
        compile_yard(compilation, source, terminal);
        const Id<Terminal> id{model.terminals.size()};
        for (const Mode mode : scenario::kModes) {
            if (!handles(source, mode)) continue;
            Facility handling = facility(compilation.numbers, source, mode);
            if (const auto& cranes = source.cranes[static_cast<std::size_t>(mode)]) {
                OutageCompiler(compilation, source, mode == Mode::waterway ? "quay_cranes" : "rail_cranes",
                               fmt::format("{}/{}", source.name, mode_name(mode)))
                    .run(*cranes, handling.cranes);
            }
            handling.terminal = id;
            terminal.facilities[static_cast<std::size_t>(mode)] = model.facilities.push_back(std::move(handling));
        }
        if (source.yard_cranes) {
            Facility handling = yard_cranes(compilation, source, *source.yard_cranes);
            handling.terminal = id;
            terminal.yard_cranes = model.facilities.push_back(std::move(handling));
        }
        model.terminals.push_back(std::move(terminal));
    }
}

}  // namespace corridor::model
