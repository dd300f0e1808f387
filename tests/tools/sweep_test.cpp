// The sweep as a shell sees it: killed, interrupted, twice at once, on a full disk.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "corridor/study/fingerprint.h"
#include "tools/shell.h"

namespace corridor::tests {
namespace {

namespace fs = std::filesystem;

constexpr const char* kStudy = R"(scenario = "scenario.toml"
replications = 40
[design]
kind = "grid"
[parameter]
"service.feeder.departures.per_week" = [2, 3, 4, 5, 6, 7]
"link.river.speed" = ["15 km/h", "17 km/h", "22 km/h"]
)";

/// A folder with the tutorial and a study of it: 18 points, 720 replications.
class Sweeps : public Scratch {
  public:
    explicit Sweeps(const std::string& study = kStudy) {
        fs::copy_file(CORRIDOR_SOURCE_DIR "/scenarios/tutorial/scenario.toml", path() / "scenario.toml");
        file("study.toml", study);
    }

    std::string exported(const std::string& store) const {
        const Finished points = corridor("export " + store);
        CHECK(points.exit_code == 0);
        CHECK(points.err.empty());
        const Finished replications = corridor("export " + store + " --replications");
        CHECK(replications.exit_code == 0);
        return points.out + replications.out;
    }
};

/// How often the next test kills, 12 where CORRIDOR_KILLS does not say otherwise.
int kills() {
    const char* const asked = std::getenv("CORRIDOR_KILLS");
    return asked == nullptr ? 12 : std::atoi(asked);
}

}  // namespace

TEST_CASE("A sweep prints its headlines and keeps the rest in a store beside the study") {
    const Sweeps folder;
    const Finished finished = folder.corridor("sweep study.toml");
    CHECK(finished.exit_code == 0);
    CHECK(finished.err == "corridor: info: 18 points, 13 outputs of each replication, into 'study.sqlite'\n");
    CHECK(finished.out.starts_with("One port, one barge service: 18 points, 720 replications\n"));
    CHECK(finished.out.ends_with("All results: corridor export study.sqlite > points.csv\n"));
    CHECK(fs::exists(folder.path() / "study.sqlite"));
    CHECK(!fs::exists(folder.path() / "study.sqlite-wal"));
    CHECK(!fs::exists(folder.path() / "study.sqlite-lock"));
    const Finished again = folder.corridor("sweep study.toml");
    CHECK(again.out == finished.out);
    CHECK(again.err == finished.err + "corridor: info: 720 replications were in 'study.sqlite' before; 0 were added\n");
    CHECK(folder.corridor("sweep .").exit_code == 0);
}

TEST_CASE("A point has the fingerprint of the run with its settings, on screen and in both exports") {
    const Sweeps folder(
        "scenario = \"scenario.toml\"\nreplications = 4\nseed = 7\ndesign = { kind = \"grid\" }\n"
        "[parameter]\n\"service.feeder.departures.per_week\" = [2, 5]\n\"link.river.speed\" = [\"15 km/h\"]\n");
    const Finished finished = folder.corridor("sweep study.toml --store s.sqlite");
    REQUIRE(finished.exit_code == 0);
    const std::string points = folder.corridor("export s.sqlite").out;
    const std::string replications = folder.corridor("export s.sqlite --replications").out;
    CHECK(points.substr(0, points.find('\n')).ends_with(",samples,status,failure,fingerprint"));
    CHECK(replications.find(",failure,fingerprint,") < replications.find('\n'));
    std::set<std::string> seen;
    for (const std::string per_week : {"2", "5"}) {
        const auto run = [&](int count) {
            const Finished alone = folder.corridor(
                "run scenario.toml --draws 1 --format json --seed 7 --replications " + std::to_string(count) +
                " --set link.river.speed='15 km/h' --set " + "service.feeder.departures.per_week=" + per_week);
            REQUIRE(alone.exit_code == 0);
            return nlohmann::json::parse(alone.out)["fingerprint"].get<std::string>();
        };
        const std::string whole = run(4);
        CHECK(finished.out.find("  4  " + whole + "\n") != std::string::npos);
        CHECK(points.find(",complete,," + whole + "\n") != std::string::npos);
        const std::string first = (per_week == "2" ? "0" : "1") + std::string(",0,") + per_week + ",15,,";
        const std::size_t at = replications.find("\n" + first);
        REQUIRE(at != std::string::npos);
        std::uint64_t fingerprint = 0;
        REQUIRE(parse_fingerprint(replications.substr(at + 1 + first.size(), 16), fingerprint));
        CHECK(fingerprint_text(combined_fingerprint(0, fingerprint)) == run(1));
        seen.insert(whole);
    }
    CHECK(seen.size() == 2);
}

