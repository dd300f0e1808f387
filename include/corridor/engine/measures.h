// What is measured: a catalogue made once per model, and one number per entry and replication.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "corridor/model/model.h"

namespace corridor {

/// A named result of a replication. `name` says what ("containers_shipped"), `subject` of whom
/// ("service.yibin-guoyuan.forward.2020-01"), `unit` in what ("containers").
struct MeasureInfo {
    std::string name;
    std::string subject;
    std::string unit;
    bool operator==(const MeasureInfo&) const = default;
};

/// The measures of a model, in a fixed order that depends on the scenario alone. Undefined values (a mean of nothing)
/// are NaN in an Outcome; reports show them as '-' or null.
class MeasureCatalog {
  public:
    explicit MeasureCatalog(std::vector<MeasureInfo> infos);

    const std::vector<MeasureInfo>& infos() const { return infos_; }
    std::size_t size() const { return infos_.size(); }
    std::optional<std::size_t> find(std::string_view name, std::string_view subject) const;

  private:
    std::vector<MeasureInfo> infos_;
    std::unordered_map<std::string, std::size_t> index_;  ///< name + '\n' + subject
};

/// All measures that a replication of `model` yields.
MeasureCatalog measure_catalog(const model::Model& model);

/// The same measures for a smaller file: one line on each name, for documentation and messages.
struct MeasureDescription {
    std::string_view name;
    std::string_view unit;
    std::string_view subjects;  ///< "service, direction, month, laden or empty"
    std::string_view meaning;
};
const std::vector<MeasureDescription>& measure_descriptions();

}  // namespace corridor
