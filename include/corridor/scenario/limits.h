// The most that a scenario may ask for: what a run can hold in memory, count in 64 bits, and finish.
#pragma once

namespace corridor::scenario {

inline constexpr double kLongestHours = 1e6;  ///< of any duration: 114 years
inline constexpr int kLongestPeriodYears = 100;
inline constexpr double kMostPlaces = 1e4;      ///< berths, tracks or cranes of one terminal
inline constexpr double kMostVehicles = 1e5;    ///< of one fleet
inline constexpr double kMostWagons = 1e4;      ///< of a train
inline constexpr double kMostInOneGo = 1e5;     ///< containers of a consignment, moves of a background call
inline constexpr double kMostEmpties = 1e6;     ///< of one size at one terminal at first
inline constexpr double kMostDepartures = 1e7;  ///< of one direction of a service, or calls of one background, in a run
inline constexpr double kMostContainers = 5e8;  ///< and background moves, in one run

/// Containers and background moves times the length of the run. Times are added up in whole ms: of a container its
/// waiting, dwell and handling at one terminal, each at most as long as the run and at most twice (a discharge and a
/// load). 2 x 1e12 h x 3.6e6 ms/h = 7.2e18, below 2^63 = 9.2e18.
inline constexpr double kMostContainerHours = 1e12;

}  // namespace corridor::scenario