// CORRIDOR_KILLS=200 makes it as many as failures.md asks for.
TEST_CASE("Killed at any instant, the same command goes on and ends with the same exports") {
    const Sweeps folder;
    REQUIRE(folder.corridor("sweep study.toml --store whole.sqlite").exit_code == 0);
    const std::string expected = folder.exported("whole.sqlite");
    int killed = 0;
    int complete = 0;
    for (int i = 0; killed < kills() && i < 20 * kills(); ++i) {
        // From before the store is there to after the end, in steps that share nothing with those of the commits.
        const double delay = 0.003 + 0.0137 * (i % 61);
        const Finished finished = folder.sh("timeout -s KILL " + std::to_string(delay) +
                                            " \"$CORRIDOR\" sweep study.toml --store killed.sqlite --threads 2");
        if (finished.exit_code == 137) {
            ++killed;
            continue;
        }
        INFO(finished.err);
        REQUIRE(finished.exit_code == 0);
        CHECK(folder.exported("killed.sqlite") == expected);
        ++complete;
        fs::remove(folder.path() / "killed.sqlite");
    }
    CHECK(killed >= kills());
    CHECK(folder.corridor("sweep study.toml --store killed.sqlite").exit_code == 0);
    CHECK(folder.exported("killed.sqlite") == expected);
}

TEST_CASE("Interrupted, it says how to go on, and ends by the signal") {
    const Sweeps folder(std::string(kStudy).replace(std::string(kStudy).find("40"), 2, "400000"));
    const Finished finished =
        folder.sh("timeout --foreground --preserve-status -s INT 1 \"$CORRIDOR\" sweep study.toml");
    CHECK(finished.exit_code == 130);
    CHECK(finished.out.empty());
    CHECK(finished.err.find("corridor: error: interrupted; ") != std::string::npos);
    CHECK(finished.err.find(" replications are in 'study.sqlite', and the same command goes on from there\n") !=
          std::string::npos);
    const Finished partial = folder.corridor("export study.sqlite --replications");
    CHECK(partial.exit_code == 0);
    CHECK(partial.out.find("\n0,0,2,15,") != std::string::npos);
}

TEST_CASE("Once its time is over a sweep keeps what it has, and goes on with more time") {
    const Sweeps folder(std::string(kStudy).replace(std::string(kStudy).find("40"), 2, "400000"));
    const Finished finished = folder.corridor("sweep study.toml --max-time '1 s'");
    CHECK(finished.exit_code == 3);
    CHECK(finished.err.find("corridor: error: the time of --max-time is over; ") != std::string::npos);
    CHECK(finished.err.find("and the same command goes on from there\n") != std::string::npos);
    CHECK(folder.corridor("export study.sqlite --replications").out.find("\n0,0,2,15,") != std::string::npos);
    const Finished large = folder.corridor("sweep study.toml --store other.sqlite --max-containers 5");
    CHECK(large.exit_code == 2);
    CHECK(large.err.find("a replication has more than the 5 containers and background moves that are allowed") !=
          std::string::npos);
}

TEST_CASE("A store that is a link to itself is told with its name") {
    const Sweeps folder;
    fs::create_symlink("loop", folder.path() / "loop");
    const Finished finished = folder.corridor("sweep study.toml --store loop");
    CHECK(finished.exit_code == 3);
    CHECK(finished.err == "corridor: error: cannot open 'loop': Too many levels of symbolic links\n");
}

