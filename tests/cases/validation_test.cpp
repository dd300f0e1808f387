// What docs/validation.md concludes of the calibrated corridors, with smaller ensembles than it shows.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tools/shell.h"

namespace corridor::tests {
namespace {

struct Interval {
    double low = 0.0;
    double high = 0.0;

    bool holds(double value) const { return value >= low && value <= high; }
    double width() const { return high - low; }
};

Interval interval_of(const nlohmann::json& belief) { return {belief["low90"], belief["high90"]}; }

class Calibrated {
  public:
    explicit Calibrated(const std::string& scenario) {
        const Scratch scratch;
        const Finished finished =
            scratch.corridor("calibrate '" CORRIDOR_SOURCE_DIR "/scenarios/" + scenario +
                             "/calibration.toml' --members 50 --assimilations 2 --format json --quiet");
        REQUIRE_MESSAGE(finished.exit_code == 0, finished.err);
        const nlohmann::json json = nlohmann::json::parse(finished.out);
        for (const auto& figure : json["figures"]) {
            figures_[figure["name"].get<std::string>()] = figure;
        }
    }

    const nlohmann::json& operator()(const std::string& name) const { return figures_.at(name); }
    Interval prior(const std::string& name) const { return interval_of((*this)(name)["prior"]); }
    Interval posterior(const std::string& name) const { return interval_of((*this)(name)["posterior"]); }

  private:
    nlohmann::json figures_;
};

}  // namespace

TEST_CASE("Calibrated on both totals, the upper Yangtze still makes Guoyuan busier than was reported") {
    const Calibrated yangtze("upper-yangtze-2020h1");
    for (const char* const total : {"shipped/to-guoyuan-containers", "railed/both-ways-teu"}) {
        CHECK(yangtze(total)["fitted"] == true);
        CHECK(yangtze.posterior(total).holds(yangtze(total)["reported"]));
    }
    CHECK(yangtze("guoyuan-2020/quay")["fitted"] == false);
    CHECK(yangtze.posterior("guoyuan-2020/quay").low > yangtze("guoyuan-2020/quay")["reported"]);
}

TEST_CASE("Calibrated on the third quarter, the Rhine's fourth has the later count inside, and the first one above") {
    const Calibrated rhine("rhine-2018");
    CHECK(rhine("basel-third-quarter/quay")["fitted"] == true);
    CHECK(rhine.posterior("basel-third-quarter/quay").holds(26'247.0));
    CHECK(rhine("basel-fourth-quarter/quay")["fitted"] == false);
    CHECK(rhine.posterior("basel-fourth-quarter/quay").holds(17'000.0));
    CHECK(rhine.posterior("basel-fourth-quarter/quay").high < 23'295.0);
    // What is learned: the fourth is known twice as well as before.
    CHECK(rhine.posterior("basel-fourth-quarter/quay").width() <
          0.6 * rhine.prior("basel-fourth-quarter/quay").width());
}

}  // namespace corridor::tests
