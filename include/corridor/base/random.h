// Random numbers: one stream per use, named, the same bits on every machine.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

namespace corridor {

/// xoshiro256++ 1.0 (Blackman & Vigna 2021, doi:10.1145/3460772). A value: copying it copies its future.
class Stream {
  public:
    explicit Stream(std::uint64_t seed);

    std::uint64_t operator()() {
        const std::uint64_t result = std::rotl(state_[0] + state_[3], 23) + state_[0];
        const std::uint64_t shifted = state_[1] << 17;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= shifted;
        state_[3] = std::rotl(state_[3], 45);
        return result;
    }

  private:
    std::array<std::uint64_t, 4> state_;
};

/// Stable 64-bit hash of a purpose and an entity name ("release", "yibin-shanghai"); the key of a stream.
std::uint64_t stream_key(std::string_view purpose, std::string_view name);

/// The stream of one use in one replication. Two uses with different keys share nothing, so adding an entity changes no
/// other entity's draws; nothing is ever seeded from a clock.
Stream make_stream(std::uint64_t seed, std::uint64_t replication, std::uint64_t key);

/// Uniform on [0, 1), 53 bits.
inline double uniform01(Stream& stream) { return static_cast<double>(stream() >> 11) * 0x1p-53; }

namespace detail {

struct ExponentialLayer {
    double scale;         ///< edge / 2^56
    std::uint64_t inner;  ///< draws below this lie wholly under the curve
};
extern const std::array<ExponentialLayer, 256> kExponentialLayers;

/// The rare rest of the ziggurat: wedges and the tail.
double exponential_edge(Stream& stream, std::uint64_t bits);

}  // namespace detail

/// Exponential with mean 1, by ziggurat: about 2 ns.
inline double exponential(Stream& stream) {
    const std::uint64_t bits = stream();
    const detail::ExponentialLayer& layer = detail::kExponentialLayers[bits & 255];
    const std::uint64_t position = bits >> 8;
    if (position < layer.inner) [[likely]] {
        return static_cast<double>(static_cast<std::int64_t>(position)) * layer.scale;
    }
    Stream escaping = stream;  // so that the state of a stream whose address nobody needs stays in registers
    const double edge = detail::exponential_edge(escaping, bits);
    stream = escaping;
    return edge;
}

/// Standard normal, by the polar method (Marsaglia & Bray 1964).
double normal(Stream& stream);

/// exp and log from additions and multiplications alone: the C library's differ between machines in the last bit.
/// Relative error below 1e-15; `portable_log` needs x > 0 and normal, `portable_exp` |x| <= 700.
double portable_exp(double x);
double portable_log(double x);

}  // namespace corridor
