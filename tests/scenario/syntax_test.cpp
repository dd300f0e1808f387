#include <doctest/doctest.h>

#include "scenario/two_ports.h"

namespace corridor::scenario {
namespace {

TEST_CASE("A04: A scenario without anything in it is said to be empty") {
    CHECK(complaints("") == "1:1: error: the scenario is empty (no terminals are defined)\n");
    CHECK(complaints("# nothing but a comment\n") == "1:1: error: the scenario is empty (no terminals are defined)\n");
    CHECK(complaints("  \n\n") == "1:1: error: the scenario is empty (no terminals are defined)\n");
}

TEST_CASE("A09: A file that is cut off says where it ends") {
    CHECK(complaints("[period]\nstart = 2020-01-01\n[link.a") ==
          "3:8: error: the file ends too early (table header: encountered end-of-file); is it cut off, or a bracket or "
          "quote left open?\n");
    CHECK(complaints("[demand.x]\nvia = [\"a\", ") ==
          "2:13: error: the file ends too early (array: encountered end-of-file); is it cut off, or a bracket or quote "
          "left open?\n");
}

TEST_CASE("A10: Open quotes and bad escapes are syntax errors with their place") {
    CHECK(complaints("title = \"abc\n[period]\n") ==
          "1:13: error: syntax error (string: unescaped control characters other than TAB (U+0009) are explicitly "
          "prohibited)\n");
    CHECK(complaints("title = \"a\\qb\"\n") == "1:12: error: syntax error (string: unknown escape sequence '\\q')\n");
    CHECK(complaints("title\n") == "1:6: error: syntax error (key-value pair: expected '=', saw '\\n')\n");
    CHECK(complaints("[[period]\n") == "1:10: error: syntax error (table header: expected ']', saw '\\n')\n");
}

TEST_CASE("A11, A34: A key or a table that is set twice shows both lines") {
    CHECK(complaints(changed(R"(capacity = "150 TEU")", R"(capacity = "150 TEU"

capacity = "160 TEU")")) ==
          "34:1: error: vehicle.barge.capacity: 'capacity' is set twice; keep one of the two (see 32:1)\n");
    CHECK(complaints(extended(R"([terminal.a]
latitude = 3
)")) == "51:1: error: terminal.a: 'a' is set twice; keep one of the two (see 17:11)\n");
    CHECK(complaints(changed(R"("16 km/h", upstream)", R"("16 km/h", downstream = "17 km/h", upstream)")) ==
          "29:48: error: 'downstream' is set twice; keep one of the two\n");
}

TEST_CASE("A14: A scenario of a newer format asks for a newer corridor, and says nothing else") {
    CHECK(complaints("format = 3\n[nonsense]\n") ==
          "1:10: error: format: the scenario needs format 3 (this corridor reads format 1); use a newer corridor\n");
}

TEST_CASE("A22: Decimal commas and thousands separators are told what to write instead") {
    CHECK(complaints(changed("latitude = 29.6", "latitude = 29,6")) ==
          "18:12: error: not a number: '29,6'; write 29.6\n");
    CHECK(complaints(changed(R"("275 km")", R"("275,5 km")")) ==
          "28:11: error: link.a-b.length: not a number: '275,5'; write 275.5\n");
    CHECK(complaints(changed("longitude = 106.7", "longitude = 1.006,7")) ==
          "19:13: error: not a number: '1.006,7'; write 1006.7\n");
    CHECK(complaints(changed("count = 3", "count = 0,5")) == "20:25: error: not a number: '0,5'; write 0.5\n");
    CHECK(complaints(changed("count = 3, ", "count = 0,5, ")) == "20:25: error: not a number: '0,5'; write 0.5\n");
}

TEST_CASE("A28: An integer beyond 2^63 is out of range, and so is a number with a huge exponent") {
    CHECK(complaints(changed("count = 3", "count = 9223372036854775808")) ==
          "20:44: error: number out of range (decimal integer: '9223372036854775808' is not representable in 64 bits); "
          "numbers reach from -1e12 to 1e12\n");
    CHECK(complaints(changed("latitude = 29.6", "latitude = 1e9999999")) ==
          "18:21: error: number out of range (floating-point: '1e9999999' could not be interpreted as a value); "
          "numbers reach from -1e12 to 1e12\n");
}

TEST_CASE("A53: Days that are not in the calendar are not dates") {
    CHECK(complaints(changed("2020-07-01", "2023-02-29")) ==
          "4:7: error: not a date: 2023-02-29 (expected day between 1 and 28 (inclusive), saw 29); write dates as "
          "2020-01-31 or 2020-01-31T06:30:00\n");
    CHECK(complaints(changed("2020-07-01", "2020-06-30T25:61:00")) ==
          "4:7: error: not a date: 2020-06-30T25:61:00 (expected hour between 0 and 23 (inclusive), saw 25); "
          "write dates as 2020-01-31 or 2020-01-31T06:30:00\n");
    CHECK(complaints(changed("2020-07-01", "2020-06-30T23:59:60")) ==
          "4:7: error: not a date: 2020-06-30T23:59:60 (expected second between 0 and 59 (inclusive), saw 60); write "
          "dates as 2020-01-31 or 2020-01-31T06:30:00\n");
    CHECK(complaints(changed("2020-07-01", R"("2023-02-29")")) ==
          "4:7: error: period.end: not a date: 2023-02-29; write 2020-01-31 or 2020-01-31T06:30:00\n");
}

TEST_CASE("A53: A wrong date among other values on its line is named alone") {
    CHECK(complaints("period = { start = 2020-01-01, end = 2023-02-29, warm_up = \"1 d\" }\n") ==
          "1:38: error: not a date: 2023-02-29 (expected day between 1 and 28 (inclusive), saw 29); write dates as "
          "2020-01-31 or 2020-01-31T06:30:00\n");
}

TEST_CASE("Times are civil local time: zones, and hours without a date, are refused") {
    CHECK(
        complaints(changed("2020-07-01", "2020-07-01T00:00:00Z")) ==
        "4:7: error: period.end: a time zone has no meaning here (times are civil local time); leave the offset out\n");
    CHECK(complaints(changed("2020-07-01", "06:00:00")) ==
          "4:7: error: period.end: a time of day alone has no meaning here; write a date with the time, or text in "
          "quotes\n");
}

}  // namespace
}  // namespace corridor::scenario
