// From files to one tree: parsing, `extends`, CSV tables.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "scenario/findings.h"
#include "scenario/folder.h"
#include "scenario/node.h"
#include "scenario/texts.h"

namespace corridor::scenario {

/// A text of the scenario and where in the folder it stands.
struct Document {
    std::uint32_t text = 0;
    std::filesystem::path directory =
        {};  ///< relative to the scenario's folder: where the files it names are looked for
};

class Loader {
  public:
    Loader(Folder folder, Texts& texts, Findings& findings)
        : folder_(std::move(folder)), texts_(texts), findings_(findings) {}

    /// The tree of the scenario's own text `content`, called `name`, with all that it extends and its CSV tables.
    std::optional<Node> load(std::string name, std::string content);

    /// Puts the contents of the CSV tables that `overlay` names into it; `base` is what it lies over.
    void expand_tables(Node& overlay, const Node* base) { expand_tables(overlay, base, {}); }

  private:
    std::optional<Node> load_document(const Document& document);
    std::optional<Node> load_base(const Node& name, const Document& document);
    void expand_tables(Node& tree, const Node* base, const std::filesystem::path& directory);

    struct NamedFile {
        std::filesystem::path path;  ///< relative to the scenario's folder
        std::uint32_t text = 0;
    };
    /// The file that a value names, for a document in `directory`; reports where there is none.
    std::optional<NamedFile> open(const Node& name, const std::string& path, const std::filesystem::path& directory);

    Folder folder_;
    Texts& texts_;
    Findings& findings_;
    std::vector<std::string> chain_;  ///< names of the documents being loaded, each extending the next
    std::size_t total_bytes_ = 0;
};

}  // namespace corridor::scenario