TEST_CASE("A report is written neither over the store of its sweep nor over what is beside that") {
    const Sweeps folder;
    for (const char* const name : {"s.sqlite", "s.sqlite-wal", "./s.sqlite-lock"}) {
        const Finished finished =
            folder.corridor(std::string("sweep study.toml --force --store s.sqlite --report ") + name);
        CHECK(finished.exit_code == 2);
        CHECK(finished.err.find("--store and --report both write '") != std::string::npos);
        CHECK(!fs::exists(folder.path() / "s.sqlite"));
    }
}

TEST_CASE(
    "An interrupt, a request to end and a hang-up, come they once or twice at once, lose nothing of what is done") {
    const Sweeps folder(std::string(kStudy).replace(std::string(kStudy).find("40"), 2, "400000"));
    for (const auto& [signal, code] : {std::pair{"INT", 130}, std::pair{"TERM", 143}, std::pair{"HUP", 129}}) {
        for (const int times : {1, 2}) {
            const std::string name = signal + std::to_string(times);
            CAPTURE(name);
            const std::string kill = std::string("kill -") + signal + " $!; ";
            // What a shell starts in the background ignores interrupts, unless told not to.
            const Finished finished =
                folder.sh("env --default-signal=INT,HUP \"$CORRIDOR\" sweep study.toml --store " + name +
                          " & while kill -0 $! && ! [ -e " + name + " ]; do sleep 0.01; done; sleep 0.3; " + kill +
                          (times == 2 ? kill : "") + "wait $!");
            CHECK(finished.exit_code == code);
            CHECK(finished.err.find(" replications are in '" + name + "', and the same command goes on from there\n") !=
                  std::string::npos);
            CHECK(folder.corridor("export " + name + " --replications").out.find("\n0,0,2,15,") != std::string::npos);
        }
    }
}

TEST_CASE("A study has to be a file: it names its scenario from where it is") {
    const Sweeps folder;
    const Finished finished = folder.sh("\"$CORRIDOR\" sweep - < study.toml");
    CHECK(finished.exit_code == 2);
    CHECK(finished.err.find("cannot open '-'") != std::string::npos);
}

TEST_CASE("A second sweep on one store says who holds it") {
    const Sweeps folder(std::string(kStudy).replace(std::string(kStudy).find("40"), 2, "400000"));
    const Finished finished = folder.sh(
        "\"$CORRIDOR\" sweep study.toml 2>/dev/null & first=$!; while kill -0 $first 2>/dev/null && ! [ -e "
        "study.sqlite ]; do sleep 0.05; done; "
        "sleep 0.2; \"$CORRIDOR\" sweep study.toml; code=$?; kill -KILL $first; echo $first; exit $code");
    CHECK(finished.exit_code == 3);
    const std::string holder = finished.out.substr(0, finished.out.find('\n'));
    CHECK(finished.err.starts_with("corridor: error: 'study.sqlite' is in use by process " + holder + " on "));
    // The holder is dead: nobody has to unlock anything.
    CHECK(folder.sh("timeout -s INT 0.5 \"$CORRIDOR\" sweep study.toml").exit_code != 3);
}

TEST_CASE("A store of another study is refused with what differs, and left alone") {
    const Sweeps folder;
    REQUIRE(folder.corridor("sweep study.toml").exit_code == 0);
    const std::string before = content_of(folder.path() / "study.sqlite");
    folder.file("study.toml", std::string("seed = 7\n") + kStudy);
    const Finished finished = folder.corridor("sweep study.toml");
    CHECK(finished.exit_code == 2);
    CHECK(
        finished.err ==
        "corridor: error: 'study.sqlite' is the store of another study: what differs is seed (1 in the store, 7 now); "
        "give another --store, or move this one away\n");
    CHECK(content_of(folder.path() / "study.sqlite") == before);
}

TEST_CASE("A point that is no scenario is named before anything is run or written") {
    const Sweeps folder(
        "scenario = \"scenario.toml\"\ndesign = { kind = \"grid\" }\n[parameter]\n\"terminal.port.quay_cranes.count\" "
        "= "
        "[1, 2, -1]\n");
    const Finished finished = folder.corridor("sweep study.toml");
    CHECK(finished.exit_code == 2);
    CHECK(finished.err ==
          "study.toml:4:44: error: terminal.port.quay_cranes.count: must be between 1 and 10000, got -1 (at point 2: "
          "terminal.port.quay_cranes.count = -1)\n"
          "    4 | \"terminal.port.quay_cranes.count\" = [1, 2, -1]\n"
          "      |                                            ^\n");
    CHECK(!fs::exists(folder.path() / "study.sqlite"));
}

