#include "scenario/csv.h"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <new>
#include <string_view>
#include <utility>

namespace corridor::scenario {
namespace {

/// libcsv with the place of every field. It is fed byte by byte: it tells that a field has ended, not where it began.
class FieldReader {
  public:
    FieldReader(std::uint32_t text, char delimiter) : next_{text, 1, 1}, field_start_(next_) {
        csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI);
        csv_set_delim(&parser_, static_cast<unsigned char>(delimiter));
    }
    ~FieldReader() { csv_free(&parser_); }
    FieldReader(const FieldReader&) = delete;
    FieldReader& operator=(const FieldReader&) = delete;

    /// The rows of `content`; false where its quotes are wrong, at `place()`.
    bool read(std::string_view content) {
        for (const char byte : content) {
            const Place here = next_;
            go_on(byte);
            if (csv_parse(&parser_, &byte, 1, &end_field, &end_row, this) != 1) {
                next_ = here;
                return report_memory();
            }
        }
        return csv_fini(&parser_, &end_field, &end_row, this) == 0 || report_memory();
    }

    Place place() const { return next_; }
    Place field_start() const { return field_start_; }
    std::vector<CsvRow> take_rows() { return std::move(rows_); }

  private:
    static void end_field(void* text, std::size_t size, void* self) {
        auto& reader = *static_cast<FieldReader*>(self);
        reader.row_.push_back({std::string(static_cast<const char*>(text), size), reader.field_start_});
        reader.field_start_ = reader.next_;
    }

    static void end_row(int, void* self) {
        auto& reader = *static_cast<FieldReader*>(self);
        const bool is_blank = reader.row_.size() == 1 && reader.row_.front().text.empty();
        if (!is_blank) reader.rows_.push_back(std::move(reader.row_));
        reader.row_.clear();
    }

    void go_on(char byte) {
        const bool ends_line = byte == '\n';
        const bool continues_character = (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
        next_.line += ends_line ? 1 : 0;
        next_.column = ends_line ? 1 : next_.column + (continues_character ? 0 : 1);
        // The line feed after a carriage return, and blank lines, belong to no field.
        if (ends_line && row_.empty() && parser_.pstate == 0) field_start_ = next_;
    }

    /// False, unless memory ran out, which is not the file's fault.
    bool report_memory() {
        if (csv_error(&parser_) == CSV_ENOMEM) throw std::bad_alloc();
        return false;
    }

    csv_parser parser_{};
    Place next_;
    Place field_start_;
    CsvRow row_;
    std::vector<CsvRow> rows_;
};

/// Of comma, semicolon and tab the one that the first line has most of.
char find_delimiter(std::string_view content) {
    const std::string_view header = content.substr(0, content.find_first_of("\r\n", content.find_first_not_of("\r\n")));
    const auto occurs = [&](char c) { return std::ranges::count(header, c); };
    return *std::ranges::max_element(std::string_view(",;\t"), {}, occurs);
}

}  // namespace

std::optional<Csv> parse_csv(const Texts& texts, std::uint32_t text, Findings& findings) {
    const std::string_view content = texts.content(text);
    FieldReader reader(text, find_delimiter(content));
    if (!reader.read(content)) {
        const bool is_open = reader.place().line > reader.field_start().line || reader.place().column == 1;
        findings.error({is_open ? reader.field_start() : reader.place(), "",
                        is_open ? "a quote is not closed" : "a quote inside of a field",
                        "put the whole field in quotes, and write a quote in it twice"});
        return std::nullopt;
    }
    Csv csv{.rows = reader.take_rows()};
    if (csv.rows.empty()) {
        findings.error({{text, 1, 1}, "", "the table is empty (it has no header)"});
        return std::nullopt;
    }
    csv.header = std::move(csv.rows.front());
    csv.rows.erase(csv.rows.begin());
    std::erase_if(csv.rows, [&](const CsvRow& row) {
        if (row.size() == csv.header.size()) return false;
        findings.error({row.front().place, "",
                        fmt::format("the row has {} fields, the header has {}", row.size(), csv.header.size())});
        return true;
    });
    return csv;
}

}  // namespace corridor::scenario
