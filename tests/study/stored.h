// Stores for tests, without a scenario behind them.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "corridor/study/fingerprint.h"
#include "corridor/study/store.h"
#include "corridor/study/store_summary.h"

namespace corridor {

/// A study of `points` points with three outputs, the first a headline.
inline StoreStudy study_of(std::uint64_t points, std::uint64_t replications, const std::string& shard = "1/1") {
    return {.identity = {{"design", "d"},
                         {"outputs", "3"},
                         {"parameters", "1"},
                         {"points", std::to_string(points)},
                         {"replications", std::to_string(replications)},
                         {"shard", shard}},
            .provenance = {{"title", "A study"}},
            .parameters = {{.path = "service.a.departures.per_week", .unit = ""}},
            .outputs = {{"boxes", "total", "containers", true},
                        {"wait", "total", "h"},
                        {"'); DROP TABLE point; --", "\"", ""}},
            .points = points,
            .rule = {.replications = replications}};
}

inline std::string settings_of(std::uint64_t point) { return "[" + std::to_string(point) + "]"; }

/// Three numbers and a fingerprint that no other record has.
inline Record record_of(std::uint64_t point, std::uint64_t replication) {
    const auto number = static_cast<double>(point * 1000 + replication);
    return {point, replication, "", {number, number / 7, -1 / (number + 1)}, combined_fingerprint(point, replication)};
}

inline void fill(StoreWriter& store, std::uint64_t points, std::uint64_t replications) {
    for (std::uint64_t point = 0; point < points; ++point) {
        for (std::uint64_t replication = 0; replication < replications; ++replication) {
            store.add(record_of(point, replication));
        }
    }
    store.commit();
}

/// A complete store in one file.
inline void make_full_store(const std::string& path, std::uint64_t points, std::uint64_t replications) {
    StoreWriter store(path, study_of(points, replications), settings_of);
    fill(store, points, replications);
    store.finish();
}

inline std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_bytes(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

}  // namespace corridor
