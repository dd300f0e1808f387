#include "corridor/base/random.h"

#include <cmath>

namespace corridor {
namespace {

std::uint64_t splitmix(std::uint64_t& state) {
    std::uint64_t z = (state += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

std::uint64_t fnv1a(std::string_view text, std::uint64_t hash) {
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    }
    return hash;
}

struct Edge {
    double x;
    double density;
};

constexpr std::array<Edge, 257> kEdges{{
#include "exponential_table.inc"
}};

constexpr std::array<detail::ExponentialLayer, 256> make_layers() {
    std::array<detail::ExponentialLayer, 256> layers{};
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const double inner = kEdges[i + 1].x / kEdges[i].x;
        layers[i] = {kEdges[i].x * 0x1p-56, static_cast<std::uint64_t>(inner * 0x1p56)};
    }
    return layers;
}

/// Whether `y` < exp(-x), for x from the edge inwards. Nearly always the first terms of the series at the edge tell;
/// the margin is far above rounding, so that the answer is that of the exponential itself.
bool is_under_curve(double x, double y, const Edge& edge) {
    constexpr double kMargin = 1e-12;
    const double d = edge.x - x;
    const double series = 1.0 + d * (1.0 + d * (1.0 / 2 + d * (1.0 / 6)));
    const double rest = d * d * d * d / 12;  // more than what follows, while d is below 1/2
    if (y < edge.density * series * (1 - kMargin)) {
        return true;
    }
    if (d < 0.5 && y > edge.density * (series + rest) * (1 + kMargin)) {
        return false;
    }
    return y < portable_exp(-x);
}

constexpr std::array<double, 14> make_inverse_factorials() {
    std::array<double, 14> inverse{};
    double factorial = 1.0;  // 13! is exact in a double
    for (std::size_t n = 0; n < inverse.size(); ++n) {
        factorial *= n > 0 ? static_cast<double>(n) : 1.0;
        inverse[n] = 1.0 / factorial;
    }
    return inverse;
}

constexpr std::array<double, 14> kInverseFactorial = make_inverse_factorials();

}  // namespace

namespace detail {

constexpr std::array<ExponentialLayer, 256> kExponentialLayers = make_layers();

double exponential_edge(Stream& stream, std::uint64_t bits) {
    double offset = 0.0;
    for (;; bits = stream()) {
        const std::size_t i = bits & 255;
        const std::uint64_t position = bits >> 8;
        const double x = static_cast<double>(static_cast<std::int64_t>(position)) * kExponentialLayers[i].scale;
        if (position < kExponentialLayers[i].inner) {
            return offset + x;
        }
        if (i == 0) {
            offset += kEdges[1].x;  // the tail of an exponential is the exponential again, shifted
            continue;
        }
        const double below = kEdges[i].density;
        const double above = kEdges[i + 1].density;
        if (is_under_curve(x, below + uniform01(stream) * (above - below), kEdges[i])) {
            return offset + x;
        }
    }
}

}  // namespace detail

Stream::Stream(std::uint64_t seed) {
    for (std::uint64_t& word : state_) {
        word = splitmix(seed);
    }
}

std::uint64_t stream_key(std::string_view purpose, std::string_view name) {
    constexpr std::uint64_t kOffset = 0xCBF29CE484222325ULL;
    const std::uint64_t hash = fnv1a(name, fnv1a("/", fnv1a(purpose, kOffset)));
    std::uint64_t state = hash;
    return splitmix(state);
}

Stream make_stream(std::uint64_t seed, std::uint64_t replication, std::uint64_t key) {
    std::uint64_t state = seed;
    const std::uint64_t mixed_seed = splitmix(state);
    state = mixed_seed ^ replication;
    const std::uint64_t mixed_replication = splitmix(state);
    state = mixed_replication ^ key;
    return Stream{splitmix(state)};
}

double normal(Stream& stream) {
    for (;;) {
        const double u = 2.0 * uniform01(stream) - 1.0;
        const double v = 2.0 * uniform01(stream) - 1.0;
        const double square = u * u + v * v;
        if (square > 0x1p-100 && square < 1.0) {
            return u * std::sqrt(-2.0 * portable_log(square) / square);
        }
    }
}

double portable_exp(double x) {
    constexpr double kInverseLn2 = 0x1.71547652b82fep+0;
    constexpr double kLn2High = 0x1.62e42feep-1;  // 33 bits, so that k * kLn2High is exact
    constexpr double kLn2Low = 0x1.a39ef35793c76p-33;
    constexpr double kToInteger = 0x1.8p52;  // adding it rounds to the nearest whole number
    const double k = (x * kInverseLn2 + kToInteger) - kToInteger;
    const double r = (x - k * kLn2High) - k * kLn2Low;
    const double square = r * r;
    double even = kInverseFactorial[12];  // two half-length chains run side by side
    double odd = kInverseFactorial[13];
    for (std::size_t n = 12; n > 0; n -= 2) {
        even = even * square + kInverseFactorial[n - 2];
        odd = odd * square + kInverseFactorial[n - 1];
    }
    const double sum = even + r * odd;
    const auto exponent = static_cast<std::uint64_t>(1023 + static_cast<std::int64_t>(k));
    return sum * std::bit_cast<double>(exponent << 52);
}

double portable_log(double x) {
    constexpr double kLn2 = 0x1.62e42fefa39efp-1;
    constexpr double kSqrt2 = 0x1.6a09e667f3bcdp+0;
    int exponent = 0;
    double mantissa = 2.0 * std::frexp(x, &exponent);
    exponent -= 1;
    if (mantissa > kSqrt2) {
        mantissa *= 0.5;
        exponent += 1;
    }
    const double s = (mantissa - 1.0) / (mantissa + 1.0);
    const double square = s * s;
    double sum = 0.0;
    for (int n = 23; n >= 1; n -= 2) {
        sum = sum * square + 1.0 / n;
    }
    return exponent * kLn2 + 2.0 * s * sum;
}

}  // namespace corridor
