#!/usr/bin/env python3
"""Breaks the engine on purpose, one expression at a time: a test has to fail.

    tests/mutations/mutations.py [NUMBER...]

Works on a copy of the source tree in build/mutations, which is built once: each expression stands there beside its broken
form, and the environment says which is broken. Prints a row of a Markdown table for each: what was broken, and the first
test that noticed. Exit code 0 if every one is noticed, 1 if not, 2 where an expression is not there.
"""

import os
import re
import shutil
import subprocess
import sys

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
COPY = os.path.join(SOURCE, "build", "mutations", "source")
BUILD = os.path.join(SOURCE, "build", "mutations", "build")
SWITCH = os.path.join(SOURCE, "build", "mutations", "switch.h")

# File of sim/engine, an expression that stands there, another that is put in its place, and what that means.
MUTATIONS = [
    ("crane_pool.cpp", "free_at[0] > now ? free_at[0] : now", "free_at[0] < now ? free_at[0] : now", "a move starts at the earlier of request and free crane"),
    ("crane_queue.cpp", "lane.number < lanes_[first].number", "lane.number > lanes_[first].number", "who asked last has the crane first"),
    ("crane_queue.cpp", "is_even_ && lane.vehicle != kAll ? lane.at_work : 0U", "0U", "cranes are not shared evenly"),
    ("crane_queue.cpp", "lane.at_work >= lane.most", "lane.at_work > lane.most", "one crane more than allowed at a vehicle"),
    ("waiting_line.cpp", "time < box.ready", "time <= box.ready", "who is ready at the instant of loading is left behind"),
    ("calls.cpp", "std::max(vehicle.loaded, vehicle.scheduled)", "vehicle.loaded", "vehicles leave before their time"),
    ("fleets.cpp", "due.front() < lines_[earliest.index()].due.front()", "due.front() > lines_[earliest.index()].due.front()", "the latest departure has the vehicle first"),
    ("locks.cpp", "waiting >= lock.places", "waiting > lock.places", "a chamber of n waits for n + 1"),
    ("yard.cpp", "yards_[id.index()].taken_quarters + class_of(box).quarters <= limit->capacity_quarters", "yards_[id.index()].taken_quarters + class_of(box).quarters < limit->capacity_quarters", "the last place in the yard is not given"),
    ("sections.cpp", "path_time(model_, link, k) < now_", "path_time(model_, link, k) <= now_", "the path of this instant is over"),
    ("depth.cpp", "step.from <= time", "step.from < time", "a depth holds an instant too late"),
    ("load_calls.cpp", "line.capacity_quarters - room.quarters_left() >= line.minimum_quarters", "line.capacity_quarters - room.quarters_left() > line.minimum_quarters", "the least load is not enough"),
    ("choice.cpp", "time + by_road < earliest", "by_road < earliest", "the road is always the fastest"),
    ("stowage.h", "box_class.tonnes <= tonnes_ + kGram", "true", "weight does not matter"),
    ("stowage.cpp", "ft40 > others * (teu_per_wagon / 2)", "ft40 >= others * (teu_per_wagon / 2)", "a 40-foot container less on the train"),
    ("tugs.cpp", "needed + tugs_out(facility) > state.free_tugs", "needed + tugs_out(facility) >= state.free_tugs", "the last tug stays"),
    ("time_stat.cpp", "lower_edge_ms(place.bin + 1)", "lower_edge_ms(place.bin)", "percentiles at the lower edge of their bin"),
    ("occupancy.h", "latest <= months_[month].end", "latest <= window.to", "what crosses the end of a month counts in the first"),
    ("accounts.cpp", "cost.per_km * (account.vehicle_km + account.empty_run_km)", "cost.per_km * account.vehicle_km", "empty runs cost nothing"),
    ("release_stream.cpp", "static_cast<double>(emitted_) + 0.5", "static_cast<double>(emitted_) + 1.0", "even releases come half a distance late"),
    ("recovery.cpp", "backlog <= tolerance_", "backlog < 0.0", "a backlog within the tolerance is one"),
    ("calls.cpp", "departure - model_.lines[line].cut_off", "departure", "lists close at the time of departure"),
    ("cargo.cpp", "end + model_.terminals[terminal].transfer_time", "end", "transfers take no time"),
    ("failures.cpp", "corridor::draw(breakdowns.time_to_repair, streams_[number])", "0 * corridor::draw(breakdowns.time_to_repair, streams_[number])", "repairs take no time"),
    ("booking.cpp", "std::min(n, rolled - std::min(rolled, first))", "n", "all who board have been left behind before"),
    ("event_list.h", "is_before(event, soon_.front())", "false", "what is scheduled before the events that are known ahead comes after them"),
    ("event_list.h", "a.kind < b.kind", "a.kind > b.kind", "at one instant departures come before arrivals"),
    ("event_list.h", "orders_[a.entity] < orders_[b.entity]", "a.entity < b.entity", "at one instant vehicles go by numbers that are used again"),
    ("occupancy.cpp", "--changes[bin]", "changes[bin]", "those who have left are still there, while they are few"),
    ("occupancy.cpp", "count_listed(changes_)", "static_cast<void>(changes_.assign(bins_, 0))", "the few are forgotten when they become many"),
    ("calls.cpp", "state.last_departure + line.least_headway", "state.last_departure", "two who have loaded at one time leave at one"),
    ("calls.cpp", "state.queue.size() >= *places", "state.queue.size() > *places", "a vessel more than there are places waits"),
    ("calls.cpp", "end + model_.services[line.service].layover", "end", "layovers take no time"),
    ("calls.cpp", "events_.has_before(loading)", "false", "who berths loads before others of that instant have landed"),
    ("choice.cpp", "times.first_number_from(std::max<Tick>(0, time + cut_off - leg.to_board)) + full", "times.first_number_from(std::max<Tick>(0, time + cut_off - leg.to_board))", "an adaptive choice looks at no queue"),
    ("choice.cpp", "box.ready <= latest", "true", "an adaptive choice counts those who are still to land"),
    ("choice.cpp", "sorting_.turns[box.leg] <= turn", "true", "an adaptive choice counts those of later demands"),
    ("load_calls.cpp", "state.held.front() + *line.longest_wait", "kNever", "a departure waits for its load for ever"),
    ("load_calls.cpp", "waiting.first().ready + *line.longest_wait", "kNever", "who waits too long for a load waits for ever"),
    ("load_calls.cpp", "boxes.front().first + *line.longest_wait", "kNever", "the longest wait of those who are yet to come is forgotten"),
    ("load_calls.cpp", "state.called == 0 && state.due.empty()", "true", "who waits for a vehicle that is called already calls another in time"),
    ("load_calls.cpp", "have_come ? now_ : now_ - 1", "now_", "the end of a trip comes after the releases of its instant"),
    ("load_calls.cpp", "have_come ? now_ : now_ - 1", "now_ - 1", "the end of a trip comes before the releases of its instant even after moves without time"),
    ("load_calls.cpp", "next_depth_from(first)", "kNever", "nobody is called when the water changes"),
    ("turns.cpp", "limit_of(terminal) != nullptr", "false", "whoever lands in a yard that may be full is collected when somebody looks"),
    ("turns.cpp", "!demands_[leg.demand.index()].lands_in_one_place", "false", "whoever lands in one of two places is collected when somebody looks"),
    ("turns.cpp", "request.asked = ends[i]", "request.asked = ends[0]", "all who are brought to the stack late ask for it with the first"),
    ("connections.cpp", "!landers[terminal].valid() || landers[terminal] == here", "true", "yard cranes serve those of two kinds of cranes late"),
    ("crane_queue.h", "batch.boxes[planned.number].leg == boxes.front().leg", "true", "who has been brought to the stack goes by the leg of the first"),
    ("yard.cpp", "was_open || has_reached(id, Part::comers)", "true", "who waits at the gate comes in before the terminal's turn"),
    ("yard.cpp", "has_reached(id, Part::ends)", "reached_at_ == now_", "room of another terminal is seen before its turn"),
    ("solo.cpp", "events_.has_before({time, EventKind::containers, id.index()})", "false", "a trip ends after the releases of its instant"),
    ("room_bound.h", "std::max<std::int64_t>(quarters, 0)", "std::int64_t{0}", "what is taken and freed soon after leaves no trace in the bound of the room taken"),
    ("crane_queue.h", "is_limited ? lane.most - lane.at_work : 0", "is_limited ? lane.most - lane.at_work + 1 : 0", "a vehicle for which nobody else has to wait has a crane more than allowed"),
    ("crane_times.h", "std::max(time, seen.ready.from)", "time", "a crane that is down starts moves"),
    ("turns.cpp", "first_asked >= model_.window.from", "true", "waits before the period count in it"),
    ("cargo.cpp", "tally_.period_of(moves_.last_end) != period", "false", "those who land after the end of a month count in it"),
    ("cargo.cpp", "ends[i] - boxes[i].released", "ends[i] - boxes[i].ready", "the journey begins with the last leg"),
    ("fleets.cpp", "waiting > disrupted.number_out(now_)", "true", "vehicles that are out of service are sent"),
]

