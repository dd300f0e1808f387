#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "corridor/base/contract.h"
#include "corridor/scenario/reader.h"
#include "scenario/hash.h"
#include "scenario/loader.h"
#include "scenario/override.h"
#include "scenario/reader.h"
#include "scenario/source_text.h"
#include "scenario/toml.h"

namespace corridor::scenario {
namespace {

namespace fs = std::filesystem;

/// One reading of a scenario: its texts, and what is wrong with them.
class TextReading {
  public:
    explicit TextReading(fs::path folder, Texts texts = {})
        : texts_(std::move(texts)), loader_(Folder(std::move(folder)), texts_, findings_) {}

    Result<Scenario> read(std::string name, std::string content, const std::vector<Override>& overrides) {
        std::optional<Node> tree = loader_.load(name, std::move(content));
        if (!tree) return findings_.take();
        return read(std::move(name), *std::move(tree), overrides);
    }

    /// From a tree that has been loaded.
    Result<Scenario> read(std::string name, Node tree, const std::vector<Override>& overrides) {
        apply_overrides(tree, overrides, loader_, texts_, findings_);
        Scenario scenario = Reader(tree, texts_, findings_).read();
        if (findings_.error_count() > 0) return findings_.take();
        if (scenario.title.empty()) scenario.title = name;
        scenario.file = std::move(name);
        scenario.hash = scenario_hash(tree);
        Diagnostics notes = findings_.take();
        scenario.text = std::make_shared<const SourceText>(SourceText{std::move(texts_), std::move(tree)});
        return {std::move(scenario), std::move(notes)};
    }

  private:
    Texts texts_;
    Findings findings_{texts_};
    Loader loader_;
};

Result<Scenario> read_text(std::string name, std::string content, const std::vector<Override>& overrides,
                           fs::path folder) {
    return TextReading(std::move(folder)).read(std::move(name), std::move(content), overrides);
}

Result<Scenario> refused(const std::string& path, Refusal refusal) {
    Diagnostic finding{.place = {path, 0, 0}, .message = std::move(refusal.message), .hint = std::move(refusal.hint)};
    return Diagnostics{std::move(finding)};
}

}  // namespace

Result<Scenario> read_again(const Scenario& base, const std::vector<Override>& overrides) {
    expects(base.text != nullptr, "a scenario that was read from a text");
    return TextReading(fs::path(base.file).parent_path(), base.text->texts).read(base.file, base.text->tree, overrides);
}

std::string flat_text(const Scenario& scenario) {
    expects(scenario.text != nullptr, "a scenario that was read from a text");
    return write_toml(scenario.text->tree);
}

Result<Scenario> read_scenario(const std::string& path, const std::vector<Override>& overrides) {
    if (path == "-") {
        auto content = read_standard_input();
        if (auto* const refusal = std::get_if<Refusal>(&content)) return refused(path, std::move(*refusal));
        return read_text("-", std::get<std::string>(std::move(content)), overrides, "");
    }
    std::error_code ignored;
    const fs::path given(path);
    const bool has_scenario = fs::is_directory(given, ignored) && fs::exists(given / "scenario.toml", ignored);
    const fs::path file = has_scenario ? given / "scenario.toml" : given;
    auto content = read_whole(file);
    if (auto* const refusal = std::get_if<Refusal>(&content)) return refused(path, std::move(*refusal));
    return read_text(file.string(), std::get<std::string>(std::move(content)), overrides, file.parent_path());
}

Result<Scenario> parse_scenario(const std::string& text, const std::string& name,
                                const std::vector<Override>& overrides, const std::string& folder) {
    return read_text(name, text, overrides, folder);
}

}  // namespace corridor::scenario
