// Explanations and timelines of a run as a shell sees them.
#include <doctest/doctest.h>

#include "tools/one_barge.h"

namespace corridor::tests {
namespace {

/// A run without a comparison, whose timeline has most of a million events.
constexpr const char* kBusy =
    "sed '/^.reported/,$d' scenario.toml > busy.toml\n"
    "BUSY='run busy.toml --replications 1 --set demand.exports.rate=60000TEU/week'\n";

}  // namespace

TEST_CASE("--explain says why containers waited, --events what each of them did") {
    const Folder folder;
    const Finished explained = folder.corridor("run . --explain --events timeline.csv --draws 30");
    CHECK(explained.exit_code == 0);
    CHECK(explained.out.find("Why containers waited, by cause") != std::string::npos);
    CHECK(explained.out.find("all waiting") != std::string::npos);
    CHECK(folder.corridor("run . --draws 30").out.find("Why containers waited") == std::string::npos);
    CHECK(
        content_of(folder.path() / "timeline.csv").starts_with("time,kind,id,event,terminal,way,vehicle,containers\n"));
    const Finished again = folder.corridor("run . --events timeline.csv");
    CHECK(again.exit_code == 2);
    CHECK(again.err.find("'timeline.csv' is there already; give another name, or --force to replace it") !=
          std::string::npos);
    const Finished unknown = folder.corridor("run . --events timeline.txt");
    CHECK(unknown.exit_code == 2);
    CHECK(unknown.err ==
          "corridor: error: --events: 'timeline.txt' does not say which format it is to have; end it in .csv, "
          ".jsonl (JSON lines) or .json (for trace viewers)\n");
}

TEST_CASE("A signal while timelines are written ends the run, with nothing written and nothing left behind") {
    const Folder folder;
    for (const auto& ending : {std::pair{"TERM", 143}, std::pair{"INT", 130}}) {
        const std::string signal = ending.first;
        const int code = ending.second;
        for (const char* const name : {"new/t.csv", "new/t.jsonl", "new/t.json"}) {
            CAPTURE(signal);
            CAPTURE(name);
            const std::string file = name;
            // What a shell starts in the background ignores interrupts, unless told not to.
            const Finished finished = folder.sh(
                kBusy +
                ("env --default-signal=INT \"$CORRIDOR\" $BUSY --out results --events " + file + " & while [ ! -e " +
                 file + ".unfinished ] && kill -0 $!; do sleep 0.01; done; kill -" + signal + " $!; wait $!"));
            CHECK(finished.exit_code == code);
            CHECK(finished.out.empty());
            CHECK(finished.err == "corridor: error: interrupted; nothing was printed or written\n");
            CHECK(folder.sh("ls").out == "busy.toml\nscenario.toml\n");
        }
    }
}

TEST_CASE("Timelines that the disk has no room for end the run with 3, and leave nothing behind") {
    const Folder folder;
    for (const char* const name : {"new/t.csv", "new/t.jsonl", "new/t.json"}) {
        CAPTURE(name);
        const Finished finished =
            folder.sh(kBusy + ("trap '' XFSZ; ulimit -f 2000; \"$CORRIDOR\" $BUSY --events " + std::string{name}));
        CHECK(finished.exit_code == 3);
        CHECK(finished.out.empty());
        CHECK(finished.err == "corridor: error: cannot write '" + std::string{name} + "': File too large\n");
        CHECK(folder.sh("ls").out == "busy.toml\nscenario.toml\n");
    }
}

}  // namespace corridor::tests
