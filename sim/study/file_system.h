// On what kind of file system a file is.
#pragma once

#include <cstdint>
#include <string_view>

#include "corridor/study/store.h"

namespace corridor::study {

/// "NFS", of the type that statfs(2) gives; empty for those that are not known to be shared between machines.
std::string_view network_file_system_of_type(std::int64_t type);

}  // namespace corridor::study
