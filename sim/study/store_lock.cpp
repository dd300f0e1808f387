#include "study/store_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <thread>

#include "corridor/base/text.h"
#include "corridor/study/store.h"

namespace corridor::study {
namespace {

constexpr mode_t kLockMode = 0644;

[[noreturn]] void cannot_lock(const std::string& path, int error) {
    throw StoreError(StoreError::Kind::environment,
                     fmt::format("cannot lock '{}': {}", path, std::generic_category().message(error)));
}

std::string content_of(int file) {
    std::array<char, 256> text{};
    const ssize_t size = ::pread(file, text.data(), text.size(), 0);
    return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : "";
}

// The holder before has taken the name away between our opening the file and locking it.
bool has_name(int file, const std::string& path) {
    struct stat opened {};
    struct stat named {};
    return ::fstat(file, &opened) == 0 && ::stat(path.c_str(), &named) == 0 && opened.st_dev == named.st_dev &&
           opened.st_ino == named.st_ino;
}

// False, and the reason in `errno`, where it cannot be written. A write may take a part.
bool write_from_start(int file, std::string_view text) {
    off_t at = 0;
    while (!text.empty()) {
        const ssize_t size = ::pwrite(file, text.data(), text.size(), at);
        if (size < 0) return false;
        at += size;
        text.remove_prefix(static_cast<std::size_t>(size));
    }
    return true;
}

// Writing there changes nothing else.
bool is_plain(int file) {
    struct stat opened {};
    return ::fstat(file, &opened) == 0 && S_ISREG(opened.st_mode) && opened.st_nlink <= 1;
}

}  // namespace

std::string without_links(const std::string& path) {
    namespace fs = std::filesystem;
    std::error_code ignored;
    const bool is_link = fs::is_symlink(path, ignored);
    const fs::path resolved = is_link ? fs::weakly_canonical(path, ignored) : fs::path(path);
    std::string file = ignored ? path : resolved.string();
    struct stat status {};
    if (::stat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode) && status.st_nlink > 1) {
        throw StoreError(StoreError::Kind::unusable,
                         fmt::format("'{}' is one of {} names of the same file (hard links), and each could be written "
                                     "to by another process; remove the others, or give a copy",
                                     path, status.st_nlink));
    }
    return file;
}

std::string host_name() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

StoreLock::StoreLock(const std::string& path) : path_(path + "-lock") {
    // Whoever was killed a moment ago may still hold it.
    constexpr std::chrono::milliseconds kPatience{500};
    constexpr std::chrono::milliseconds kBetweenTries{20};
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (file_ < 0) {
        const int file = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, kLockMode);
        if (file < 0) cannot_lock(path, errno);
        if (!is_plain(file)) {
            ::close(file);
            throw StoreError(
                StoreError::Kind::environment,
                fmt::format("'{}' is no lock of corridor (a pipe, or a file with other names); remove it", path_));
        }
        if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
            const int error = errno;
            const std::string holder = content_of(file);
            ::close(file);
            if (error != EWOULDBLOCK) cannot_lock(path, error);
            if (std::chrono::steady_clock::now() < deadline) {
                std::this_thread::sleep_for(kBetweenTries);
                continue;
            }
            throw StoreError(StoreError::Kind::in_use,
                             fmt::format("'{}' is in use by {}; wait for it to end, or give another --store", path,
                                         holder.empty() ? "another process" : holder));
        }
        if (has_name(file, path_)) {
            file_ = file;
        } else {
            ::close(file);
        }
    }
    const std::string holder = fmt::format("process {} on {}", ::getpid(), printable(host_name()));
    if (::ftruncate(file_, 0) != 0 || !write_from_start(file_, holder)) {
        const int error = errno;
        ::unlink(path_.c_str());
        ::close(file_);
        cannot_lock(path, error);
    }
}

StoreLock::~StoreLock() {
    ::unlink(path_.c_str());
    ::close(file_);
}

}  // namespace corridor::study
