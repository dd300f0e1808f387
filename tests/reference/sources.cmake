# The second simulator: in the tests, and in its fuzzer.
set(reference_sources
    berths.cpp
    boarding.cpp
    choice.cpp
    cranes.cpp
    demand.cpp
    depth.cpp
    disruptions.cpp
    engine_counts.cpp
    event_per_container.cpp
    fleets.cpp
    journal.cpp
    landing.cpp
    loads.cpp
    lock.cpp
    section.cpp
    simulation_counts.cpp
    small_scenario.cpp
    timetable.cpp
    trips.cpp
    ways.cpp
    yard.cpp
)
list(TRANSFORM reference_sources PREPEND ${CMAKE_CURRENT_LIST_DIR}/)
