// Result files that appear whole or not at all.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace corridor {

struct OutputFile {
    std::string name;  ///< within the folder, without any part of a path
    std::string content;
};

enum class Existing { refuse, replace };

/// What keeps a folder from taking files, in the words of a message; empty where nothing does.
struct OutputProblem {
    enum class Kind { none, exists_already, environment } kind = Kind::none;
    std::string message;  ///< "cannot write to 'out': permission denied"
};

/// A folder for the files of one run.
class OutputFolder {
  public:
    OutputFolder(std::filesystem::path folder, std::vector<std::string> file_names, Existing existing);

    /// Before a run: looks for files of an earlier run and tries to write. A folder that is missing is made for the
    /// trial and removed again.
    OutputProblem prepare() const;

    /// Makes the folder where it is missing, writes every file beside its final name, brings it to disk, and only then
    /// gives all of them their names. Names beyond those given to the constructor are not allowed.
    OutputProblem write(const std::vector<OutputFile>& files) const;

  private:
    std::filesystem::path folder_;
    std::vector<std::string> file_names_;
    Existing existing_;
};

}  // namespace corridor
