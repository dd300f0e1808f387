#include "corridor/report/output_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <optional>
#include <system_error>
#include <utility>

#include "corridor/base/contract.h"
#include "corridor/report/write_all.h"
#include "report/disk.h"

namespace corridor {
namespace {

using Kind = OutputProblem::Kind;
using report::Descriptor;
using report::MissingFolders;
namespace fs = std::filesystem;

constexpr const char* kProbeName = ".corridor-write-test";
constexpr const char* kUnfinished = ".unfinished";
constexpr mode_t kFileMode = 0666;

OutputProblem cannot(const char* action, const fs::path& path, int error) {
    return {
        .kind = Kind::environment,
        .message = fmt::format("cannot {} '{}': {}", action, path.string(), std::generic_category().message(error))};
}

// What is there is not written through: it may be a link, or a pipe that nobody reads.
int open_new(const fs::path& path) {
    std::error_code ignored;
    if (!fs::is_directory(fs::symlink_status(path, ignored))) ::unlink(path.c_str());
    return ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, kFileMode);
}

// 0, or the error number.
int write_to_disk(const fs::path& path, std::string_view content) {
    Descriptor file(open_new(path));
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

OutputProblem make(const fs::path& folder) {
    std::error_code failure;
    fs::create_directories(folder, failure);
    return failure ? cannot("make the folder", folder, failure.value()) : OutputProblem{};
}

fs::path unfinished(const fs::path& path) { return path.string() + kUnfinished; }
fs::path scratch_of(const fs::path& path) { return unfinished(path).string() + "-scratch"; }

// What stands at the place of a result and is none, so that not even --force replaces it.
std::string_view kind_of_other(const fs::path& path) {
    std::error_code ignored;
    switch (fs::symlink_status(path, ignored).type()) {
        case fs::file_type::none:
        case fs::file_type::not_found:
            return {};
        case fs::file_type::directory:
            return "a folder";
        case fs::file_type::symlink:
            return "a symbolic link";
        case fs::file_type::regular:
            break;
        default:
            return "no regular file";
    }
    constexpr std::string_view kDatabase{"SQLite format 3\0", 16};
    std::array<char, kDatabase.size()> head{};
    std::ifstream(path, std::ios::binary).read(head.data(), head.size());
    return std::string_view(head.data(), head.size()) == kDatabase ? "the store of a sweep" : std::string_view{};
}

// As long as the longest name that a file has while it is written.
fs::path probe_in(const fs::path& folder, const std::vector<std::string>& names) {
    std::string probe = kProbeName;
    for (const std::string& name : names) probe.resize(std::max(probe.size(), unfinished(name).native().size()), '-');
    return folder / probe;
}

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
    for (const std::string& name : file_names_) {
        if (const std::string_view other = kind_of_other(folder_ / name); !other.empty()) {
            return {.kind = Kind::exists_already,
                    .message = fmt::format("'{}' is {}; give another name",
                                           (folder_ / name).lexically_normal().string(), other)};
        }
    }

    const auto earlier = std::ranges::find_if(file_names_, [this](const std::string& name) {
        std::error_code ignored;
        return fs::exists(fs::symlink_status(folder_ / name, ignored));
    });
    if (earlier != file_names_.end() && existing_ == Existing::refuse && file_names_.size() == 1) {
        return {.kind = Kind::exists_already,
                .message = fmt::format("'{}' is there already; give another name, or --force to replace it",
                                       (folder_ / *earlier).lexically_normal().string())};
    }
    if (earlier != file_names_.end() && existing_ == Existing::refuse) {
        return {.kind = Kind::exists_already,
                .message = fmt::format("'{}' holds the results of an earlier run ({}); give another folder, or --force "
                                       "to replace them",
                                       folder_.string(), *earlier)};
    }
    const fs::path probe = probe_in(folder_, file_names_);
    const int error = write_to_disk(probe, "");
    std::error_code ignored;
    fs::remove(probe, ignored);
    return error == 0 ? OutputProblem{} : cannot("write to", folder_, error);
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

class OutputStream::State {
  public:
    State(const fs::path& folder, const std::string& name)
        : missing_(folder), folder_(folder), path_(folder / name), problem_(make(folder)) {
        buffer_.reserve(kBuffer);
        if (problem_.kind != Kind::none) return;
        file_.emplace(open_new(unfinished(path_)));
        is_there_ = file_->get() >= 0;
        if (!is_there_) fail(errno);
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        std::error_code ignored;
        if (!is_there_) return;
        fs::remove(unfinished(path_), ignored);
        fs::remove(scratch_of(path_), ignored);
    }

    void write(std::string_view text) {
        if (problem_.kind != Kind::none) return;
        buffer_ += text;
        if (buffer_.size() >= kBuffer) flush();
    }

    OutputProblem commit() {
        flush();
        if (problem_.kind == Kind::none && ::fsync(file_->get()) != 0) fail(errno);
        if (problem_.kind != Kind::none) return problem_;
        if (const int error = file_->close(); error != 0) fail(error);
        if (problem_.kind == Kind::none && ::rename(unfinished(path_).c_str(), path_.c_str()) != 0) fail(errno);
        if (problem_.kind != Kind::none) return problem_;
        is_there_ = false;
        if (const int error = sync_folder(folder_); error != 0) return cannot("write to", folder_, error);
        return {};
    }

    void fail(int error) {
        if (problem_.kind == Kind::none) problem_ = cannot("write", path_, error);
    }

    const OutputProblem& problem() const { return problem_; }
    const fs::path& path() const { return path_; }

  private:
    static constexpr std::size_t kBuffer = std::size_t{1} << 20U;

    void flush() {
        if (problem_.kind != Kind::none) return;
        if (const int error = write_all(file_->get(), buffer_); error != 0) fail(error);
        buffer_.clear();
    }

    MissingFolders missing_;
    fs::path folder_;
    fs::path path_;
    OutputProblem problem_;
    std::optional<Descriptor> file_;
    bool is_there_ = false;  ///< under its name of an unfinished one
    std::string buffer_;
};

OutputStream::OutputStream(const fs::path& folder, const std::string& name)
    : state_(std::make_unique<State>(folder, name)) {}
OutputStream::OutputStream(OutputStream&&) noexcept = default;
OutputStream::~OutputStream() = default;

void OutputStream::write(std::string_view text) { state_->write(text); }
const OutputProblem& OutputStream::problem() const { return state_->problem(); }
fs::path OutputStream::scratch() const {
    fs::path scratch = scratch_of(state_->path());
    std::error_code ignored;
    fs::remove(scratch, ignored);
    return scratch;
}
void OutputStream::take_scratch(const std::function<void(std::string_view)>& take) {
    const fs::path scratch = scratch_of(state_->path());
    const Descriptor file(::open(scratch.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (file.get() < 0) fail(errno);
    std::string piece(std::size_t{1} << 16U, '\0');
    for (ssize_t size = 1; state_->problem().kind == Kind::none && size > 0;) {
        size = ::read(file.get(), piece.data(), piece.size());
        if (size < 0) fail(errno);
        if (size > 0) take(std::string_view(piece).substr(0, static_cast<std::size_t>(size)));
    }
    std::error_code ignored;
    fs::remove(scratch, ignored);
}
void OutputStream::fail(int error) { state_->fail(error); }
OutputProblem OutputStream::commit() { return state_->commit(); }

OutputStream OutputFolder::open(const std::string& name) const {
    expects(std::ranges::find(file_names_, name) != file_names_.end(), "an output file is announced");
    return {folder_, name};
}

}  // namespace corridor
