#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace plan::testing {

// The same numbers everywhere: the distributions of the standard library differ between
// implementations, its generators do not.
class Random {
public:
    explicit Random(std::uint64_t seed) : generator_(seed) {}

    std::size_t below(std::size_t end) { return generator_() % end; }
    bool one_in(std::size_t n) { return below(n) == 0; }
    template <class Value>
    const Value& one_of(const std::vector<Value>& values) {
        return values[below(values.size())];
    }

private:
    std::mt19937_64 generator_;
};

}  // namespace plan::testing
