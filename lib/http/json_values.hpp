#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace http {

// Finds the JSON values in a stream of them, written one a line or simply one after the other,
// whose bytes arrive cut anywhere. Looks for their ends only: what is between is for a parser to
// judge.
class JsonValues {
public:
    // A value of more than `max_bytes` ends the search, so that a hostile stream cannot fill the
    // memory.
    explicit JsonValues(std::size_t max_bytes) : max_bytes_(max_bytes) {}

    // The values that end in `bytes`, in order.
    [[nodiscard]] std::vector<std::string> take(std::string_view bytes);

    // A value was too long: nothing comes any more.
    [[nodiscard]] bool overflowed() const { return overflowed_; }

private:
    enum class Place { between, scalar, nested, string, escape };

    [[nodiscard]] bool ends_before(char byte) const;
    void step(char byte);

    std::size_t max_bytes_;
    Place place_ = Place::between;
    std::size_t depth_ = 0;
    bool overflowed_ = false;
    std::string value_;  // as far as it has come
};

}  // namespace http
