#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>

#include "scenario/test_folder.h"

namespace corridor::scenario {
namespace {

TEST_CASE("A01, A02: A scenario that is missing, or a folder without one, is named") {
    TestFolder folder("missing");
    folder.write("sub/other.toml", "");
    CHECK(folder.complaints("no.toml") == "no.toml: error: cannot open 'no.toml' (no such file)\n");
    CHECK(folder.complaints("sub") == "sub: error: 'sub' is a directory, not a file\n");
}

TEST_CASE("A folder stands for the scenario.toml in it") {
    TestFolder folder("stands-for");
    folder.write("sub/scenario.toml", kTwoPorts);
    const Result<Scenario> result = folder.read("sub");
    REQUIRE(result.ok());
    CHECK(result.value().file == (folder.path() / "sub/scenario.toml").string());
}

TEST_CASE("A05: A program is no text file") {
    CHECK(complaints(std::string("\177ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0\76\0\1\0\0\0", 24)) ==
          "1:1: error: not a text file (byte 0x7f at offset 0)\n");
}

TEST_CASE("A06: A file in UTF-16 is to be saved as UTF-8") {
    CHECK(complaints(std::string("\xff\xfet\0i\0", 6)) == " error: the file is UTF-16; save it as UTF-8\n");
    CHECK(complaints(std::string("t\0i\0t\0", 6)) == " error: the file is UTF-16; save it as UTF-8\n");
    CHECK(complaints("\xef\xbb\xbf" + std::string(kTwoPorts)) == "");
}

TEST_CASE("A07: A byte that is not UTF-8 is shown where it stands, its column in characters") {
    CHECK(complaints("format = 1\ntitle = \"\u00e9\xff\"\n") ==
          "2:11: error: invalid UTF-8 (byte 0xff); save the file as UTF-8\n");
}

TEST_CASE("A08: Control characters are not allowed, be they written or escaped") {
    CHECK(complaints(std::string("title = \"a\0b\"\n", 14)) ==
          "1:11: error: control character U+0000 is not allowed\n");
    CHECK(complaints("title = \"a\ab\"\n") == "1:11: error: control character U+0007 is not allowed\n");
    CHECK(complaints(changed("format = 1", "format = 1\ntitle = \"a\\u0000b\"")) ==
          "2:9: error: title: control character U+0000 is not allowed\n");
    CHECK(complaints(changed("latitude = 29.6", "latitude = 29.6\nname = \"a\\u009bb\"")) ==
          "19:8: error: terminal.a.name: control character U+009B is not allowed\n");
    CHECK(complaints(changed("format = 1", "format = 1\ndescription = \"\"\"a\n\\tb\"\"\"")) == "");
    CHECK(complaints("title\t=\t\"a\"\r\n") != "");
    CHECK(complaints("title\t=\t\"a\"\r\n").find("control") == std::string::npos);
}

TEST_CASE("A12, S11: A file may be nested 100 deep, and a key may have 100 dots, and no more") {
    const auto nested = [](std::size_t depth) {
        return "x = " + std::string(depth, '[') + std::string(depth, ']') + "\n";
    };
    CHECK(complaints(nested(100)).find("nested") == std::string::npos);
    CHECK(complaints(nested(101)) == "1:105: error: nested too deeply (the limit is 100)\n");
    CHECK(complaints("x = " + std::string(100'000, '[')) == "1:105: error: nested too deeply (the limit is 100)\n");

    std::string key = "a";
    for (int i = 0; i < 100'000; ++i) key += ".a";
    CHECK(complaints(key + " = 1\n") == "1:202: error: the key has too many parts (the limit is 100)\n");
    CHECK(complaints("title = \"" + std::string(1000, '[') + std::string(1000, '.') + "\" # " + std::string(1000, '{') +
                     "\n")
              .find("too ") == std::string::npos);
}

TEST_CASE("A13: A scenario of more than 16 MiB is refused without being read, up to there it is read") {
    TestFolder folder("large");
    folder.write("scenario.toml", "");
    std::filesystem::resize_file(folder.path() / "scenario.toml", std::uintmax_t{1} << 30);
    CHECK(folder.complaints() ==
          "scenario.toml: error: 'scenario.toml' is too large (the limit is 16 MiB); put long tables into CSV files "
          "beside it\n");
    std::filesystem::resize_file(folder.path() / "scenario.toml", std::uintmax_t{16} << 20);
    CHECK(folder.complaints().find("too large") == std::string::npos);
}

TEST_CASE("A77: The files of a scenario have 256 MiB together at most") {
    TestFolder folder("together");
    folder.write("large.csv", "");
    std::filesystem::resize_file(folder.path() / "large.csv", std::uintmax_t{64} << 20);
    const auto naming = [&](const std::string& files) {
        folder.write("scenario.toml", files + std::string(kTwoPorts));
        return folder.complaints();
    };
    const std::string four =
        "tables = { terminals = \"large.csv\", links = \"large.csv\", demand = \"large.csv\", "
        "calendar = \"large.csv\" }\n";
    CHECK(naming(four).find("too large") == std::string::npos);
    const std::string told = naming("sources = \"large.csv\"\n" + four);
    const std::string together = "the files of the scenario are too large together (the limit is 256 MiB)";
    CHECK(told.find(together) != std::string::npos);
    CHECK(told.find(together) == told.rfind(together));
}

TEST_CASE("A78: What is not a regular file is not read") {
    TestFolder folder("fifo");
    folder.write("scenario.toml", "extends = \"pipe\"\n");
    REQUIRE(mkfifo((folder.path() / "pipe").c_str(), 0600) == 0);
    CHECK(folder.complaints() == "scenario.toml:1:11: error: extends: 'pipe' is not a regular file\n");
    CHECK(folder.complaints("pipe") == "pipe: error: 'pipe' is not a regular file\n");
    CHECK(summary(read_scenario("/dev/zero").diagnostics()) == "/dev/zero: error: '/dev/zero' is not a regular file\n");
}

TEST_CASE("E02: A scenario that cannot be read to its end is refused, and not taken for what could be read") {
    // A regular file that opens, and whose first byte nobody may read.
    CHECK(summary(read_scenario("/proc/self/mem").diagnostics()) ==
          "/proc/self/mem: error: cannot read '/proc/self/mem' (Input/output error)\n");
}

TEST_CASE("A79, S04, S05: Files outside of the scenario's folder are not read, and not quoted") {
    TestFolder folder("outside");
    folder.write("secret.toml", "password = \"x\"\n").write("in/deep/base.toml", "extends = \"../../secret.toml\"\n");
    std::filesystem::create_symlink(folder.path() / "secret.toml", folder.path() / "in/link.toml");
    const auto extending = [&](const std::string& name) {
        folder.write("in/scenario.toml", "extends = \"" + name + "\"\n");
        return folder.complaints("in/scenario.toml");
    };
    const std::string refusal = " is outside of the scenario's folder (only files below it are read)\n";
    CHECK(extending("../secret.toml") == "in/scenario.toml:1:11: error: extends: '../secret.toml'" + refusal);
    CHECK(extending("deep/../../secret.toml") ==
          "in/scenario.toml:1:11: error: extends: 'deep/../../secret.toml'" + refusal);
    CHECK(extending("/etc/passwd") == "in/scenario.toml:1:11: error: extends: '/etc/passwd'" + refusal);
    CHECK(extending("link.toml") == "in/scenario.toml:1:11: error: extends: 'link.toml'" + refusal);
    CHECK(extending("deep/base.toml") == "in/deep/base.toml:1:11: error: extends: '../../secret.toml'" + refusal);

    folder.write("in/scenario.toml",
                 "sources = \"/proc/self/environ\"\ntables.demand = \"../secret.toml\"\n" + std::string(kTwoPorts));
    CHECK(folder.complaints("in/scenario.toml") ==
          "in/scenario.toml:1:11: error: sources: '/proc/self/environ'" + refusal +
              "in/scenario.toml:2:17: error: tables.demand: '../secret.toml'" + refusal);
}

}  // namespace
}  // namespace corridor::scenario
