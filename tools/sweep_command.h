// The sweep command, alone or as one of several processes.
#pragma once

#include <optional>
#include <string>

#include "console.h"
#include "corridor/scenario/study_file.h"
#include "corridor/study/crew.h"
#include "corridor/study/sweep.h"
#include "options.h"

namespace corridor::tools {

struct PlannedSweep {
    scenario::StudyFile study;
    Sweep sweep;
};

/// Reads the study and its scenario, and shows what there is to say of them; nothing where they are no sweep.
std::optional<PlannedSweep> read_sweep(const Options& options, const Console& console);

/// Everything that decides the results of a sweep.
std::string identity_of(const PlannedSweep& planned);

/// A crew that is told what to work on before anything is waited for.
class SweepCrew : public Crew {
  public:
    virtual void begin(const std::string& identity) = 0;
};

/// The command in the process that writes; the others are in `crew`, null where there are none.
int lead_sweep(const Options& options, const Console& console, SweepCrew* crew);

/// Whether a launcher of MPI (mpirun, srun --mpi=pmix) has started this process, and perhaps others with it.
bool is_started_by_mpi();

/// The command in each process that such a launcher has started.
int sweep_together(const Options& options, const Console& console);

}  // namespace corridor::tools
