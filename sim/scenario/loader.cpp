#include "scenario/loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "scenario/keys.h"
#include "scenario/merge.h"
#include "scenario/tables.h"
#include "scenario/text_check.h"
#include "scenario/toml.h"

namespace corridor::scenario {
namespace {

constexpr std::int64_t kFormat = 1;
constexpr std::size_t kLongestChain = 32;
constexpr std::size_t kLargestTotal = std::size_t{256} << 20;

}  // namespace

std::optional<Node> Loader::load(std::string name, std::string content) {
    chain_ = {name};
    return load_document({.text = texts_.add(std::move(name), without_byte_order_mark(std::move(content)))});
}

std::optional<Node> Loader::load_document(const Document& document) {
    if (!check_encoding(texts_, document.text, findings_) || !check_nesting(texts_, document.text, findings_)) {
        return std::nullopt;
    }
    std::optional<Node> tree = parse_toml(texts_, document.text, findings_);
    if (!tree) return std::nullopt;
    Table& entries = *tree->as<Table>();
    if (entries.empty()) {
        findings_.error({{document.text, 1, 1}, "", "the scenario is empty (no terminals are defined)"});
        return std::nullopt;
    }
    const Node* const format = child(*tree, "format");
    const std::int64_t* const version = format == nullptr ? nullptr : format->as<std::int64_t>();
    if (version != nullptr && *version > kFormat) {
        findings_.error({format->place, "format",
                         fmt::format("the scenario needs format {} (this corridor reads format {})", *version, kFormat),
                         "use a newer corridor"});
        return std::nullopt;
    }
    const auto extends = entries.find("extends");
    std::optional<Node> base;
    if (extends != entries.end()) {
        base = load_base(extends->second, document);
        entries.erase(extends);
        if (!base) return std::nullopt;
    }
    expand_tables(*tree, base ? &*base : nullptr, document.directory);
    if (!base) return tree;
    merge(*base, *std::move(tree), document_shape());
    return base;
}

std::optional<Node> Loader::load_base(const Node& name, const Document& document) {
    const auto file = open(name, "extends", document.directory);
    if (!file) return std::nullopt;
    const std::string& called = texts_.name(file->text);
    const auto known = std::ranges::find(chain_, called);
    const bool is_cycle = known != chain_.end();
    if (is_cycle || chain_.size() >= kLongestChain) {
        const std::string chain = fmt::format(
            "{} -> {}", fmt::join(known == chain_.end() ? chain_.begin() : known, chain_.end(), " -> "), called);
        findings_.error({name.place, "extends",
                         is_cycle ? fmt::format("a scenario extends itself ({})", chain)
                                  : fmt::format("more than {} scenarios extend one another", kLongestChain)});
        return std::nullopt;
    }
    chain_.push_back(called);
    std::optional<Node> base = load_document({file->text, file->path.parent_path()});
    chain_.pop_back();
    return base;
}

void Loader::expand_tables(Node& tree, const Node* base, const std::filesystem::path& directory) {
    const auto open_table = [&](const Node& name, const std::string& path) -> std::optional<std::uint32_t> {
        const auto file = open(name, path, directory);
        const bool is_text = file && check_encoding(texts_, file->text, findings_);
        return is_text ? std::optional(file->text) : std::nullopt;
    };
    TableExpander(texts_, findings_, open_table).expand(tree, base);
}

std::optional<Loader::NamedFile> Loader::open(const Node& name, const std::string& path,
                                              const std::filesystem::path& directory) {
    const auto refuse = [&](Refusal refusal) {
        findings_.error({name.place, path, std::move(refusal.message), std::move(refusal.hint)});
        return std::nullopt;
    };
    const std::string* const text = name.as<std::string>();
    if (text == nullptr) return refuse({fmt::format("expected the name of a file in quotes, got {}", describe(name))});
    auto located = folder_.locate(directory, *text);
    if (auto* const refusal = std::get_if<Refusal>(&located)) return refuse(std::move(*refusal));
    const auto& relative = std::get<std::filesystem::path>(located);
    auto content = folder_.read(relative);
    if (auto* const refusal = std::get_if<Refusal>(&content)) return refuse(std::move(*refusal));
    auto& bytes = std::get<std::string>(content);
    total_bytes_ += bytes.size();
    if (total_bytes_ > kLargestTotal) {
        return refuse({fmt::format("the files of the scenario are too large together (the limit is {} MiB)",
                                   kLargestTotal >> 20)});
    }
    const std::string called = (folder_.root() / relative).string();
    return NamedFile{relative, texts_.add(called, without_byte_order_mark(std::move(bytes)))};
}

}  // namespace corridor::scenario
