#include "corridor/study/fingerprint.h"

#include <doctest/doctest.h>

namespace corridor {

// FNV-1a of the texts of the fingerprints, one after the other, from 0.
TEST_CASE("The fingerprint of several trajectories depends on each, and on their order") {
    const std::uint64_t one = combined_fingerprint(0, 0xab);
    CHECK(fingerprint_text(one) == "379f54fafcd714e3");
    CHECK(fingerprint_text(combined_fingerprint(one, 0xcd)) == "f73d263ee7cf8f74");
    CHECK(combined_fingerprint(combined_fingerprint(0, 0xcd), 0xab) != combined_fingerprint(one, 0xcd));
}

TEST_CASE("A fingerprint is read from 16 hexadecimal digits, and from nothing else") {
    std::uint64_t read = 0;
    for (const std::uint64_t fingerprint : {std::uint64_t{0}, std::uint64_t{0xab}, ~std::uint64_t{0}}) {
        CHECK(parse_fingerprint(fingerprint_text(fingerprint), read));
        CHECK(read == fingerprint);
    }
    for (const char* const other : {"", "ab", "00000000000000AB", "00000000000000abc", "0x000000000000ab",
                                    "-00000000000000a", "00000000000000a "}) {
        CAPTURE(other);
        CHECK(!parse_fingerprint(other, read));
    }
}

}  // namespace corridor
