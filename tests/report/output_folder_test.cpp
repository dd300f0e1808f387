#include "corridor/report/output_folder.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>

namespace corridor {
namespace {

namespace fs = std::filesystem;
using Kind = OutputProblem::Kind;

// An empty folder that goes away with the test.
class Scratch {
  public:
    Scratch() {
        std::string name = (fs::temp_directory_path() / "corridor-test-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() { fs::remove_all(path_); }
    const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

std::string content(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::size_t files_in(const fs::path& path) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), {}));
}

TEST_CASE("A missing folder is made, and holds the files and nothing else afterwards") {
    const Scratch scratch;
    const OutputFolder folder(scratch.path() / "a" / "b", {"x.csv", "y.json"}, Existing::refuse);
    REQUIRE(folder.prepare().kind == Kind::none);
    REQUIRE(folder.write({{"x.csv", "1\n"}, {"y.json", "{}\n"}}).kind == Kind::none);
    CHECK(content(scratch.path() / "a" / "b" / "x.csv") == "1\n");
    CHECK(content(scratch.path() / "a" / "b" / "y.json") == "{}\n");
    CHECK(files_in(scratch.path() / "a" / "b") == 2);
}

TEST_CASE("A folder that is only tried before a run is not there afterwards, one that was there stays") {
    const Scratch scratch;
    REQUIRE(OutputFolder(scratch.path() / "a" / "b", {"x.csv"}, Existing::refuse).prepare().kind == Kind::none);
    CHECK_FALSE(fs::exists(scratch.path() / "a"));
    fs::create_directory(scratch.path() / "mine");
    REQUIRE(OutputFolder(scratch.path() / "mine" / "b", {"x.csv"}, Existing::refuse).prepare().kind == Kind::none);
    REQUIRE(OutputFolder(scratch.path() / "mine", {"x.csv"}, Existing::refuse).prepare().kind == Kind::none);
    CHECK(files_in(scratch.path() / "mine") == 0);
}

TEST_CASE("Results of an earlier run are not replaced unless asked for") {
    const Scratch scratch;
    std::ofstream(scratch.path() / "x.csv") << "old\n";
    const OutputProblem problem = OutputFolder(scratch.path(), {"x.csv"}, Existing::refuse).prepare();
    CHECK(problem.kind == Kind::exists_already);
    CHECK(problem.message == "'" + (scratch.path() / "x.csv").string() +
                                 "' is there already; give another name, or --force to replace it");
    const OutputProblem of_several = OutputFolder(scratch.path(), {"a.csv", "x.csv"}, Existing::refuse).prepare();
    CHECK(of_several.message == "'" + scratch.path().string() +
                                    "' holds the results of an earlier run (x.csv); give another folder, or --force "
                                    "to replace them");
    const OutputFolder replacing(scratch.path(), {"x.csv"}, Existing::replace);
    REQUIRE(replacing.prepare().kind == Kind::none);
    REQUIRE(replacing.write({{"x.csv", "new\n"}}).kind == Kind::none);
    CHECK(content(scratch.path() / "x.csv") == "new\n");
}

TEST_CASE("A folder that is a file is told before the run") {
    const Scratch scratch;
    std::ofstream(scratch.path() / "file") << "";
    const fs::path below = scratch.path() / "file" / "out";
    const OutputProblem problem = OutputFolder(below, {"x.csv"}, Existing::refuse).prepare();
    CHECK(problem.kind == Kind::environment);
    CHECK(problem.message == "cannot make the folder '" + below.string() + "': Not a directory");
}

TEST_CASE("A symbolic link in the folder is not followed out of it") {
    const Scratch scratch;
    std::ofstream(scratch.path() / "victim") << "kept\n";
    fs::create_directory(scratch.path() / "out");
    fs::create_symlink(scratch.path() / "victim", scratch.path() / "out" / "x.csv");
    const OutputFolder folder(scratch.path() / "out", {"x.csv"}, Existing::replace);
    REQUIRE(folder.write({{"x.csv", "new\n"}}).kind == Kind::none);
    CHECK(content(scratch.path() / "victim") == "kept\n");
}

TEST_CASE("S02: No symbolic link stands where a library is to write for a while") {
    const Scratch scratch;
    std::ofstream(scratch.path() / "victim") << "kept\n";
    fs::create_directory(scratch.path() / "out");
    fs::create_symlink("../victim", scratch.path() / "out" / "x.xlsx.unfinished-scratch");
    const OutputStream file = OutputFolder(scratch.path() / "out", {"x.xlsx"}, Existing::refuse).open("x.xlsx");
    std::ofstream(file.scratch()) << "new\n";
    CHECK(content(scratch.path() / "victim") == "kept\n");
}

TEST_CASE("A file that is written piece by piece has its name when it is whole") {
    const Scratch scratch;
    const OutputFolder folder(scratch.path() / "new", {"x.csv"}, Existing::refuse);
    OutputStream file = folder.open("x.csv");
    const std::string megabyte((std::size_t{1} << 20U) - 1, 'a');
    file.write(megabyte);
    file.write("bc");
    file.write("d");
    CHECK_FALSE(fs::exists(scratch.path() / "new" / "x.csv"));
    REQUIRE(file.commit().kind == Kind::none);
    CHECK(content(scratch.path() / "new" / "x.csv") == megabyte + "bcd");
    CHECK(files_in(scratch.path() / "new") == 1);
}

TEST_CASE("What a library wrote for a file is handed on whole and is gone; where it cannot be read the file fails") {
    const Scratch scratch;
    OutputStream file = OutputFolder(scratch.path(), {"x.csv"}, Existing::refuse).open("x.csv");
    const std::string much(100'000, 'a');
    std::ofstream(file.scratch()) << much << "b";
    std::string taken;
    const auto take = [&taken](std::string_view piece) { taken += piece; };
    file.take_scratch(take);
    CHECK(taken == much + "b");
    CHECK(file.problem().kind == Kind::none);
    CHECK_FALSE(fs::exists(scratch.path() / "x.csv.unfinished-scratch"));
    file.take_scratch(take);
    CHECK(taken == much + "b");
    CHECK(file.commit().message ==
          "cannot write '" + (scratch.path() / "x.csv").string() + "': No such file or directory");
}

TEST_CASE("Of a file that is not committed nothing remains, nor of the folder that was made for it") {
    const Scratch scratch;
    {
        OutputStream file = OutputFolder(scratch.path() / "a" / "b", {"x.csv"}, Existing::refuse).open("x.csv");
        file.write("1\n");
        std::ofstream(file.scratch()) << "2\n";
        CHECK(fs::exists(scratch.path() / "a" / "b" / "x.csv.unfinished-scratch"));
    }
    CHECK(files_in(scratch.path()) == 0);
}

TEST_CASE("A file that cannot be written whole is told, and nothing remains of it") {
    const Scratch scratch;
    {
        OutputStream file = OutputFolder(scratch.path(), {"x.csv"}, Existing::refuse).open("x.csv");
        file.write("1\n");
        file.fail(ENOSPC);
        file.write("2\n");
        CHECK(file.commit().message ==
              "cannot write '" + (scratch.path() / "x.csv").string() + "': No space left on device");
    }
    CHECK(files_in(scratch.path()) == 0);
    std::ofstream(scratch.path() / "file") << "";
    OutputStream below = OutputFolder(scratch.path() / "file", {"x.csv"}, Existing::refuse).open("x.csv");
    below.write("1\n");
    CHECK(below.commit().message ==
          "cannot make the folder '" + (scratch.path() / "file").string() + "': Not a directory");
}

TEST_CASE(
    "What waits under the name of an unfinished file is not written through, be it another name of a file or a pipe") {
    const Scratch scratch;
    const OutputFolder folder(scratch.path(), {"x.csv"}, Existing::replace);
    const fs::path unfinished = scratch.path() / "x.csv.unfinished";
    std::ofstream(scratch.path() / "precious") << "precious";
    fs::create_hard_link(scratch.path() / "precious", unfinished);
    CHECK(folder.write({{"x.csv", "1\n"}}).kind == OutputProblem::Kind::none);
    CHECK(fs::file_size(scratch.path() / "precious") == 8);
    REQUIRE(::mkfifo(unfinished.c_str(), 0600) == 0);
    OutputStream file = folder.open("x.csv");
    file.write("22\n");
    CHECK(file.commit().kind == OutputProblem::Kind::none);
    CHECK(fs::is_regular_file(scratch.path() / "x.csv"));
    CHECK(fs::file_size(scratch.path() / "x.csv") == 3);
}

}  // namespace
}  // namespace corridor
