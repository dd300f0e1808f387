// Runs the corridor command as a user would.
#pragma once

#include <filesystem>
#include <string>

namespace corridor::tests {

struct Finished {
    int exit_code = 0;
    std::string out;
    std::string err;
};

/// An empty folder that goes away with the test.
class Scratch {
  public:
    Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch();

    const std::filesystem::path& path() const { return path_; }

    /// Writes a file into the folder and returns its path.
    std::string file(const std::string& name, const std::string& content) const;

    /// Runs a line of sh in the folder, with $CORRIDOR set to the command.
    Finished sh(const std::string& line) const;

    /// Runs the command with these arguments, as sh takes them.
    Finished corridor(const std::string& arguments) const { return sh("\"$CORRIDOR\" " + arguments); }

  private:
    std::filesystem::path path_;
};

std::string content_of(const std::filesystem::path& path);

}  // namespace corridor::tests
