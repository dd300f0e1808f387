# The HTML report, where Node.js and npm are at hand; sets `page_source` to the source file that holds it, or to nothing.
set(page_source "")
set(page_dir ${PROJECT_BINARY_DIR}/page)
set(page_home ${PROJECT_SOURCE_DIR}/tools/page)

function(get_page_modules result)
    find_program(NODE_EXECUTABLE node)
    find_program(NPM_EXECUTABLE npm)
    if(NOT NODE_EXECUTABLE OR NOT NPM_EXECUTABLE)
        message(STATUS "No HTML reports: they need nodejs and npm (tools/setup page)")
        return()
    endif()
    # Once for every set of modules; it needs the network, or npm's cache.
    file(SHA256 ${page_home}/package-lock.json wanted)
    set(have "")
    if(EXISTS ${page_dir}/modules.sha256)
        file(READ ${page_dir}/modules.sha256 have)
    endif()
    if(NOT have STREQUAL wanted)
        file(COPY ${page_home}/package.json ${page_home}/package-lock.json DESTINATION ${page_dir})
        execute_process(
            COMMAND ${NPM_EXECUTABLE} ci --ignore-scripts --no-audit --no-fund
            WORKING_DIRECTORY ${page_dir} RESULT_VARIABLE failure OUTPUT_QUIET ERROR_VARIABLE why)
        if(failure)
            message(STATUS "No HTML reports: npm could not get their parts\n${why}")
            return()
        endif()
        file(WRITE ${page_dir}/modules.sha256 ${wanted})
    endif()
    set(${result} ${page_dir}/node_modules PARENT_SCOPE)
endfunction()

# The engine for the browser: sets `result` to its two files, where Emscripten and what it needs are at hand.
function(build_page_engine result)
    find_program(EMXX_EXECUTABLE em++)
    find_path(RANGE_V3_INCLUDE range/v3/version.hpp)
    find_path(FAST_FLOAT_INCLUDE fast_float/fast_float.h)
    if(NOT EMXX_EXECUTABLE OR NOT RANGE_V3_INCLUDE OR NOT FAST_FLOAT_INCLUDE)
        message(STATUS "HTML reports will not run again by themselves: that needs emscripten (tools/setup page)")
        return()
    endif()
    set(dir ${page_dir}/engine)
    file(GLOB_RECURSE parts CONFIGURE_DEPENDS
        ${PROJECT_SOURCE_DIR}/sim/*.cpp ${PROJECT_SOURCE_DIR}/sim/*.h ${PROJECT_SOURCE_DIR}/include/*.h ${page_home}/engine/*)
    add_custom_command(
        OUTPUT ${dir}/engine.js ${dir}/engine.wasm
        # Emscripten looks for acorn where Debian has it only if told so.
        COMMAND ${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs ${CMAKE_COMMAND}
            -S ${page_home}/engine -B ${dir} -G Ninja -DCMAKE_BUILD_TYPE=Release --log-level=WARNING
            -DCMAKE_TOOLCHAIN_FILE=/usr/share/emscripten/cmake/Modules/Platform/Emscripten.cmake
            -DCORRIDOR_GENERATED=${generated_dir}
        COMMAND ${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs ${CMAKE_COMMAND} --build ${dir}
        DEPENDS ${parts}
        COMMENT "Compiling the engine of HTML reports to WebAssembly")
    set(${result} ${dir}/engine.js ${dir}/engine.wasm PARENT_SCOPE)
endfunction()

set(engine_files "")
if(CORRIDOR_PAGE)
    get_page_modules(page_modules)
endif()
if(page_modules AND CORRIDOR_PAGE_ENGINE)
    build_page_engine(engine_files)
endif()
if(page_modules)
    set(page_source ${page_dir}/page_template.cpp)
    file(GLOB page_parts CONFIGURE_DEPENDS ${page_home}/src/* ${page_home}/*.mjs)
    add_custom_command(
        OUTPUT ${page_source}
        COMMAND ${NODE_EXECUTABLE} ${page_home}/build.mjs ${page_modules} ${page_dir}
        COMMAND ${NODE_EXECUTABLE} ${page_home}/embed.mjs ${page_dir}/page.html ${page_source} ${engine_files}
        DEPENDS ${page_parts} ${page_home}/package-lock.json ${engine_files}
        COMMENT "Bundling the page of HTML reports")
    set_source_files_properties(${page_source} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON SKIP_PRECOMPILE_HEADERS ON)
endif()
