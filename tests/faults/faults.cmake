# An entry for each class that faults.py names.
find_package(Python3 COMPONENTS Interpreter)
if(Python3_FOUND)
    foreach(group Disk Hostile Killed Power Process Records Surroundings Written)
        string(TOLOWER ${group} name)
        add_test(NAME faults/${name} COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/faults/faults.py $<TARGET_FILE:corridor> -v ${group})
        set_tests_properties(faults/${name} PROPERTIES LABELS slow FAIL_REGULAR_EXPRESSION "Ran 0 tests")
    endforeach()
endif()
