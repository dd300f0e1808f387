#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <memory>
#include <utility>

#include "corridor/study/store.h"
#include "corridor/study/store_summary.h"
#include "corridor/study/sweep.h"
#include "study/store_lock.h"
#include "study/store_repair.h"

namespace corridor {
namespace {

// The stores of the shards of one study.
class ShardSet {
  public:
    ShardSet(const std::vector<std::string>& paths, const std::atomic<bool>* stop) : paths_(paths) {
        for (const std::string& path : paths) stores_.push_back(std::make_unique<StoreReader>(path, stop));
    }

    // All that keeps them from being the whole of one study.
    std::string problems() {
        for (std::size_t i = 1; i < stores_.size(); ++i) compare(i);
        check_numbers();
        if (problems_.empty()) {
            for (std::size_t i = 0; i < stores_.size(); ++i) check_whole(i);
        }
        return problems_;
    }

    StoreStudy study() const {
        StoreStudy study = stores_.front()->study();
        for (StoreFact& fact : study.identity) {
            if (fact.name == "shard") fact.value = "1/1";
        }
        study.provenance.push_back({"merged from", fmt::format("{}", fmt::join(paths_, ", "))});
        return study;
    }

    std::string settings(std::uint64_t point) { return stores_.front()->settings(point); }

    void copy_into(study::RecordInsert& insert) {
        for (const auto& store : stores_) {
            store->read([&insert](const Record& record) { insert.run(record); });
        }
    }

  private:
    void add(const std::string& problem) { problems_ += (problems_.empty() ? "" : "; ") + problem; }

    void compare(std::size_t i) {
        const StoreStudy& first = stores_.front()->study();
        for (const StoreFact& fact : stores_[i]->study().identity) {
            if (fact.name == "shard" || first.fact(fact.name) == fact.value) continue;
            add(fmt::format("'{}' is of another study than '{}': {} is {}, not {}", paths_[i], paths_.front(),
                            fact.name, fact.value, first.fact(fact.name)));
        }
    }

    void check_numbers() {
        const std::uint64_t count = shard_of(0).count;
        std::map<std::uint64_t, std::size_t> seen;
        for (std::size_t i = 0; i < paths_.size(); ++i) {
            const Shard shard = shard_of(i);
            if (shard.count != count) {
                add(fmt::format("'{}' is one of {} shards, '{}' one of {}", paths_[i], shard.count, paths_.front(),
                                count));
                continue;
            }
            const auto [known, is_first] = seen.emplace(shard.number, i);
            if (is_first) continue;
            add(fmt::format("'{}' and '{}' are both shard {}/{}", paths_[known->second], paths_[i], shard.number,
                            count));
        }
        tell_missing(seen, count);
    }

    void tell_missing(const std::map<std::uint64_t, std::size_t>& seen, std::uint64_t count) {
        constexpr std::size_t kMostTold = 10;
        std::vector<std::string> missing;
        for (std::uint64_t number = 1; number <= count && missing.size() < kMostTold; ++number) {
            if (!seen.contains(number)) missing.push_back(fmt::format("{}/{}", number, count));
        }
        if (missing.empty()) return;
        const std::uint64_t more = count - seen.size() - missing.size();
        add(fmt::format("shard{} {}{} missing", missing.size() == 1 ? "" : "s", fmt::join(missing, ", "),
                        more > 0              ? fmt::format(" and {} more are", more)
                        : missing.size() == 1 ? " is"
                                              : " are"));
    }

    void check_whole(std::size_t i) {
        StoreReader& store = *stores_[i];
        const auto read = [&store](const std::function<void(const Record&)>& take) { return store.read(take); };
        const SummaryCounts counts = summarise(store.study(), read, [](const PointSummary&) {});
        if (counts.incomplete == 0 && counts.inventory.is_sound()) return;
        add(fmt::format("'{}' lacks replications at {} of its {} points; run that shard again, which goes on",
                        paths_[i], counts.incomplete, counts.points));
    }

    Shard shard_of(std::size_t i) const { return shard_in(stores_[i]->study().fact("shard")); }

    const std::vector<std::string>& paths_;
    std::vector<std::unique_ptr<StoreReader>> stores_;
    std::string problems_;
};

}  // namespace

void merge_stores(const std::string& path, const std::vector<std::string>& shards, const std::atomic<bool>* stop) {
    const study::StoreLock lock(path);
    if (std::filesystem::exists(std::filesystem::symlink_status(path))) {
        throw StoreError(StoreError::Kind::unusable,
                         fmt::format("'{}' is there already; give another name for the whole", path));
    }
    ShardSet set(shards, stop);
    if (const std::string problems = set.problems(); !problems.empty())
        throw StoreError(StoreError::Kind::unusable, problems);
    study::make_store_in_place(
        path, set.study(), [&set](std::uint64_t point) { return set.settings(point); },
        [&set](study::RecordInsert& insert) { set.copy_into(insert); });
}

}  // namespace corridor