FIRST = ["--order-by=file", "--abort-after=1", "--source-file=*tests/engine/*,*tests/fuzz/*,*tests/cases/*,*tests/base/*,*tests/model/*"]


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False)


def break_all():
    """Has every expression of the copy beside its broken form."""
    with open(SWITCH, "w", encoding="utf-8") as file:
        file.write("#pragma once\n#include <cstdlib>\n"
                   "inline const int kBroken = std::getenv(\"CORRIDOR_BROKEN\") ? std::atoi(std::getenv(\"CORRIDOR_BROKEN\")) : 0;\n")
    for number, (name, text, broken, _) in enumerate(MUTATIONS, 1):
        path = os.path.join(COPY, "sim", "engine", name)
        with open(path, encoding="utf-8") as file:
            whole = file.read()
        if text not in whole:
            print(f"mutations.py: {name} has no '{text}' any more; name another expression", file=sys.stderr)
            sys.exit(2)
        with open(path, "w", encoding="utf-8") as file:
            file.write(whole.replace(text, f"(kBroken == {number} ? ({broken}) : ({text}))", 1))


def build():
    made = run("cmake", "-S", COPY, "-B", BUILD, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_CXX_FLAGS_RELEASE=-O1 -DNDEBUG",
               f"-DCMAKE_CXX_FLAGS=-include {SWITCH}", "-DCMAKE_UNITY_BUILD=ON", "-DCMAKE_UNITY_BUILD_BATCH_SIZE=24", "-DCORRIDOR_PAGE=OFF",
               "-DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON", "-DCORRIDOR_MPI=OFF")
    if made.returncode == 0:
        made = run("cmake", "--build", BUILD, "--target", "corridor_tests")
    if made.returncode != 0:
        sys.exit("mutations.py: " + made.stdout[-4000:])


def first_failure(number):
    """The test that failed first with this one broken, None where none did."""
    tested = run("env", f"CORRIDOR_BROKEN={number}", "timeout", "300", os.path.join(BUILD, "tests", "corridor_tests"), *FIRST)
    if tested.returncode == 0:
        return None
    case = re.search(r"/tests/(\S+?):\d+:\s*\nTEST CASE:\s*(.*)", tested.stdout)
    return f"`{case.group(1)}`: {case.group(2)}" if case else "it does not end" if tested.returncode == 124 else "it crashes"


def main():
    numbers = [int(n) for n in sys.argv[1:]] or range(1, len(MUTATIONS) + 1)
    shutil.rmtree(COPY, ignore_errors=True)
    shutil.copytree(SOURCE, COPY, ignore=shutil.ignore_patterns("build", ".git"))
    break_all()
    build()
    if (failure := first_failure(0)) is not None:
        sys.exit(f"mutations.py: the tests have to pass before anything is broken ({failure})")
    missed = 0
    for number in numbers:
        name, _, _, meaning = MUTATIONS[number - 1]
        noticed = first_failure(number)
        missed += noticed is None
        print(f"| `{name}`: {meaning} | {noticed or '**nothing**'} |", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
