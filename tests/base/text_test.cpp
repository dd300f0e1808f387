#include "corridor/base/text.h"

#include <doctest/doctest.h>

#include <string>

namespace corridor {
namespace {

using namespace std::string_literals;

TEST_CASE("Valid UTF-8 is told from bytes that are not") {
    constexpr std::size_t kNone = std::string_view::npos;
    CHECK(find_invalid_utf8("") == kNone);
    CHECK(find_invalid_utf8("Guoyuan 果园 Düsseldorf 🚢") == kNone);
    CHECK(find_invalid_utf8("ab\xff") == 2);
    CHECK(find_invalid_utf8("\x80") == 0);
    CHECK(find_invalid_utf8("a\xe6\x9e") == 1);             // cut short
    CHECK(find_invalid_utf8("\xc0\xaf") == 0);              // overlong '/'
    CHECK(find_invalid_utf8("\xe0\x80\xaf") == 0);          // overlong '/'
    CHECK(find_invalid_utf8("\xed\xa0\x80") == 0);          // a surrogate
    CHECK(find_invalid_utf8("\xf4\x8f\xbf\xbf") == kNone);  // U+10FFFF
    CHECK(find_invalid_utf8("\xf4\x90\x80\x80") == 0);      // beyond Unicode
    CHECK(find_invalid_utf8("\xf5\x80\x80\x80") == 0);
}

TEST_CASE("A terminal shows Chinese characters and emoji in two columns and combining marks in none") {
    CHECK(display_width("Guoyuan") == 7);
    CHECK(display_width("果园") == 4);
    CHECK(display_width("Düsseldorf") == 10);
    CHECK(display_width("e\u0301") == 1);
    CHECK(display_width("🚢") == 2);
    CHECK(display_width("") == 0);
}

TEST_CASE("Text that is safe to show stays as it is") {
    for (const char* const text : {"Guoyuan 果园 Düsseldorf 🚢", "مرفأ", "e\u0301", "a\\b \"c\" <d>"}) {
        CHECK(printable(text) == text);
    }
}

TEST_CASE("What could steer or mislead a terminal is shown as an escape") {
    CHECK(printable("\x1b[2J") == "\\x1b[2J");
    CHECK(printable("\x1b]52;c;eA==\x07") == "\\x1b]52;c;eA==\\x07");
    CHECK(printable("a\r\n\tb\b\x7f") == "a\\x0d\\x0a\\x09b\\x08\\x7f");
    CHECK(printable("a\0b"s) == "a\\x00b");
    CHECK(printable("\u009b31m") == "\\u009b31m");
    CHECK(printable("\u202egnp.exe\u2066") == "\\u202egnp.exe\\u2066");
    CHECK(printable("\u200b\u2028\ufeff") == "\\u200b\\u2028\\ufeff");
    CHECK(printable("\U000e0041") == "\\U000e0041");
    CHECK(printable("ab\xff\xc3") == "ab\\xff\\xc3");
    CHECK(printable("\xed\xa0\x80") == "\\xed\\xa0\\x80");
}

TEST_CASE("A quoted text is cut after 60 characters") {
    const std::string sixty(60, 'a');
    CHECK(abbreviated(sixty) == sixty);
    CHECK(abbreviated(sixty + "b") == sixty + "...");
    std::string ports;
    for (int i = 0; i < 60; ++i) ports += "果";
    CHECK(abbreviated(ports) == ports);
    CHECK(abbreviated(ports + "园") == ports + "...");
}

TEST_CASE("The nearest candidate is what was probably meant") {
    CHECK(nearest("teminals", {"terminals", "links", "services"}) == "terminals");
    CHECK(nearest("capcity", {"capacity", "payload"}) == "capacity");
    CHECK(nearest("Duisberg", {"Duisburg", "Dordrecht"}) == "Duisburg");
    CHECK(nearest("lenght", {"length", "light"}) == "length");
    CHECK(nearest("TEU", {"teu"}) == "teu");
    CHECK(nearest("form", {"from"}) == "from");
}

TEST_CASE("Nothing is suggested where nothing is close") {
    CHECK(nearest("parsec", {"km", "m", "h", "week"}).empty());
    CHECK(nearest("A", {"B", "C"}).empty());
    CHECK(nearest("anything", {}).empty());
    CHECK(nearest("", {"a", "b"}).empty());
    CHECK(nearest(std::string(100'000, 'a'), {"guoyuan"}).empty());
}

TEST_CASE("One edit is tolerated for every three bytes, and not more") {
    CHECK(nearest("abcdef", {"abcdxy"}) == "abcdxy");
    CHECK(nearest("abcdef", {"abcxyz"}).empty());
}

TEST_CASE("Of equally close candidates the first wins, and a closer one before it") {
    CHECK(nearest("port-x", {"port-a", "port-b"}) == "port-a");
    CHECK(nearest("port-b", {"port-a", "port-b"}) == "port-b");
}

}  // namespace
}  // namespace corridor
