// What is measured: a catalogue made once per model, and one number per entry and replication.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/model/model.h"

namespace corridor {

namespace engine {
class MeasurePlan;
}

/// A named result of a replication. `name` says what ("containers_shipped"), `subject` of whom
/// ("service.yibin-guoyuan.forward.2020-01"), `unit` in what ("containers"). A large corridor has millions of them, so
/// name and unit are those of the MeasureDescription, which live as long as the program.
struct MeasureInfo {
    std::string_view name;
    std::string subject;
    std::string_view unit;
};

/// The measures of a model, in a fixed order that depends on the scenario alone. Undefined values (a mean of nothing)
/// are NaN in an Outcome; reports show them as '-' or null. Immutable; copies share their content.
class MeasureCatalog {
  public:
    MeasureCatalog();  ///< empty
    explicit MeasureCatalog(std::vector<MeasureInfo> infos);
    explicit MeasureCatalog(engine::MeasurePlan plan);

    const std::vector<MeasureInfo>& infos() const;
    std::size_t size() const { return infos().size(); }
    std::optional<std::size_t> find(std::string_view name, std::string_view subject) const;

    const engine::MeasurePlan& plan() const;
    bool shares_content_with(const MeasureCatalog& other) const { return content_ == other.content_; }

  private:
    struct Content;
    std::shared_ptr<const Content> content_;
};

/// What a replication says besides what it always says.
struct Details {
    bool pictures = false;  ///< how times are distributed (`kTimeLimits`); how busy cranes, berths, fleets are by month
    bool causes = false;    ///< where the time of containers goes, by cause: it then takes about twice as long
};
inline constexpr Details kWithCauses{.causes = true};

/// The times, in h, for which `dwell_within_share` and `door_to_door_within_share` are measured: a day apart from
/// two days to two weeks, closer before and wider after that.
inline constexpr std::array<int, 34> kTimeLimits{1,   2,   3,   4,   6,   8,   12,  18,   24,   36,  48,  72,
                                                 96,  120, 144, 168, 192, 216, 240, 264,  288,  312, 336, 384,
                                                 432, 480, 528, 576, 624, 672, 840, 1008, 1344, 2016};

/// All measures that a replication of `model` yields. Details come last, causes after pictures.
MeasureCatalog measure_catalog(const model::Model& model, Details details = {});

/// The same measures for a smaller file: one line on each name, for documentation and messages.
struct MeasureDescription {
    std::string_view name;
    std::string_view unit;
    std::string_view subjects;  ///< "service, direction, month, laden or empty"
    std::string_view meaning;
};
const std::vector<MeasureDescription>& measure_descriptions();

}  // namespace corridor
