// Systems whose answers are known, held in the library, and how what is simulated compares with them.
//
// They are the scenarios of scenarios/verification: exact.csv there has the answers, relations.csv how the answers of
// two of them hang together, families.csv what each family proves. docs/verification.md has the figures.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/study/study.h"
#include "corridor/study/twin.h"

namespace corridor {

/// How a simulated figure is held against what is known.
enum class FigureKind {
    mean,       ///< within chance
    exact,      ///< nothing is left to chance: equal to 1e-9
    whole,      ///< a rate over the whole window: equal but for a departure at its edges, to 2e-3
    bound,      ///< not more than that
    at_least,   ///< not less than that
    nearest,    ///< a percentile of whole numbers, which jumps between neighbours: less than one off
    cut,        ///< no measure: how many places or cranes the minimum cut of the demand is made of
    half_width  ///< of the interval, which is an estimate itself: within chance
};

/// One answer of a system.
struct KnownFigure {
    std::string metric;
    std::string measure;  ///< of the catalogue, and its subject
    std::string subject;
    double exact = 0.0;
    double factor = 1.0;  ///< from measure to metric
    FigureKind kind = FigureKind::mean;
    double clock = 0.0;  ///< that is added to the measure: hours at the release
};

struct KnownSystem {
    std::string id;         ///< "mmc-a"
    std::string scenario;   ///< TOML
    bool is_steady = true;  ///< measured in the steady state, which is what the analytic twin speaks of
    std::vector<KnownFigure> figures;
};

/// Systems of one kind.
struct KnownFamily {
    std::string id;  ///< "mmc"
    bool is_steady = true;
    std::string proves;  ///< "exponential handling at one crane and several"
    std::string theory;  ///< "M/M/c: Erlang 1917"
    std::vector<KnownSystem> systems;
};

/// Two systems of which a figure of the second follows from that of the first.
struct KnownRelation {
    std::string name;  ///< "every time doubled"
    KnownSystem first;
    KnownSystem second;
    std::vector<KnownFigure> of_first;  ///< each of the same place in `of_second`
    std::vector<KnownFigure> of_second;
};

const std::vector<KnownFamily>& known_families();
const std::vector<KnownRelation>& known_relations();

/// The chance that any of all comparisons differs although everything is right.
inline constexpr double kFamilyWiseError = 0.001;

/// How many of these comparisons leave something to chance.
std::size_t comparisons_by_chance(const std::vector<KnownFamily>& families,
                                  const std::vector<KnownRelation>& relations);

/// A figure as it came out.
struct VerifiedFigure {
    KnownFigure known;
    std::string unit;  ///< "h"; with a factor "1.27e-05 x failures"
    double expected = 0.0;
    double simulated = 0.0;
    std::optional<double> standard_error;  ///< where something is left to chance
    double allowed = 0.0;                  ///< how far off it may be; of a bound nothing
    bool agrees = false;

    /// How many standard errors it is off.
    std::optional<double> z() const;
};

struct VerifiedSystem {
    std::string id;  ///< of a relation both
    RunStatus status;
    std::uint64_t replications = 0;  ///< each of which balanced its books
    std::uint64_t fingerprint = 0;   ///< of their trajectories, of a relation those of the first before the second's
    std::vector<VerifiedFigure> figures;
    TwinReport theory;  ///< of one system in its steady state
};

/// Simulates a system at its seed with its replications. `comparisons` are made by chance altogether: each is allowed
/// so many standard errors that any of them differs by chance with probability kFamilyWiseError (Bonferroni).
VerifiedSystem verify(const KnownSystem& system, std::size_t comparisons, unsigned threads,
                      const StudyWatch& watch = {});

/// The same of two.
VerifiedSystem verify(const KnownRelation& relation, std::size_t comparisons, unsigned threads,
                      const StudyWatch& watch = {});

/// "mean", "exact", ...: the words of exact.csv.
std::string_view label(FigureKind kind);

}  // namespace corridor
