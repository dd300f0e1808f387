#include "corridor/report/output_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "corridor/base/contract.h"
#include "corridor/report/write_all.h"

namespace corridor {
namespace {

using Kind = OutputProblem::Kind;
namespace fs = std::filesystem;

constexpr const char* kProbeName = ".corridor-write-test";
constexpr const char* kUnfinished = ".unfinished";
constexpr mode_t kFileMode = 0666;

OutputProblem cannot(const char* action, const fs::path& path, int error) {
    return {
        .kind = Kind::environment,
        .message = fmt::format("cannot {} '{}': {}", action, path.string(), std::generic_category().message(error))};
}

// An open file that is closed at the end of its life.
class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }

    int get() const { return fd_; }

    // 0, or the error number: a file system may report a failed write only here.
    int close() { return ::close(std::exchange(fd_, -1)) == 0 ? 0 : errno; }

  private:
    int fd_;
};

// 0, or the error number.
int write_to_disk(const fs::path& path, std::string_view content) {
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, kFileMode));
    if (file.get() < 0) return errno;
    if (const int error = write_all(file.get(), content); error != 0) return error;
    if (::fsync(file.get()) != 0) return errno;
    return file.close();
}

int sync_folder(const fs::path& folder) {
    const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.get() < 0) return errno;
    return ::fsync(directory.get()) == 0 ? 0 : errno;
}

// A folder and those above it that are missing. Those that were made meanwhile and stayed empty are removed at the end
// of its life, so that a run that fails, or is killed, leaves no folder without results.
class MissingFolders {
  public:
    explicit MissingFolders(const fs::path& folder) {
        std::error_code ignored;
        for (fs::path path = fs::absolute(folder, ignored); !path.empty() && !fs::exists(path, ignored);
             path = path.parent_path()) {
            missing_.push_back(path);
        }
    }
    MissingFolders(const MissingFolders&) = delete;
    MissingFolders& operator=(const MissingFolders&) = delete;
    ~MissingFolders() {
        // The innermost first; what is not empty cannot be removed this way.
        for (const fs::path& path : missing_) {
            if (::rmdir(path.c_str()) != 0 && errno != ENOENT) return;
        }
    }

  private:
    std::vector<fs::path> missing_;
};

OutputProblem make(const fs::path& folder) {
    std::error_code failure;
    fs::create_directories(folder, failure);
    return failure ? cannot("make the folder", folder, failure.value()) : OutputProblem{};
}

fs::path unfinished(const fs::path& path) { return path.string() + kUnfinished; }

void remove_unfinished(const fs::path& folder, const std::vector<OutputFile>& files) {
    std::error_code ignored;
    for (const OutputFile& file : files) fs::remove(unfinished(folder / file.name), ignored);
}

}  // namespace

OutputFolder::OutputFolder(fs::path folder, std::vector<std::string> file_names, Existing existing)
    : folder_(std::move(folder)), file_names_(std::move(file_names)), existing_(existing) {}

OutputProblem OutputFolder::prepare() const {
    const MissingFolders missing(folder_);
    if (OutputProblem problem = make(folder_); problem.kind != Kind::none) return problem;

    const auto earlier = std::ranges::find_if(file_names_, [this](const std::string& name) {
        std::error_code ignored;
        return fs::exists(fs::symlink_status(folder_ / name, ignored));
    });
    if (earlier != file_names_.end() && existing_ == Existing::refuse) {
        return {.kind = Kind::exists_already,
                .message = fmt::format("'{}' holds the results of an earlier run ({}); give another folder, or --force "
                                       "to replace them",
                                       folder_.string(), *earlier)};
    }
    const fs::path probe = folder_ / kProbeName;
    if (const int error = write_to_disk(probe, ""); error != 0) return cannot("write to", folder_, error);
    std::error_code ignored;
    fs::remove(probe, ignored);
    return {};
}

OutputProblem OutputFolder::write(const std::vector<OutputFile>& files) const {
    const MissingFolders missing(folder_);
    if (OutputProblem problem = make(folder_); problem.kind != Kind::none) return problem;
    for (const OutputFile& file : files) {
        expects(std::ranges::find(file_names_, file.name) != file_names_.end(), "an output file is announced");
        const fs::path path = folder_ / file.name;
        if (const int error = write_to_disk(unfinished(path), file.content); error != 0) {
            remove_unfinished(folder_, files);
            return cannot("write", path, error);
        }
    }
    for (const OutputFile& file : files) {
        const fs::path path = folder_ / file.name;
        if (::rename(unfinished(path).c_str(), path.c_str()) != 0) {
            const int error = errno;
            remove_unfinished(folder_, files);
            return cannot("write", path, error);
        }
    }
    if (const int error = sync_folder(folder_); error != 0) return cannot("write to", folder_, error);
    return {};
}

}  // namespace corridor
