#include "study/store_head.h"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

#include "corridor/study/store.h"

namespace corridor::study {
namespace {

using Byte = unsigned char;

constexpr std::size_t kHeadSize = 100;
constexpr std::size_t kPagesAt = 28;

// A part of the head that is the same in each store (https://www.sqlite.org/fileformat2.html, section 1.3).
struct Part {
    std::size_t at;
    std::string_view bytes;
};

using namespace std::string_view_literals;

constexpr std::array kParts{
    Part{0, "SQLite format 3\0"sv},
    Part{16, "\x10\0"sv},          // size of a page
    Part{20, "\0\x40\x20\x20"sv},  // bytes kept free, payload fractions
    Part{44, "\0\0\0\x04"sv},      // format of the schema
    Part{48, "\0\0\0\0"sv},        // size of the cache
    Part{52, "\0\0\0\0"sv},        // no automatic vacuum
    Part{56, "\0\0\0\x01"sv},      // UTF-8
    Part{60, "\0\0\0\x02"sv},      // user_version: the format of the store
    Part{64, "\0\0\0\0"sv},        // no incremental vacuum
    Part{68, "Corr"sv},            // application_id
    Part{72, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"sv},
};
constexpr std::size_t kFormatAt = 63;  // another one there is that of a newer or an older corridor

// Versions of the file format for writing and reading: 1, or 2 while there is a log.
constexpr std::size_t kVersionsAt = 18;

Byte byte_of(char character) { return static_cast<Byte>(character); }

}  // namespace

StoreHead look_at_head(const std::string& path) {
    constexpr int kFewBits = 8;
    std::array<char, kHeadSize> head{};
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    file.read(head.data(), head.size());
    if (file.bad()) {
        throw StoreError(StoreError::Kind::environment,
                         fmt::format("cannot read '{}': {}", path, std::generic_category().message(errno)));
    }
    const auto size = static_cast<std::size_t>(file.gcount());
    int bits = 0;
    for (const Part& part : kParts) {
        for (std::size_t i = 0; i < part.bytes.size() && part.at + i < size; ++i) {
            if (part.at + i == kFormatAt) continue;
            const unsigned difference = byte_of(head.at(part.at + i)) ^ unsigned { byte_of(part.bytes[i]) };
            bits += std::popcount(difference);
        }
    }
    for (std::size_t at = kVersionsAt; at < kVersionsAt + 2 && at < size; ++at) {
        if (head.at(at) != 1 && head.at(at) != 2) ++bits;
    }
    if (bits == 0) return StoreHead::sound;
    return bits <= kFewBits ? StoreHead::damaged : StoreHead::foreign;
}

void restore_head(const std::string& path) {
    std::error_code failure;
    const std::uintmax_t size = std::filesystem::file_size(path, failure);
    if (failure || size < kHeadSize) return;
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    const auto write = [&file](std::size_t at, std::string_view bytes) {
        file.seekp(static_cast<std::streamoff>(at));
        file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    };
    for (const Part& part : kParts) write(part.at, part.bytes);
    const bool has_log = std::filesystem::exists(path + "-wal");
    write(kVersionsAt, has_log ? "\x02\x02"sv : "\x01\x01"sv);
    const auto pages = static_cast<std::uint32_t>(size / kStorePage);
    std::string count;
    for (int shift = 24; shift >= 0; shift -= 8) count += static_cast<char>(pages >> static_cast<unsigned>(shift));
    write(kPagesAt, count);
    if (!file.flush()) {
        throw StoreError(StoreError::Kind::environment,
                         fmt::format("cannot write '{}': {}", path, std::generic_category().message(errno)));
    }
}

}  // namespace corridor::study
