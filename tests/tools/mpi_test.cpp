// The sweep by several processes, as a shell starts them.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "tools/shell.h"

namespace corridor::tests {
namespace {

namespace files = std::filesystem;

/// A folder with the tutorial and a study of it.
class Together : public Scratch {
  public:
    explicit Together(int replications) {
        files::copy_file(CORRIDOR_SOURCE_DIR "/scenarios/tutorial/scenario.toml", path() / "scenario.toml");
        file("study.toml", "scenario = \"scenario.toml\"\nreplications = " + std::to_string(replications) +
                               "\ndesign = { kind = \"grid\" }\n[parameter]\n"
                               "\"service.feeder.departures.per_week\" = [2, 3, 4]\n");
    }

    Finished together(int processes, const std::string& arguments, const std::string& before = "") const {
        return sh(before + "mpirun --allow-run-as-root --oversubscribe -n " + std::to_string(processes) +
                  " \"$CORRIDOR\" " + arguments);
    }

    std::string exported(const std::string& store) const {
        return corridor("export " + store).out + corridor("export " + store + " --replications").out;
    }
};

bool has_mpirun() {
    const Scratch folder;
    const bool is_there = folder.sh("command -v mpirun").exit_code == 0;
    if (!is_there) MESSAGE("skipped: there is no mpirun");
    return is_there;
}

}  // namespace

#ifdef CORRIDOR_HAS_MPI

TEST_CASE("Two and four processes give the results of one, to the last byte") {
    if (!has_mpirun()) return;
    const Together folder(40);
    REQUIRE(folder.corridor("sweep study.toml --store one.sqlite").exit_code == 0);
    const std::string expected = folder.exported("one.sqlite");
    for (const int processes : {1, 2, 4}) {
        const std::string store = std::to_string(processes) + ".sqlite";
        const Finished finished = folder.together(processes, "sweep study.toml --store " + store);
        CHECK(finished.exit_code == 0);
        CHECK(finished.out.ends_with("All results: corridor export " + store + " > points.csv\n"));
        CHECK(folder.exported(store) == expected);
    }
}

TEST_CASE("A process that is killed costs its unfinished work alone; the same command goes on") {
    if (!has_mpirun()) return;
    const Together folder(2000);
    REQUIRE(folder.corridor("sweep study.toml --store one.sqlite").exit_code == 0);
    const std::string expected = folder.exported("one.sqlite");
    // The leader is the oldest of the processes, a worker the newest. A worker that is held up keeps the sweep from
    // ending before one of them is killed.
    for (const std::string which : {"-n", "-o"}) {
        CAPTURE(which);
        files::remove(folder.path() / "s.sqlite");
        const Finished killed = folder.sh(
            "mpirun --allow-run-as-root --oversubscribe -n 3 \"$CORRIDOR\" sweep study.toml --store s.sqlite & "
            "while kill -0 $! && ! [ -e s.sqlite ]; do sleep 0.01; done; pkill -STOP -n -P $!; sleep 0.8; "
            "pkill -KILL -P $! " +
            which + "; pkill -CONT -P $!; wait $!");
        CHECK(killed.exit_code != 0);
        const Finished resumed = folder.together(3, "sweep study.toml --store s.sqlite");
        CHECK(resumed.exit_code == 0);
        CHECK(folder.exported("s.sqlite") == expected);
    }
}

TEST_CASE("Mistakes are told once, and processes that see different files do not work together") {
    if (!has_mpirun()) return;
    const Together folder(40);
    const Finished missing = folder.together(3, "sweep nofile.toml");
    CHECK(missing.exit_code == 2);
    const std::string complaint = "nofile.toml: error: cannot open 'nofile.toml'";
    CHECK(missing.err.find(complaint) != std::string::npos);
    CHECK(missing.err.find(complaint) == missing.err.rfind(complaint));
    files::create_directory(folder.path() / "other");
    folder.file("other/scenario.toml", content_of(folder.path() / "scenario.toml"));
    folder.file("other/study.toml", content_of(folder.path() / "study.toml") + "\"link.river.length\" = [\"9 km\"]\n");
    const Finished apart = folder.sh(
        "mpirun --allow-run-as-root --oversubscribe -n 1 \"$CORRIDOR\" sweep study.toml : "
        "-n 1 -wdir \"$PWD/other\" \"$CORRIDOR\" sweep study.toml");
    CHECK(apart.exit_code == 2);
    CHECK(apart.err.find("process 1 sees another study, scenario or version of corridor") != std::string::npos);
}

#else

TEST_CASE("Without MPI several processes are refused, with what to do") {
    const Together folder(4);
    const Finished finished = folder.sh("OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_RANK=0 \"$CORRIDOR\" sweep study.toml");
    CHECK(finished.exit_code == 3);
    CHECK(finished.err.find("built without MPI") != std::string::npos);
    CHECK(!files::exists(folder.path() / "study.sqlite"));
    if (has_mpirun()) MESSAGE("MPI was not found when corridor was built");
}

#endif

}  // namespace corridor::tests
