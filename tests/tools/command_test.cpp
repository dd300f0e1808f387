// The command as a shell sees it: what it prints where, and how it ends, whatever it is asked.
#include <doctest/doctest.h>

#include "corridor/version.h"
#include "tools/one_barge.h"

namespace corridor::tests {

TEST_CASE("The version is printed alone") {
    const Scratch scratch;
    for (const char* const arguments : {"version", "--version"}) {
        const Finished finished = scratch.corridor(arguments);
        CHECK(finished.exit_code == 0);
        CHECK(finished.out == std::string{"corridor "} + kVersion + "\n");
        CHECK(finished.err.empty());
    }
}

TEST_CASE("A mistake in the command line ends with 2 and says what was probably meant") {
    const Folder folder;
    const auto message = [&](const std::string& arguments) {
        const Finished finished = folder.corridor(arguments);
        CHECK(finished.exit_code == 2);
        CHECK(finished.out.empty());
        return finished.err;
    };
    CHECK(message("rnu .") == "corridor: error: unknown command 'rnu'; did you mean 'run'?\n");
    CHECK(message("") == "corridor: error: a command is needed; try corridor --help\n");
    CHECK(message("run . --sede 3") == "corridor: error: unknown option '--sede'; did you mean '--seed'?\n");
    CHECK(message("run . x") == "corridor: error: unexpected argument 'x'\n");
    CHECK(message("run") == "corridor: error: scenario is required; try corridor run --help\n");
    CHECK(message("run . --seed") == "corridor: error: --seed needs a value; try corridor run --help\n");
    CHECK(message("run . --seed 1 --seed 2") ==
          "corridor: error: --seed is given more than once; try corridor run --help\n");
    CHECK(message("run . --seed 18446744073709551616") ==
          "corridor: error: --seed: must be a whole number from 0 to 18446744073709551615, got "
          "'18446744073709551616'; try corridor run --help\n");
    CHECK(message("run . --replications 0") ==
          "corridor: error: --replications: must be a whole number from 1 to 1000000, got '0'; try corridor run "
          "--help\n");
    CHECK(message("run . --precision 5") ==
          "corridor: error: --precision: must lie between 0% and 100%, got '5' (did you mean 5%?); try corridor run "
          "--help\n");
    CHECK(message("run . --format jsn") ==
          "corridor: error: --format: must be one of table, json, csv, got 'jsn' (did you mean 'json'?); try corridor "
          "run --help\n");
    CHECK(message("run . --require 'shiped within 20%'") ==
          "error: --require 'shiped within 20%': unknown reported figure 'shiped'; did you mean 'shipped'?\n");
}

TEST_CASE("Every command explains itself with examples") {
    const Scratch scratch;
    for (const std::string command :
         {"run", "compare", "check", "capacity", "options", "sensitivity", "calibrate", "optimise", "sweep", "export",
          "merge", "assumptions", "show", "schema", "version"}) {
        const Finished finished = scratch.corridor(command + " --help");
        CHECK(finished.exit_code == 0);
        CHECK(finished.out.find("Usage: corridor " + command) != std::string::npos);
        CHECK(finished.out.find("Examples:\n  corridor " + command) != std::string::npos);
        CHECK(finished.err.empty());
    }
}

TEST_CASE("A bad scenario ends with 2, nothing on standard output and no output folder") {
    const Folder folder;
    folder.file("bad.toml", "format = 1\ntitel = \"x\"\n");
    const Finished finished = folder.corridor("run bad.toml --out results");
    CHECK(finished.exit_code == 2);
    CHECK(finished.out.empty());
    CHECK(finished.err.find("did you mean 'title'?") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "results"));
}

TEST_CASE("A full disk behind standard output ends with 3 and a message") {
    const Folder folder;
    for (const char* const command : {"run . --draws 5", "version", "--help", "schema", "check .", "assumptions ."}) {
        const Finished finished = folder.corridor(std::string{command} + " >/dev/full");
        CHECK(finished.exit_code == 3);
        CHECK(finished.err == "corridor: error: cannot write standard output: No space left on device\n");
    }
}

TEST_CASE("A reader that goes away ends the command without a message") {
    const Folder folder;
    const Finished finished = folder.sh(
        "mkfifo gone; true <gone & exec 3>gone; wait; \"$CORRIDOR\" run . --format json --draws 5 >&3; echo $? >code");
    CHECK(finished.err.empty());
    CHECK(content_of(folder.path() / "code") == "141\n");
}

TEST_CASE("Closed standard streams are no reason to crash, and result files do not take their place") {
    const Folder folder;
    const Finished finished = folder.corridor("run . --draws 5 --out results >&- 2>&- <&-");
    CHECK(finished.exit_code == 3);
    CHECK(content_of(folder.path() / "results" / "measures.csv").starts_with("name,subject,unit,"));
}

TEST_CASE("Nothing but text reaches standard error where it is no terminal") {
    const Folder folder;
    const Finished finished = folder.corridor("run . --draws 5 -v");
    CHECK(finished.err.find('\x1b') == std::string::npos);
    CHECK(finished.err.find('\r') == std::string::npos);
    CHECK(folder.corridor("run . --draws 5 --quiet").err.empty());
}

}  // namespace corridor::tests
