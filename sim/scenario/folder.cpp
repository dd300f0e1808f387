#include "scenario/folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <istream>
#include <system_error>
#include <utility>

namespace corridor::scenario {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestTable = std::size_t{64} << 20;
// As a tree, TOML takes some 80 bytes per byte.
constexpr std::size_t kLargestToml = std::size_t{16} << 20;

bool is_table(const fs::path& path) { return path.extension() == ".csv"; }

std::size_t limit_of(const fs::path& path) { return is_table(path) ? kLargestTable : kLargestToml; }

Refusal too_large(const fs::path& path) {
    return {fmt::format("'{}' is too large (the limit is {} MiB)", path.string(), limit_of(path) >> 20),
            is_table(path) ? "" : "put long tables into CSV files beside it"};
}

Refusal cannot_open(const std::string& name, int fault) {
    const std::string reason = fault == ENOENT ? "no such file" : std::generic_category().message(fault);
    return {fmt::format("cannot open '{}' ({})", name, reason)};
}

Refusal cannot_read(const std::string& name, int fault) {
    return {fmt::format("cannot read '{}' ({})", name, std::generic_category().message(fault != 0 ? fault : EIO))};
}

/// Reads to the end, or to just beyond the limit: a stream need not end.
std::variant<std::string, Refusal> read_stream(std::istream& stream, const std::string& name) {
    std::string content;
    std::string block(std::size_t{1} << 16, '\0');
    while (stream.read(block.data(), static_cast<std::streamsize>(block.size())) || stream.gcount() > 0) {
        content.append(block, 0, static_cast<std::size_t>(stream.gcount()));
        if (content.size() > limit_of(name)) return too_large(name);
    }
    if (stream.bad()) return cannot_read(name, errno);  // a part of a scenario may be a scenario
    return content;
}

bool leads_out(const fs::path& relative) { return !relative.empty() && *relative.begin() == ".."; }

}  // namespace

std::variant<std::string, Refusal> read_whole(const fs::path& path) {
    const std::string name = path.string();
    std::error_code fault;
    const fs::file_status status = fs::status(path, fault);
    if (!fs::exists(status)) return cannot_open(name, fault ? fault.value() : ENOENT);
    if (fs::is_directory(status)) return Refusal{fmt::format("'{}' is a directory, not a file", name)};
    if (!fs::is_regular_file(status)) return Refusal{fmt::format("'{}' is not a regular file", name)};
    if (fs::file_size(path, fault) > limit_of(path)) return too_large(path);
    errno = 0;
    std::ifstream stream(path, std::ios::binary);
    if (!stream) return cannot_open(name, errno);
    return read_stream(stream, name);
}

std::variant<std::string, Refusal> read_standard_input() {
    errno = 0;
    return read_stream(std::cin, "standard input");
}

std::variant<fs::path, Refusal> Folder::locate(const fs::path& directory, const std::string& name) const {
    const Refusal outside{fmt::format("'{}' is outside of the scenario's folder (only files below it are read)", name)};
    if (name.empty()) return Refusal{"the name of the file is empty"};
    if (fs::path(name).is_absolute()) return outside;
    const fs::path relative = (directory / name).lexically_normal();
    if (leads_out(relative)) return outside;

    std::error_code fault;
    const fs::path real_root = fs::weakly_canonical(root_.empty() ? fs::path(".") : root_, fault);
    const fs::path real = fs::weakly_canonical(root_ / relative, fault);
    if (fault || leads_out(real.lexically_relative(real_root))) return outside;
    return relative;
}

}  // namespace corridor::scenario
