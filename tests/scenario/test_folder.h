// A folder of files for one test.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/two_ports.h"

namespace corridor::scenario {

/// Made with its files, removed with them.
class TestFolder {
  public:
    explicit TestFolder(const std::string& name)
        : path_(std::filesystem::temp_directory_path() / fmt::format("corridor-test-{}-{}", name, getpid())) {
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
    }
    ~TestFolder() { std::filesystem::remove_all(path_); }
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;

    TestFolder& write(const std::string& file, std::string_view content) {
        std::filesystem::create_directories((path_ / file).parent_path());
        std::ofstream(path_ / file, std::ios::binary) << content;
        return *this;
    }

    const std::filesystem::path& path() const { return path_; }

    Result<Scenario> read(const std::string& file = "scenario.toml",
                          const std::vector<Override>& overrides = {}) const {
        return read_scenario((path_ / file).string(), overrides);
    }

    /// What the reader has to say about a file, with paths as seen from the folder.
    std::string complaints(const std::string& file = "scenario.toml",
                           const std::vector<Override>& overrides = {}) const {
        std::string text = scenario::summary(read(file, overrides).diagnostics());
        const std::string prefix = path_.string() + "/";
        for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at)) {
            text.erase(at, prefix.size());
        }
        return text;
    }

  private:
    std::filesystem::path path_;
};

}  // namespace corridor::scenario
