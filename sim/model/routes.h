// From the stops of a service to the links its vehicles run on.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "compilation.h"
#include "corridor/network/shortest_paths.h"

namespace corridor::model {

/// Finds the links between consecutive stops: those the planner lists, or else the fastest of the vehicle's mode.
class Router {
  public:
    explicit Router(Compilation& compilation) : compilation_(compilation) {}

    /// One hop per pair of consecutive stops of `service`, forward or from its last stop back to its first. Nothing
    /// where links are missing; the reason is then among the findings.
    std::optional<std::vector<Hop>> hops(const scenario::Service& service, Mode mode, Direction direction);

    /// The fastest run from one terminal to another, in whatever directions; nothing where no links lead there.
    std::optional<Hop> fastest_run(Id<Terminal> from, Id<Terminal> to, Mode mode);

  private:
    using Uses = std::vector<LinkUse>;  ///< of one hop, in order of travel

    /// What vehicles of one mode may run on.
    struct ModeGraph {
        Uses uses;  ///< by arc
        std::optional<network::ShortestPaths> paths;
    };

    ModeGraph& graph(Mode mode);
    std::optional<std::vector<Uses>> fastest(const scenario::Service& service, Mode mode, Direction direction);
    std::optional<std::vector<Uses>> listed(const scenario::Service& service, Direction direction);
    std::optional<Uses> listed_to(const scenario::Service& service, std::size_t& next, Id<Terminal> at,
                                  Id<Terminal> stop);
    Hop hop(Uses uses, Direction direction) const;
    Tick running_time(const LinkUse& use) const;
    const std::string& id(Id<Terminal> terminal) const;

    Compilation& compilation_;
    std::array<ModeGraph, 2> graphs_;
};

}  // namespace corridor::model
