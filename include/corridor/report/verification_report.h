// What was verified, as text, JSON and CSV.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "corridor/study/verification.h"

namespace corridor {

/// Systems under one heading.
struct VerifiedFamily {
    std::string id;
    std::string proves;
    std::string theory;
    std::vector<VerifiedSystem> systems;
};

struct VerificationReport {
    std::vector<VerifiedFamily> families;
    std::size_t comparisons = 0;  ///< by chance, for which the allowed errors are
    std::size_t systems = 0;      ///< that were simulated

    std::size_t figures() const;
    std::size_t differences() const;
    std::uint64_t replications() const;
    std::uint64_t fingerprint() const;  ///< of those of the systems, in their order
};

/// A table for each family, and the verdict.
std::string verification_text(const VerificationReport& report);

/// One object: version, fingerprint, agrees, comparisons, family_wise_error, systems, replications, families [{family,
/// proves, theory, systems [{system, replications, fingerprint, figures [{metric, measure, subject, unit, kind, known,
/// simulated, standard_error, z, allowed, agrees}]}]}].
std::string verification_json(const VerificationReport& report);

/// One row for each figure. Columns family, system, metric, measure, subject, unit, kind, known, simulated,
/// standard_error, z, allowed, agrees (1 or 0), fingerprint (of the system).
std::string verification_csv(const VerificationReport& report);

}  // namespace corridor