TEST_CASE("Where the store cannot be written it ends with 3 before the first run, and a full disk loses nothing") {
    const Sweeps folder;
    const Finished missing = folder.corridor("sweep study.toml --store no/such/folder/s.sqlite");
    CHECK(missing.exit_code == 3);
    CHECK(missing.err == "corridor: error: cannot lock 'no/such/folder/s.sqlite': No such file or directory\n");
    // A limit on the size of files stands for a full disk.
    const Finished full = folder.sh("ulimit -f 100; \"$CORRIDOR\" sweep study.toml");
    CHECK(full.exit_code == 3);
    CHECK(full.err.find("corridor: error: '") != std::string::npos);
    CHECK(folder.corridor("sweep study.toml").exit_code == 0);
    CHECK(folder.corridor("sweep study.toml --store whole.sqlite").exit_code == 0);
    CHECK(folder.exported("study.sqlite") == folder.exported("whole.sqlite"));
}

TEST_CASE("Shards and merge give what one process gives") {
    const Sweeps folder;
    for (const char* const shard : {"1", "2", "3"}) {
        const std::string arguments = std::string("sweep study.toml --shard ") + shard + "/3 --store s" + shard;
        REQUIRE(folder.corridor(arguments).exit_code == 0);
    }
    CHECK(folder.corridor("merge whole.sqlite s1 s2").err == "corridor: error: shard 3/3 is missing\n");
    CHECK(folder.corridor("merge whole.sqlite s3 s1 s2").exit_code == 0);
    REQUIRE(folder.corridor("sweep study.toml").exit_code == 0);
    CHECK(folder.exported("whole.sqlite") == folder.exported("study.sqlite"));
}

TEST_CASE("A75: Shards of two studies are not put together, and what differs is said") {
    const Sweeps folder;
    REQUIRE(folder.corridor("sweep study.toml --shard 1/2 --store s1").exit_code == 0);
    REQUIRE(folder.sh("sed -i 's/300 TEU/310 TEU/' scenario.toml").exit_code == 0);
    REQUIRE(folder.corridor("sweep study.toml --shard 2/2 --store s2").exit_code == 0);
    const Finished merged = folder.corridor("merge whole.sqlite s1 s2");
    CHECK(merged.exit_code == 2);
    CHECK(merged.err.find("'s2' is of another study than 's1': scenario is ") != std::string::npos);
    CHECK_FALSE(fs::exists(folder.path() / "whole.sqlite"));
}

TEST_CASE("Locale and time zone change nothing in a sweep") {
    const Sweeps folder;
    REQUIRE(folder.corridor("sweep study.toml").exit_code == 0);
    REQUIRE(folder.sh("LC_ALL=de_DE.UTF-8 TZ=Asia/Kathmandu \"$CORRIDOR\" sweep study.toml --store other.sqlite")
                .exit_code == 0);
    CHECK(folder.exported("other.sqlite") == folder.exported("study.sqlite"));
}

TEST_CASE("A workbook holds the points, and the same twice") {
    const Sweeps folder;
    REQUIRE(folder.corridor("sweep study.toml").exit_code == 0);
    CHECK(folder.corridor("export study.sqlite --format xlsx").exit_code == 2);
    CHECK(folder.corridor("export study.sqlite --format xlsx --out a.xlsx").exit_code == 0);
    CHECK(folder.corridor("export study.sqlite --format xlsx --out b.xlsx").exit_code == 0);
    const std::string book = content_of(folder.path() / "a.xlsx");
    CHECK(book.starts_with("PK"));
    CHECK(book == content_of(folder.path() / "b.xlsx"));
    CHECK(folder.corridor("export study.sqlite --format xlsx --out a.xlsx").exit_code == 2);
    CHECK(folder.corridor("export study.sqlite --format xlsx --out a.xlsx --force").exit_code == 0);
    CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 8);  // three are those of the shell
}

}  // namespace corridor::tests
