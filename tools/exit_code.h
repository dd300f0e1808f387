// What the command tells the shell.
#pragma once

namespace corridor::tools {

inline constexpr int kFine = 0;
inline constexpr int kCheckFailed = 1;   ///< it ran, but a check the user asked for failed
inline constexpr int kBadInput = 2;      ///< the scenario or the command line
inline constexpr int kEnvironment = 3;   ///< disk, permissions, memory
inline constexpr int kDefect = 4;        ///< of corridor itself
inline constexpr int kSignalBase = 128;  ///< plus the number of the signal: 130 for SIGINT

}  // namespace corridor::tools
