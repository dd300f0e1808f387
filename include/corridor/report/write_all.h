// Writing to an open file without losing a byte.
#pragma once

#include <string_view>

namespace corridor {

/// Writes all of `content`, going on after signals, short writes and a full pipe. 0, or the error number.
int write_all(int fd, std::string_view content);

}  // namespace corridor
