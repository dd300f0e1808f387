#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "corridor/scenario/study_file.h"
#include "scenario/csv.h"
#include "scenario/folder.h"
#include "scenario/keys_study.h"
#include "scenario/reader.h"
#include "scenario/strings.h"
#include "scenario/text_check.h"
#include "scenario/toml.h"

namespace corridor::scenario {
namespace {

namespace fs = std::filesystem;

class StudyReader {
  public:
    StudyReader(const fs::path& file, std::string content)
        : folder_(file.parent_path()), text_(texts_.add(file.string(), without_byte_order_mark(std::move(content)))) {}

    Result<StudyFile> read() {
        StudyDraft draft;
        if (check_encoding(texts_, text_, findings_) && check_nesting(texts_, text_, findings_)) {
            if (auto tree = parse_toml(texts_, text_, findings_)) read_tree(*tree, draft);
        }
        if (findings_.error_count() > 0) return findings_.take();
        draft.study.file = texts_.name(text_);
        draft.study.text = texts_.content(text_);
        for (Parameter& parameter : draft.study.parameters) fill_excerpt(parameter);
        return {std::move(draft.study), findings_.take()};
    }

  private:
    void read_tree(const Node& tree, StudyDraft& draft) {
        Reader reader(tree, texts_, findings_);
        const Item root{tree, "", {text_, 1, 1}};
        study_keys().read(reader, root, draft);
        if (reader.fault_count() > 0) return;
        design_place_ = child(tree, "design")->key;
        if (draft.list) read_list(*child(*child(tree, "design"), "file"), draft);
        if (findings_.error_count() == 0) check(draft);
        locate_scenario(*child(tree, "scenario"), draft.study);
    }

    void fault(std::string message, std::string hint = {}) {
        findings_.error({design_place_, "design", std::move(message), std::move(hint)});
    }

    /// Whether the design has what its kind needs, and no more.
    void check(StudyDraft& draft) {
        const DesignKind kind = draft.study.design;
        const std::string word(label(kind));
        const bool counts_points = kind == DesignKind::latin_hypercube || kind == DesignKind::sobol;
        const bool is_list = kind == DesignKind::list;
        check_presence(draft.points.has_value(), counts_points, "points", word);
        check_presence(draft.trajectories.has_value(), kind == DesignKind::morris, "trajectories", word);
        check_presence(draft.list.has_value(), is_list, "file", word);
        draft.study.points = draft.points.value_or(0);
        draft.study.trajectories = draft.trajectories.value_or(0);
        if (draft.study.parameters.empty()) {
            fault("nothing varies (no parameter is given)",
                  "write for instance [parameter] \"service.a-b.departures.per_week\" = [3, 5, 7]");
        }
        if (kind != DesignKind::grid && kind != DesignKind::one_at_a_time) return;
        for (const Parameter& parameter : draft.study.parameters) {
            if (!parameter.span) continue;
            fault(fmt::format("a {} needs single values of '{}'", word, parameter.path),
                  "give 'values', or 'from', 'to' and 'step', or range = \"scenario\"");
        }
    }

    void check_presence(bool is_given, bool is_needed, std::string_view key, const std::string& kind) {
        if (is_given && !is_needed) fault(fmt::format("'{}' has no meaning in a design of kind \"{}\"", key, kind));
        if (!is_given && is_needed) fault(fmt::format("'{}' is missing (a design of kind \"{}\" needs it)", key, kind));
    }

    void locate_scenario(const Node& name, StudyFile& study) {
        auto located = folder_.locate("", study.scenario);
        if (auto* const refusal = std::get_if<Refusal>(&located)) {
            return findings_.error(
                {name.place, "scenario",
                 fmt::format("'{}' is outside of the study's folder (only files below it are read)", study.scenario),
                 "put the study beside the scenario, or above it"});
        }
        study.scenario = (folder_.root() / std::get<fs::path>(located)).string();
    }

    /// The CSV file of a list: its columns are the parameters.
    void read_list(const Node& name, StudyDraft& draft) {
        const auto refuse = [&](const Refusal& refusal) {
            findings_.error({name.place, "design.file", refusal.message, refusal.hint});
        };
        auto located = folder_.locate("", *draft.list);
        if (const auto* const refusal = std::get_if<Refusal>(&located)) return refuse(*refusal);
        const auto& path = std::get<fs::path>(located);
        auto content = folder_.read(path);
        if (const auto* const refusal = std::get_if<Refusal>(&content)) return refuse(*refusal);
        const std::uint32_t text = texts_.add((folder_.root() / path).string(),
                                              without_byte_order_mark(std::get<std::string>(std::move(content))));
        if (!check_encoding(texts_, text, findings_)) return;
        if (!draft.study.parameters.empty()) {
            return fault("a list has its parameters in its file", "leave [parameter] out");
        }
        if (const auto csv = parse_csv(texts_, text, findings_)) take_columns(*csv, draft.study);
    }

    void take_columns(const Csv& csv, StudyFile& study) {
        std::set<std::string> known;
        for (std::size_t column = 0; column < csv.header.size(); ++column) {
            const CsvField& head = csv.header[column];
            const std::string path(trimmed(head.text));
            if (path.empty())
                findings_.error({head.place, "", "a column has no path", "write the path that --set takes"});
            if (!known.insert(path).second)
                findings_.error({head.place, "", fmt::format("the path '{}' is there twice", path)});
            study.parameters.push_back(
                {.path = path, .levels = {}, .span = {}, .place = texts_.source_place(head.place), .excerpt = {}});
            for (const CsvRow& row : csv.rows) {
                const std::string value(trimmed(row[column].text));
                if (value.empty()) findings_.error({row[column].place, "", fmt::format("no value for '{}'", path)});
                const SourcePlace place = texts_.source_place(row[column].place);
                study.parameters.back().levels.push_back({value, value, place.line, place.column});
            }
        }
        if (csv.rows.empty()) findings_.error({csv.header.front().place, "", "the list has no points"});
        if (csv.rows.size() > kMostPoints) {
            findings_.error({csv.header.front().place, "",
                             fmt::format("the list has {} points (the limit is {})", csv.rows.size(), kMostPoints)});
        }
    }

    void fill_excerpt(Parameter& parameter) const {
        for (std::uint32_t text = 0; text < texts_.size(); ++text) {
            if (texts_.name(text) != parameter.place.file) continue;
            parameter.excerpt = texts_.excerpt({text, static_cast<std::uint32_t>(parameter.place.line),
                                                static_cast<std::uint32_t>(parameter.place.column)});
        }
    }

    Texts texts_;
    Findings findings_{texts_};
    Folder folder_;
    std::uint32_t text_;
    Place design_place_;
};

}  // namespace

Result<StudyFile> read_study(const std::string& path) {
    std::error_code ignored;
    const fs::path given(path);
    const bool has_study = fs::is_directory(given, ignored) && fs::exists(given / "study.toml", ignored);
    const fs::path file = has_study ? given / "study.toml" : given;
    auto content = read_whole(file);
    if (auto* const refusal = std::get_if<Refusal>(&content)) {
        return Diagnostics{
            {.place = {path, 0, 0}, .message = std::move(refusal->message), .hint = std::move(refusal->hint)}};
    }
    return StudyReader(file, std::get<std::string>(std::move(content))).read();
}

}  // namespace corridor::scenario
