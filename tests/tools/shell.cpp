#include "tools/shell.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace corridor::tests {

namespace fs = std::filesystem;

Scratch::Scratch() {
    std::string name = (fs::temp_directory_path() / "corridor-test-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
}

Scratch::~Scratch() { fs::remove_all(path_); }

std::string Scratch::file(const std::string& name, const std::string& content) const {
    std::ofstream(path_ / name, std::ios::binary) << content;
    return (path_ / name).string();
}

Finished Scratch::sh(const std::string& line) const {
    const std::string script = file(".line", line + "\n");
    const std::string command = "cd '" + path_.string() + "' && CORRIDOR='" CORRIDOR_COMMAND "' TERM=dumb sh '" +
                                script + "' >.out 2>.err </dev/null";
    const int status = std::system(command.c_str());
    REQUIRE(WIFEXITED(status));
    return {.exit_code = WEXITSTATUS(status), .out = content_of(path_ / ".out"), .err = content_of(path_ / ".err")};
}

std::string content_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace corridor::tests
