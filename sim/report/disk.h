// Files and folders that are closed, or gone, at the end of a life.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

namespace corridor::report {

/// An open file that is closed at the end of its life.
class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }

    int get() const { return fd_; }

    /// 0, or the error number: a file system may report a failed write only here.
    int close() { return ::close(std::exchange(fd_, -1)) == 0 ? 0 : errno; }

  private:
    int fd_;
};

/// A folder and those above it that are missing. Those that were made meanwhile and stayed empty are removed at the end
/// of its life, so that a run that fails, or is killed, leaves no folder without results.
class MissingFolders {
  public:
    explicit MissingFolders(const std::filesystem::path& folder) {
        std::error_code ignored;
        for (std::filesystem::path path = std::filesystem::absolute(folder, ignored);
             !path.empty() && !std::filesystem::exists(path, ignored); path = path.parent_path()) {
            missing_.push_back(path);
        }
    }
    MissingFolders(const MissingFolders&) = delete;
    MissingFolders& operator=(const MissingFolders&) = delete;
    ~MissingFolders() {
        // The innermost first; what is not empty cannot be removed this way.
        for (const std::filesystem::path& path : missing_) {
            if (::rmdir(path.c_str()) != 0 && errno != ENOENT) return;
        }
    }

  private:
    std::vector<std::filesystem::path> missing_;
};

}  // namespace corridor::report
