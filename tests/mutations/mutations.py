#!/usr/bin/env python3
"""Breaks the engine on purpose, one line at a time: a test has to fail.

    tests/mutations/mutations.py [NUMBER...]

Works on a copy of the source tree in build/mutations. Prints a row of a Markdown table for each: what was broken, and
the first test that noticed. Exit code 0 if every one is noticed, 1 if not, 2 where a line to break is not there.
"""

import os
import re
import shutil
import subprocess
import sys

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
COPY = os.path.join(SOURCE, "build", "mutations", "source")
BUILD = os.path.join(SOURCE, "build", "mutations", "build")

# File of sim/engine, what stands there, what is put in its place, and what that means.
MUTATIONS = [
    ("crane_pool.cpp", "free_at[0] > now ? free_at[0] : now", "free_at[0] < now ? free_at[0] : now", "a move starts at the earlier of request and free crane"),
    ("crane_queue.cpp", "lane.number < lanes_[first].number", "lane.number > lanes_[first].number", "who asked last has the crane first"),
    ("crane_queue.cpp", "is_even_ && lane.vehicle != kAll ? lane.at_work : 0U", "0U", "cranes are not shared evenly"),
    ("crane_queue.cpp", "lane.at_work >= lane.most", "lane.at_work > lane.most", "one crane more than allowed at a vehicle"),
    ("waiting_line.cpp", "return time < box.ready;", "return time <= box.ready;", "who is ready at the instant of loading is left behind"),
    ("calls.cpp", "std::max(vehicle.loaded, vehicle.scheduled)", "vehicle.loaded", "vehicles leave before their time"),
    ("fleets.cpp", "due.front() < lines_[earliest.index()].due.front()", "due.front() > lines_[earliest.index()].due.front()", "the latest departure has the vehicle first"),
    ("locks.cpp", "waiting >= lock.places", "waiting > lock.places", "a chamber of n waits for n + 1"),
    ("yard.cpp", "class_of(box).quarters <= limit->capacity_quarters;", "class_of(box).quarters < limit->capacity_quarters;", "the last place in the yard is not given"),
    ("sections.cpp", "while (path_time(model_, link, k) < now_)", "while (path_time(model_, link, k) <= now_)", "the path of this instant is over"),
    ("depth.cpp", "step.from <= time", "step.from < time", "a depth holds an instant too late"),
    ("load_calls.cpp", "quarters_left() >= line.minimum_quarters", "quarters_left() > line.minimum_quarters", "the least load is not enough"),
    ("choice.cpp", "time + by_road < earliest", "by_road < earliest", "the road is always the fastest"),
    ("stowage.cpp", "box_class.tonnes <= tonnes_ + kGram", "true", "weight does not matter"),
    ("stowage.cpp", "ft40 > others * (teu_per_wagon / 2)", "ft40 >= others * (teu_per_wagon / 2)", "a 40-foot container less on the train"),
    ("tugs.cpp", "needed + tugs_out(facility) > state.free_tugs", "needed + tugs_out(facility) >= state.free_tugs", "the last tug stays"),
    ("time_stat.cpp", "lower_edge_ms(place.bin + 1)", "lower_edge_ms(place.bin)", "percentiles at the lower edge of their bin"),
    ("tally.h", "latest <= months_[month].end", "latest <= window.to", "what crosses the end of a month counts in the first"),
    ("accounts.cpp", "cost.per_km * (account.vehicle_km + account.empty_run_km)", "cost.per_km * account.vehicle_km", "empty runs cost nothing"),
    ("release_stream.cpp", "static_cast<double>(emitted_) + 0.5", "static_cast<double>(emitted_) + 1.0", "even releases come half a distance late"),
    ("recovery.cpp", "return backlog <= tolerance_;", "return backlog < 0.0;", "a backlog within the tolerance is one"),
    ("calls.cpp", "events_.schedule(departure - model_.lines[line].cut_off", "events_.schedule(departure", "lists close at the time of departure"),
    ("cargo.cpp", "box.ready = end + model_.terminals[terminal].transfer_time;", "box.ready = end;", "transfers take no time"),
    ("failures.cpp", "repair = corridor::draw(", "repair = 0 * corridor::draw(", "repairs take no time"),
    ("booking.cpp", "tally.rolled += std::min(n, rolled - std::min(rolled, first));", "tally.rolled += n;", "all who board have been left behind before"),
]

FIRST = ["--order-by=file", "--abort-after=1", "--source-file=*tests/engine/*,*tests/fuzz/*,*tests/cases/*,*tests/base/*,*tests/model/*"]


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False)


def build():
    if not os.path.exists(os.path.join(BUILD, "build.ninja")):
        made = run("cmake", "-S", COPY, "-B", BUILD, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_CXX_FLAGS_RELEASE=-O1 -DNDEBUG",
                   "-DCMAKE_UNITY_BUILD=ON", "-DCMAKE_UNITY_BUILD_BATCH_SIZE=24", "-DCORRIDOR_PAGE=OFF", "-DCORRIDOR_MPI=OFF")
        if made.returncode != 0:
            sys.exit("mutations.py: " + made.stdout[-2000:])
    return run("cmake", "--build", BUILD, "--target", "corridor_tests")


def first_failure():
    """The test that failed first, None where none did."""
    tested = run("timeout", "300", os.path.join(BUILD, "tests", "corridor_tests"), *FIRST)
    if tested.returncode == 0:
        return None
    case = re.search(r"/tests/(\S+?):\d+:\s*\nTEST CASE:\s*(.*)", tested.stdout)
    return f"`{case.group(1)}`: {case.group(2)}" if case else "it does not end" if tested.returncode == 124 else "it crashes"


def main():
    numbers = [int(n) for n in sys.argv[1:]] or range(1, len(MUTATIONS) + 1)
    shutil.rmtree(COPY, ignore_errors=True)
    shutil.copytree(SOURCE, COPY, ignore=shutil.ignore_patterns("build", ".git"))
    if build().returncode != 0 or first_failure() is not None:
        sys.exit("mutations.py: the tests have to pass before anything is broken")
    missed = 0
    for number in numbers:
        name, text, broken, meaning = MUTATIONS[number - 1]
        path = os.path.join(COPY, "sim", "engine", name)
        with open(path, encoding="utf-8") as file:
            whole = file.read()
        if text not in whole:
            print(f"mutations.py: {name} has no '{text}' any more; name another line", file=sys.stderr)
            return 2
        with open(path, "w", encoding="utf-8") as file:
            file.write(whole.replace(text, broken, 1))
        noticed = "the compiler" if build().returncode != 0 else first_failure()
        missed += noticed is None
        print(f"| `{name}`: {meaning} | {noticed or '**nothing**'} |", flush=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(whole)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
