// A build without MPI, started by mpirun: several processes that would fight for one store.
#include <cstdlib>
#include <string_view>

#include "exit_code.h"
#include "sweep_command.h"

namespace corridor::tools {

int sweep_together(const Options&, const Console& console) {
    const char* const rank = std::getenv("OMPI_COMM_WORLD_RANK");
    if (rank == nullptr || std::string_view(rank) == "0") {
        console.error(
            "started by mpirun, but this corridor was built without MPI; install libopenmpi-dev and build it again, or "
            "run shards (--shard i/n) and merge them");
    }
    return kEnvironment;
}

}  // namespace corridor::tools
