// One process at a time writes to a store.
#pragma once

#include <string>

namespace corridor::study {

/// Where the links of a path lead, so that one store has one name. Throws StoreError `unusable` for a file that has
/// other names as well (hard links), under which somebody else could write to it.
std::string without_links(const std::string& path);

/// A lock on the file `path` + "-lock", which the system takes back when the process ends, however it ends. The file
/// names the holder and goes away with the lock.
class StoreLock {
  public:
    /// Throws StoreError: `in_use` with who holds it, or `environment`.
    explicit StoreLock(const std::string& path);
    StoreLock(const StoreLock&) = delete;
    StoreLock& operator=(const StoreLock&) = delete;
    ~StoreLock();

  private:
    std::string path_;
    int file_ = -1;
};

/// "node7"
std::string host_name();

}  // namespace corridor::study
