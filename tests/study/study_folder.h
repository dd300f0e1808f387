// A folder with a small study: a week of barges, few or many, for more or fewer containers.
#pragma once

#include <doctest/doctest.h>

#include <atomic>
#include <memory>
#include <string>

#include "corridor/report/sweep_report.h"
#include "corridor/scenario/reader.h"
#include "corridor/study/sweep.h"
#include "model/compiled.h"
#include "tools/shell.h"

namespace corridor {

inline constexpr const char* kGrid =
    "design = { kind = \"grid\" }\nreplications = 5\n[parameter]\n"
    "\"service.s.departures.per_week\" = [7, 14]\n\"demand.d.volume\" = [\"30 containers\", "
    "\"50 containers\", \"70 containers\"]\n";

/// 70 containers a week go down from a to c; a barge goes every day.
inline std::string river_text() {
    return model::kRiver + model::kDemand + "release = \"poisson\"\n[service.s]\nvehicle = \"barge\"\n" +
           "route = [\"a\", \"c\"]\ndirections = \"one-way\"\ndepartures = { per_week = 7 }\n";
}

class StudyFolder : public tests::Scratch {
  public:
    explicit StudyFolder(const std::string& study) {
        file("scenario.toml", river_text());
        file("study.toml", "scenario = \"scenario.toml\"\n" + study);
    }

    std::string at(const std::string& name) const { return (path() / name).string(); }

    scenario::StudyFile study() const {
        auto study = scenario::read_study(at("study.toml"));
        INFO(render(study.diagnostics()));
        REQUIRE(study.ok());
        return std::move(study).value();
    }

    Result<Sweep> plan(Shard shard = {}) const {
        auto base = scenario::read_scenario(at("scenario.toml"));
        REQUIRE(base.ok());
        return plan_sweep(study(), std::move(base).value(), shard);
    }

    Sweep sweep(Shard shard = {}) const {
        auto planned = plan(shard);
        INFO(render(planned.diagnostics()));
        REQUIRE(planned.ok());
        return std::move(planned).value();
    }

    /// Runs into the store `name`; interrupted once so many replications are there, where that is asked.
    SweepResult run(const std::string& name, unsigned threads, Shard shard = {},
                    std::uint64_t interrupt_at = ~std::uint64_t{0}) const {
        const Sweep sweep = this->sweep(shard);
        const std::unique_ptr<StoreWriter> store = writer(name, sweep);
        std::atomic<bool> stop{false};
        const StudyWatch watch{.stop = &stop, .progress = [&](std::uint64_t done, std::uint64_t) {
                                   if (done >= interrupt_at) stop = true;
                               }};
        return run_sweep(sweep, *store, threads, watch);
    }

    std::unique_ptr<StoreWriter> writer(const std::string& name, const Sweep& sweep) const {
        return std::make_unique<StoreWriter>(
            at(name), store_study(sweep, study(), "corridor sweep"),
            [&sweep](std::uint64_t point) { return settings_text(sweep.design, point); });
    }

    /// Everything that a store exports.
    std::string exported(const std::string& name) const {
        std::string text;
        const TextSink sink = [&text](std::string_view piece) { text += piece; };
        StoreReader store(at(name));
        const SummaryCounts counts = write_points_csv(store, sink);
        CHECK(counts.incomplete == 0);
        write_replications_csv(store, sink);
        return text;
    }
};

}  // namespace corridor
