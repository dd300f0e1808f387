// What a sweep found: files for analysts out of a store, and a table for a terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "corridor/study/store.h"
#include "corridor/study/store_summary.h"

namespace corridor {

/// Takes the text of a file piece by piece.
using TextSink = std::function<void(std::string_view)>;

/// One row for each point and output: the point's settings, mean, 95 % interval, standard deviation, samples, and the
/// fingerprint of the point's trajectories.
SummaryCounts write_points_csv(StoreReader& store, const TextSink& sink);

/// One row for each replication: settings, failure, fingerprint of the trajectory, then a column for each output.
SummaryCounts write_replications_csv(StoreReader& store, const TextSink& sink);

/// The same rows as `write_points_csv` as a workbook in the file `path`, with a sheet on the study. Nothing is written,
/// and nothing returned, where a sheet cannot hold so many rows.
std::optional<SummaryCounts> write_points_xlsx(StoreReader& store, const std::string& path);

/// What a page shows: {scenario {title}, version, command, parameters [{path, unit}], outputs [{name, subject, unit}],
/// points [{settings [], fingerprint, means [{mean, ci95, samples}]}], counts {points, replications, failed}}, of the
/// outputs at the positions `shown`. Of more than `kMostPagePoints` points the first.
class SweepJson {
  public:
    SweepJson(const StoreStudy& study, const std::string& title, std::vector<std::size_t> shown);
    SweepJson(const SweepJson&) = delete;
    SweepJson& operator=(const SweepJson&) = delete;
    ~SweepJson();

    static constexpr std::size_t kMostPagePoints = 5'000;

    void add(const PointSummary& point, const std::function<std::string()>& settings);
    std::string text(const SummaryCounts& counts);

  private:
    class State;
    std::unique_ptr<State> state_;
};

inline constexpr std::uint64_t kMostSheetRows = 1'048'576;

/// Some outputs of the first points, and which have queues without a steady state.
class SweepTable {
  public:
    /// `shown` are positions among the outputs.
    SweepTable(const StoreStudy& study, std::vector<std::size_t> shown) : study_(study), shown_(std::move(shown)) {}

    static constexpr std::size_t kMostRows = 20;

    /// `settings` is the JSON of the point; asked for only while there is room.
    void add(const PointSummary& point, const std::function<std::string()>& settings);

    /// `store` is the path of the store, quoted for a shell.
    std::string text(const SummaryCounts& counts, const std::string& store) const;

  private:
    const StoreStudy& study_;
    std::vector<std::size_t> shown_;
    std::vector<std::vector<std::string>> rows_;
    std::uint64_t overloaded_ = 0;                ///< points, of all
    std::vector<std::string> overloaded_points_;  ///< the first of them
};

}  // namespace corridor
