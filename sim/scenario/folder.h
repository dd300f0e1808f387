// Files below one folder, and no others.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <variant>

namespace corridor::scenario {

/// Why a file is not read.
struct Refusal {
    std::string message;
    std::string hint = {};
};

/// The bytes of a file, or why there are none: it is missing, unreadable, not a regular file, or too large (a text of
/// more than 64 MiB is no scenario). Nothing of a refused file is quoted.
std::variant<std::string, Refusal> read_whole(const std::filesystem::path& path);

/// The bytes of standard input, to the same limit.
std::variant<std::string, Refusal> read_standard_input();

/// A scenario's folder. A stranger's scenario cannot read outside of it: absolute paths, ".." and symbolic links that
/// lead out are refused.
class Folder {
  public:
    explicit Folder(std::filesystem::path root) : root_(std::move(root)) {}

    /// Where messages and `read` find the file that a text in `directory` (relative to the root) calls `name`; or why
    /// not.
    std::variant<std::filesystem::path, Refusal> locate(const std::filesystem::path& directory,
                                                        const std::string& name) const;

    /// The bytes of a file that `locate` found, relative to the root.
    std::variant<std::string, Refusal> read(const std::filesystem::path& path) const {
        return read_whole(root_ / path);
    }

    const std::filesystem::path& root() const { return root_; }

  private:
    std::filesystem::path root_;
};

}  // namespace corridor::scenario
