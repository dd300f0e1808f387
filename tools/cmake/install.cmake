# Headers, library, command and the CMake package that find_package(corridor) reads.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/corridor)

install(TARGETS corridor corridor_sim EXPORT corridorTargets)
install(DIRECTORY include/corridor DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES ${CORRIDOR_VERSION_HEADER} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/corridor)
install(EXPORT corridorTargets NAMESPACE corridor:: DESTINATION ${package_dir})

configure_package_config_file(tools/cmake/corridorConfig.cmake.in ${PROJECT_BINARY_DIR}/corridorConfig.cmake
    INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/corridorConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES
    ${PROJECT_BINARY_DIR}/corridorConfig.cmake
    ${PROJECT_BINARY_DIR}/corridorConfigVersion.cmake
    tools/cmake/FindLibCsv.cmake
    tools/cmake/FindMinizip.cmake
    tools/cmake/FindUtf8proc.cmake
    tools/cmake/FindXlsxWriter.cmake
    DESTINATION ${package_dir})
