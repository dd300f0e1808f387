// The first hundred bytes of a store's file, which are nearly the same in all of them.
#pragma once

#include <cstdint>
#include <string>

namespace corridor::study {

inline constexpr std::int64_t kStoreApplication = 0x436f7272;  // "Corr"
inline constexpr std::int64_t kStoreFormat = 2;
inline constexpr int kStorePage = 4096;  ///< bytes

enum class StoreHead {
    sound,
    damaged,  ///< a few bits are not as in any store
    foreign
};

/// Compares the first bytes of a file with those of a store. What SQLite changes there at will is not looked at.
/// A file that ends before is sound as far as it goes.
StoreHead look_at_head(const std::string& path);

/// Puts there what a store has. Throws StoreError `environment` where it cannot write.
void restore_head(const std::string& path);

}  // namespace corridor::study
