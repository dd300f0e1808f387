// Result files that appear whole or not at all.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
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

/// A file that is written piece by piece, beside its final name, which it gets when it is committed. Otherwise nothing
/// remains of it, nor of a folder that was made for it.
class OutputStream {
  public:
    /// Makes the folder where it is missing. `name` is that of a file in it.
    OutputStream(const std::filesystem::path& folder, const std::string& name);
    OutputStream(OutputStream&&) noexcept;
    OutputStream& operator=(OutputStream&&) = delete;
    ~OutputStream();

    /// After a problem nothing more is written.
    void write(std::string_view text);

    /// What went wrong so far.
    const OutputProblem& problem() const;

    /// A name beside that of the file, for what is needed while it is written. What has that name is removed: a library
    /// that writes there would follow a symbolic link.
    std::filesystem::path scratch() const;

    /// Hands on what was written at `scratch()`, in pieces, and removes it. What cannot be read is a failure of this
    /// file.
    void take_scratch(const std::function<void(std::string_view)>& take);

    /// As `write`: what is needed for the file could not be written or read, by the number of an error.
    void fail(int error);

    /// Brings it to disk, and gives it its name.
    OutputProblem commit();

  private:
    class State;
    std::unique_ptr<State> state_;
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

    /// One of the files of the folder, to be written piece by piece.
    OutputStream open(const std::string& name) const;

  private:
    std::filesystem::path folder_;
    std::vector<std::string> file_names_;
    Existing existing_;
};

}  // namespace corridor
