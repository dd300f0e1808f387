// What is done with the stores of sweeps.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "commands.h"
#include "corridor/report/output_folder.h"
#include "corridor/report/sweep_report.h"
#include "corridor/study/store.h"
#include "interrupt.h"
#include "output_target.h"
#include "store_failure.h"
#include "study_end.h"

namespace corridor::tools {
namespace {

// Says what is missing of a store's results.
void tell_gaps(const SummaryCounts& counts, const Console& console) {
    if (counts.inventory.damaged > 0) {
        console.warn(fmt::format("damaged and left out: {} of the records; run the sweep again, which makes them anew",
                                 counts.inventory.damaged));
    }
    if (counts.incomplete > 0) {
        console.warn(fmt::format("{} of {} points lack replications; run the sweep again, which goes on",
                                 counts.incomplete, counts.points));
    }
    if (counts.failed > 0) console.warn(fmt::format("{} of {} points failed", counts.failed, counts.points));
}

class ExportCommand {
  public:
    ExportCommand(const Options& options, const Console& console) : options_(options), console_(console) {}

    int execute() {
        if (options_.format == Format::xlsx && (!options_.out || options_.exports_replications)) {
            console_.error(
                "a workbook holds means by point, and goes to a file; leave --replications out, and give --out "
                "FILE.xlsx");
            return kBadInput;
        }
        const InterruptWatch watching;
        StoreReader store(options_.scenario, &interrupted());
        return options_.out ? to_file(store) : to_standard_output(store);
    }

  private:
    int to_file(StoreReader& store) const {
        const std::filesystem::path path(*options_.out);
        const std::vector<OutputTarget> targets{{"--out", *options_.out}};
        if (const int code = check_targets(targets, files_of_store(options_.scenario), console_); code != kFine) {
            return code;
        }
        const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
        const OutputFolder target(folder, {path.filename().string()},
                                  options_.replaces_results ? Existing::replace : Existing::refuse);
        if (const int code = end_of(target.prepare(), console_); code != kFine) return code;
        OutputStream file = target.open(path.filename().string());
        if (options_.format == Format::xlsx) return workbook(store, file);
        const SummaryCounts counts = write(store, [&file](std::string_view text) { file.write(text); });
        return end_with(file.commit(), counts);
    }

    // A workbook is written by a library, under another name.
    int workbook(StoreReader& store, OutputStream& file) const {
        const auto counts = write_points_xlsx(store, file.scratch().string());
        if (!counts) {
            console_.error(
                fmt::format("a sheet holds {} rows, and {} points with {} outputs each have more; write CSV, "
                            "or keep fewer measures",
                            kMostSheetRows, store.study().points, store.study().outputs.size()));
            return kBadInput;
        }
        file.take_scratch([&file](std::string_view piece) { file.write(piece); });
        return end_with(file.commit(), *counts);
    }

    SummaryCounts write(StoreReader& store, const TextSink& sink) const {
        return options_.exports_replications ? write_replications_csv(store, sink) : write_points_csv(store, sink);
    }

    int to_standard_output(StoreReader& store) const {
        int code = kFine;
        const SummaryCounts counts = write(store, [&](std::string_view text) {
            if (code == kFine) code = console_.print(text);
        });
        if (code == kFine) tell_gaps(counts, console_);
        return code;
    }

    int end_with(const OutputProblem& problem, const SummaryCounts& counts) const {
        const int code = end_of(problem, console_);
        if (code == kFine) tell_gaps(counts, console_);
        return code;
    }

    const Options& options_;
    const Console& console_;
};

}  // namespace

int export_store(const Options& options, const Console& console) {
    return with_store_failures(console, [&] { return ExportCommand(options, console).execute(); });
}

int merge(const Options& options, const Console& console) {
    return with_store_failures(console, [&] {
        if (const int code = check_targets({{"merge", options.scenario}}, options.shards, console); code != kFine)
            return code;
        const InterruptWatch watching;
        merge_stores(options.scenario, options.shards, &interrupted());
        return kFine;
    });
}

}  // namespace corridor::tools
