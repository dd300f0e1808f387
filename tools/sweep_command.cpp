#include "sweep_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "commands.h"
#include "corridor/report/sweep_report.h"
#include "corridor/scenario/reader.h"
#include "corridor/scenario/study_file.h"
#include "corridor/study/store.h"
#include "corridor/study/sweep.h"
#include "exit_code.h"
#include "interrupt.h"
#include "output_target.h"
#include "page_file.h"
#include "progress_bar.h"
#include "store_failure.h"

namespace corridor::tools {
namespace {

class SweepCommand {
  public:
    SweepCommand(const Options& options, const Console& console, const PlannedSweep& planned, SweepCrew* crew)
        : options_(options),
          console_(console),
          crew_(crew),
          planned_(planned),
          sweep_(planned.sweep),
          store_path_(
              options.store.value_or(std::filesystem::path(planned.study.file).replace_extension(".sqlite").string())),
          record_(store_study(sweep_, planned.study, command())) {}

    int execute() {
        const InterruptWatch watching;
        std::vector<OutputTarget> targets;
        for (const std::string& file : files_of_store(store_path_)) targets.push_back({"--store", file});
        if (options_.page) targets.push_back({"--report", *options_.page});
        if (const int code = check_targets(targets, inputs(), console_); code != kFine) return code;
        const PageFile page(options_, console_);
        if (const int code = page.prepare(inputs()); code != kFine) return code;
        std::error_code ignored;  // it is told when the store is opened
        if (!std::filesystem::exists(store_path_, ignored) || options_.most_containers) {
            if (const int code = check(); code != kFine) return code;
        }
        if (const std::string_view kind = network_file_system(store_path_); !kind.empty()) {
            console_.warn(
                fmt::format("'{}' is on a network file system ({}), where a store may be damaged when several "
                            "machines open it; give --store a local path, and copy the file when all is done",
                            store_path_, kind));
        }
        StoreWriter store(
            store_path_, record_, [this](std::uint64_t point) { return settings_text(sweep_.design, point); },
            &interrupted());
        if (!store.damaged_copy().empty()) {
            console_.warn(
                fmt::format("'{}' was damaged; what could be read is kept and the rest is run again (the "
                            "damaged one is now '{}')",
                            store_path_, store.damaged_copy()));
        }
        const SweepResult result = run(store);
        if (result.is_cancelled) {
            console_.error(fmt::format("{}; {} replications are in '{}', and the same command goes on from there",
                                       interruption(), result.stored_before + result.runs, store_path_));
            return interruption_code();
        }
        if (result.stored_before > 0) {
            console_.note(fmt::format("{} replications were in '{}' before; {} were added", result.stored_before,
                                      store_path_, result.runs));
        }
        if (const int code = write(page, store); code != kFine) return code;
        if (const int code = console_.print(table(store)); code != kFine) return code;
        if (result.failures == 0) return kFine;
        console_.error(fmt::format("{} replications failed (the first: {}); the same command tries them again",
                                   result.failures, result.first_failure));
        return result.lacks_memory ? kEnvironment : kDefect;
    }

  private:
    // The study, the table of a list, and the files of the scenario.
    std::vector<std::string> inputs() const {
        std::vector<std::string> files = scenario::files_of(sweep_.base);
        files.push_back(planned_.study.file);
        for (const auto& parameter : planned_.study.parameters) files.push_back(parameter.place.file);
        return files;
    }

    int check() {
        ProgressBar bar(console_, "points checked");
        const Diagnostics errors = check_points(sweep_, options_.threads, watch(bar), options_.most_containers);
        if (interrupted()) {
            console_.error(fmt::format("{}; nothing was written", interruption()));
            return interruption_code();
        }
        if (errors.empty()) return kFine;
        console_.show(errors);
        return kBadInput;
    }

    SweepResult run(StoreWriter& store) {
        console_.note(fmt::format("{} points, {} outputs of each replication, into '{}'", sweep_.points_of_shard(),
                                  sweep_.outputs.size(), store_path_));
        ProgressBar bar(console_, "replications");
        if (crew_ == nullptr) return run_sweep(sweep_, store, options_.threads, watch(bar));
        crew_->begin(identity_of(planned_));
        return run_sweep(sweep_, store, *crew_, watch(bar));
    }

    static StudyWatch watch(ProgressBar& bar) {
        return {.stop = &interrupted(),
                .progress = [&bar](std::uint64_t done, std::uint64_t expected) { bar.show(done, expected); }};
    }

    std::string table(StoreWriter& store) const {
        SweepTable table(record_, sweep_.shown);
        const auto read = [&store](const std::function<void(const Record&)>& take) { return store.read(take); };
        const SummaryCounts counts = summarise(record_, read, [&](const PointSummary& point) {
            table.add(point, [&] { return settings_text(sweep_.design, point.point); });
        });
        return table.text(counts, shell_quoted(store_path_));
    }

    int write(const PageFile& page, StoreWriter& store) const {
        if (!page.is_asked()) return kFine;
        SweepJson json(record_, sweep_.base.title, sweep_.shown);
        const auto read = [&store](const std::function<void(const Record&)>& take) { return store.read(take); };
        const SummaryCounts counts = summarise(record_, read, [&](const PointSummary& point) {
            json.add(point, [&] { return settings_text(sweep_.design, point.point); });
        });
        return page.write(StudyPageParts{"sweep", sweep_.base, json.text(counts)});
    }

    // With everything that bears on the results, so without --threads and --store.
    std::string command() const {
        std::string line = command_text(options_);
        if (sweep_.shard.count == 1) return line;
        return line + fmt::format(" --shard {}/{}", sweep_.shard.number, sweep_.shard.count);
    }

    const Options& options_;
    const Console& console_;
    SweepCrew* crew_;
    const PlannedSweep& planned_;
    const Sweep& sweep_;
    std::string store_path_;
    StoreStudy record_;
};

}  // namespace

std::optional<PlannedSweep> read_sweep(const Options& options, const Console& console) {
    Result<scenario::StudyFile> study = scenario::read_study(options.scenario);
    if (!study.ok()) {
        console.show(study.diagnostics());
        return std::nullopt;
    }
    Result<scenario::Scenario> base = scenario::read_scenario(study.value().scenario);
    console.show(base.diagnostics());
    if (!base.ok()) return std::nullopt;
    Result<Sweep> sweep = plan_sweep(study.value(), std::move(base).value(), options.shard);
    if (!sweep.ok()) {
        console.show(sweep.diagnostics());
        return std::nullopt;
    }
    return PlannedSweep{std::move(study).value(), std::move(sweep).value()};
}

std::string identity_of(const PlannedSweep& planned) {
    std::string text;
    for (const StoreFact& fact : store_study(planned.sweep, planned.study, "").identity) {
        text += fmt::format("{}: {}\n", fact.name, fact.value);
    }
    return text;
}

int lead_sweep(const Options& options, const Console& console, SweepCrew* crew) {
    const std::optional<PlannedSweep> planned = read_sweep(options, console);
    if (!planned) return kBadInput;
    return with_store_failures(console, [&] { return SweepCommand(options, console, *planned, crew).execute(); });
}

bool is_started_by_mpi() {
    constexpr std::array kSetByLaunchers{"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK"};
    return std::ranges::any_of(kSetByLaunchers, [](const char* name) { return std::getenv(name) != nullptr; });
}

int sweep(const Options& options, const Console& console) {
    return is_started_by_mpi() ? sweep_together(options, console) : lead_sweep(options, console, nullptr);
}

}  // namespace corridor::tools
