// The store of a study: one SQLite file with its design and every replication, which survives whatever ends the
// process. Its tables are described in docs/store.md.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/study/design.h"
#include "corridor/study/stop_rule.h"

namespace corridor {

/// Why a store cannot be used.
class StoreError : public std::runtime_error {
  public:
    enum class Kind {
        environment,  ///< disk, permissions
        in_use,       ///< by another process
        interrupted,  ///< on request
        unusable,     ///< no store, or that of another study
        damaged
    };
    StoreError(Kind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
    Kind kind() const { return kind_; }

  private:
    Kind kind_;
};

/// Something that a store says of its study.
struct StoreFact {
    std::string name;
    std::string value;
};

/// One of the numbers that are kept of a replication.
struct Output {
    std::string name;     ///< of the measure; "reported" for a reading of a reported figure
    std::string subject;  ///< "service.feeder.2020-01"; "shipped/all"
    std::string unit;
    bool is_headline = false;  ///< counts for the precision
};

/// The last output of a sweep: the highest offered load of what queues at a point, over total, in shares of what there
/// is. From 1 on some queue has no steady state.
inline constexpr std::string_view kHighestLoad = "offered_load_highest";

/// What a store is about.
struct StoreStudy {
    std::vector<StoreFact> identity;    ///< what decides the results: a sweep goes on only where all of it agrees
    std::vector<StoreFact> provenance;  ///< how they came about
    std::vector<DesignParameter> parameters;
    std::vector<Output> outputs;
    std::uint64_t points = 0;
    StopRule rule;

    /// The value of a fact; empty where there is none.
    std::string_view fact(std::string_view name) const;
};

/// The failure of a replication for which the process had no memory.
inline constexpr std::string_view kNoMemory = "there is not enough memory for it";

/// One replication at one point, as it is stored.
struct Record {
    std::uint64_t point = 0;
    std::uint64_t replication = 0;
    std::string failure;            ///< why there are no outputs; empty where there are
    std::vector<double> outputs;    ///< one for each of the study's, NaN where undefined; none after a failure
    std::uint64_t fingerprint = 0;  ///< of its trajectory; 0 after a failure

    bool operator==(const Record&) const = default;
};

/// A list of numbers as JSON, each in the shortest form that reads back the same. NaN is null.
std::string outputs_text(const std::vector<double>& outputs);

/// And back; false where the text is anything else.
bool parse_outputs(std::string_view text, std::vector<double>& outputs);

/// The settings of a point as JSON: one for each parameter, a number where the parameter has a unit, null where it is
/// left as in the scenario.
std::string settings_text(const Design& design, std::uint64_t point);

/// What was found on reading all of a store.
struct Inventory {
    std::uint64_t records = 0;
    std::uint64_t damaged = 0;  ///< rows that are not what was written, or not there any more as far as that shows
    bool is_sound() const { return damaged == 0; }
};

/// Reads a store; may be used while a sweep writes to it, and then sees what was there when it was opened.
class StoreReader {
  public:
    /// Throws `interrupted`, here and while it reads, once `stop` is set.
    explicit StoreReader(const std::string& path, const std::atomic<bool>* stop = nullptr);
    ~StoreReader();
    StoreReader(StoreReader&&) noexcept;
    StoreReader& operator=(StoreReader&&) = delete;

    const StoreStudy& study() const;

    /// The settings of a point, JSON.
    std::string settings(std::uint64_t point);

    /// Every sound record, by point and replication. What is damaged is left out and counted.
    Inventory read(const std::function<void(const Record&)>& take);

  private:
    class State;
    std::unique_ptr<State> state_;
};

/// The kind of network file system that a store of this path would be on ("NFS"); empty for others, as far as is known.
/// SQLite's write-ahead log takes shared memory, which machines do not share.
std::string_view network_file_system(const std::string& path);

/// The one writer of a store. It holds a lock that ends with the process, however that ends.
class StoreWriter {
  public:
    /// Opens the store at `path`, or makes it. Where it is damaged, a sound one with all records that could be read
    /// takes its place, and the damaged one is kept beside it. Throws `unusable` where it is that of another study,
    /// with all that differs.
    /// `settings` gives those of a point. Reading a large store takes time: once `stop` is set that throws
    /// `interrupted`, here and later; what was added stays.
    StoreWriter(const std::string& path, const StoreStudy& study,
                const std::function<std::string(std::uint64_t point)>& settings,
                const std::atomic<bool>* stop = nullptr);
    ~StoreWriter();
    StoreWriter(const StoreWriter&) = delete;
    StoreWriter& operator=(const StoreWriter&) = delete;

    bool is_new() const;                      ///< there was none
    const std::string& damaged_copy() const;  ///< where the damaged one is kept; empty where it was sound

    /// Every record, by point and replication.
    Inventory read(const std::function<void(const Record&)>& take);

    /// Takes away all records that say why there are no outputs: they are to be made again.
    std::uint64_t forget_failures();

    /// Adds a record, in place of one with its key. It is safe once it was committed.
    void add(const Record& record);
    void commit();

    /// Leaves one file that opens anywhere.
    void finish();

  private:
    class State;
    std::unique_ptr<State> state_;
};

/// Makes the store of a whole study at `path`, which must not be there, out of those of all its shards. Throws
/// `unusable` unless they are all of one study, each there once and complete, and `interrupted` once `stop` is set.
void merge_stores(const std::string& path, const std::vector<std::string>& shards,
                  const std::atomic<bool>* stop = nullptr);

}  // namespace corridor
