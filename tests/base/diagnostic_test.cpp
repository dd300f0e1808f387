#include "corridor/base/diagnostic.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

namespace corridor {
namespace {

TEST_CASE("Warnings and notes alone are not errors") {
    CHECK_FALSE(has_errors({}));
    CHECK_FALSE(has_errors({{.severity = Severity::warning}, {.severity = Severity::note}}));
    CHECK(has_errors({{.severity = Severity::warning}, {.severity = Severity::error}}));
}

TEST_CASE("A long list of findings is shortened severity by severity, and says by how much") {
    Diagnostics many(3, {.severity = Severity::error, .message = "e"});
    many.resize(5, {.severity = Severity::warning, .message = "w"});
    CHECK(render(shortened(many, 2)) ==
          "error: e\nerror: e\nwarning: w\nwarning: w\nnote: 1 more error is not shown\n");
    CHECK(render(shortened(many, 1)) ==
          "error: e\nwarning: w\nnote: 2 more errors are not shown\nnote: 1 more warning is not shown\n");
    CHECK(shortened(many, 3).size() == 5);
}

TEST_CASE("A finding shows its place, path, problem and suggestion, and the line with a caret") {
    const Diagnostic finding{.place = {.file = "scenario.toml", .line = 12, .column = 10},
                             .path = "link.luzhou-guoyuan.length",
                             .message = "unknown unit 'parsec' (a length is needed)",
                             .hint = "use km or m",
                             .excerpt = "length = \"275 parsec\""};
    CHECK(render({finding}) ==
          "scenario.toml:12:10: error: link.luzhou-guoyuan.length: unknown unit 'parsec' (a length is needed); "
          "use km or m\n"
          "   12 | length = \"275 parsec\"\n"
          "      |          ^\n");
}

TEST_CASE("A finding about a whole file or about no file has no line") {
    CHECK(render({{.place = {.file = "scenario.toml"}, .message = "scenario is empty"}}) ==
          "scenario.toml: error: scenario is empty\n");
    CHECK(render({{.severity = Severity::warning, .message = "service 's1' never leaves within the run"}}) ==
          "warning: service 's1' never leaves within the run\n");
    CHECK(render({{.place = {.file = "od.csv", .line = 3}, .message = "a column is missing"}}) ==
          "od.csv:3: error: a column is missing\n");
}

TEST_CASE("A value from the command line is shown with its caret and without a line number") {
    const Diagnostic finding{
        .place = {.file = "--set", .column = 10}, .message = "not a number: '1,5'", .excerpt = "run.seed=1,5"};
    CHECK(render({finding}) ==
          "--set: error: not a number: '1,5'\n"
          "      | run.seed=1,5\n"
          "      |          ^\n");
}

TEST_CASE("A conflict shows both places") {
    const Diagnostic finding{.place = {.file = "b.toml", .line = 9, .column = 1},
                             .path = "terminal.guoyuan",
                             .message = "the name 'Guoyuan' is used twice",
                             .related = {{.file = "a.toml", .line = 4, .column = 2}, {.file = "c.toml"}},
                             .excerpt = "[terminal.guoyuan]",
                             .related_excerpts = {"[terminal.gy]"}};
    CHECK(render({finding}) ==
          "b.toml:9:1: error: terminal.guoyuan: the name 'Guoyuan' is used twice\n"
          "    9 | [terminal.guoyuan]\n"
          "      | ^\n"
          "a.toml:4:2: note: the other place\n"
          "    4 | [terminal.gy]\n"
          "      |  ^\n"
          "c.toml: note: the other place\n");
}

std::string caret_line(int column, std::string excerpt) {
    const std::string text = render(
        {{.place = {.file = "s.toml", .line = 1, .column = column}, .message = "m", .excerpt = std::move(excerpt)}});
    return text.substr(text.find('\n') + 1);
}

TEST_CASE("The caret stands under the character, however wide those before it are") {
    CHECK(caret_line(4, "果园=x") ==
          "    1 | 果园=x\n"
          "      |      ^\n");
    CHECK(caret_line(3, "e\u0301=x") ==
          "    1 | e\u0301=x\n"
          "      |  ^\n");
    CHECK(caret_line(2, "\tx = 1") ==
          "    1 |     x = 1\n"
          "      |     ^\n");
}

TEST_CASE("A caret beyond the end of the line stands just after it") {
    CHECK(caret_line(99, "abc") ==
          "    1 | abc\n"
          "      |    ^\n");
}

TEST_CASE("A line too long for a terminal is cut to what surrounds the caret") {
    const std::string long_line = std::string(500, 'a') + "X" + std::string(500, 'b');
    CHECK(caret_line(501, long_line) == "    1 | ..." + std::string(60, 'a') + "X" + std::string(39, 'b') + "...\n" +
                                            "      | " + std::string(63, ' ') + "^\n");
    CHECK(caret_line(1, long_line) == "    1 | " + std::string(100, 'a') + "...\n" + "      | ^\n");
    CHECK(caret_line(1002, long_line) ==
          "    1 | ..." + std::string(60, 'b') + "\n" + "      | " + std::string(63, ' ') + "^\n");
    CHECK(caret_line(1, std::string(100, 'a')) == "    1 | " + std::string(100, 'a') + "\n" + "      | ^\n");
}

TEST_CASE("No control byte of a hostile input reaches the terminal") {
    const std::string hostile = "\x1b[2J\x07\r\b\u009b\u202e\xff";
    const Diagnostic finding{.place = {.file = hostile, .line = 1, .column = 3},
                             .path = hostile,
                             .message = hostile,
                             .hint = hostile,
                             .related = {{.file = hostile, .line = 2}},
                             .excerpt = hostile,
                             .related_excerpts = {hostile}};
    const std::string text = render({finding});
    CHECK(std::ranges::all_of(text, [](char c) { return (c >= ' ' && c <= '~') || c == '\n'; }));
    CHECK(text.find("    1 | \\x1b[2J\\x07\\x0d\\x08\\u009b\\u202e\\xff\n      |      ^\n") != std::string::npos);
}

}  // namespace
}  // namespace corridor
