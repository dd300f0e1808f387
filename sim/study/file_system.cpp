#include "study/file_system.h"

#include <sys/vfs.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

namespace corridor {
namespace study {

// The numbers of statfs(2).
std::string_view network_file_system_of_type(std::int64_t type) {
    using Named = std::pair<std::int64_t, std::string_view>;
    static constexpr std::array<Named, 11> kKnown{{{0x6969, "NFS"},
                                                   {0xff534d42, "CIFS"},
                                                   {0xfe534d42, "SMB 2"},
                                                   {0x517b, "SMB"},
                                                   {0x5346414f, "AFS"},
                                                   {0x73757245, "Coda"},
                                                   {0x00c36400, "Ceph"},
                                                   {0x0bd00bd0, "Lustre"},
                                                   {0x47504653, "GPFS"},
                                                   {0x19830326, "BeeGFS"},
                                                   {0x01021997, "9P"}}};
    // The field may be of 32 bits with a sign.
    const std::int64_t number = type & 0xffffffff;
    const auto* const found = std::ranges::find(kKnown, number, &Named::first);
    return found == kKnown.end() ? std::string_view{} : found->second;
}

}  // namespace study

std::string_view network_file_system(const std::string& path) {
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    struct statfs status {};
    if (::statfs(folder.empty() ? "." : folder.c_str(), &status) != 0) return {};
    return study::network_file_system_of_type(static_cast<std::int64_t>(status.f_type));
}

}  // namespace corridor
